package dev.zamok.app.device;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** Keep this device. */
@Command(
    name = "keep",
    description = "Keep this device: the next starts ask for no password.",
    mixinStandardHelpOptions = true)
final class KeepCommand implements Callable<Integer> {
  @ParentCommand private @Nullable DeviceCommand parent;

  @Override
  public Integer call() {
    return Objects.requireNonNull(parent)
        .with(
            connected -> {
              if (!connected.session().isKept()) {
                connected.waiting().on(connected.session().keepDevice());
              }
            });
  }
}
