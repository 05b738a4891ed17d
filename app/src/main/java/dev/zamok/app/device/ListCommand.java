package dev.zamok.app.device;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** Print the devices. */
@Command(
    name = "list",
    description = "Print the devices, with the ids that forget and rename take.",
    mixinStandardHelpOptions = true)
final class ListCommand implements Callable<Integer> {
  @ParentCommand private @Nullable DeviceCommand parent;

  @Override
  public Integer call() {
    DeviceCommand command = Objects.requireNonNull(parent);
    return command.with(
        connected ->
            Devices.all(connected)
                .forEach(device -> command.print(Devices.line(device, command.json()))));
  }
}
