package dev.zamok.app.device;

import dev.zamok.app.UserError;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Call a device something else. */
@Command(
    name = "rename",
    description = "Call a device something else, for the list of them.",
    mixinStandardHelpOptions = true)
final class RenameCommand implements Callable<Integer> {
  private static final int NAME_MAX = 100;

  @ParentCommand private @Nullable DeviceCommand parent;

  @Parameters(index = "0", paramLabel = "DEVICE", description = "Its name or id.")
  private String device = "";

  @Parameters(index = "1", paramLabel = "NAME", description = "The new name.")
  private String name = "";

  @Override
  public Integer call() {
    if (name.isBlank() || name.length() > NAME_MAX) {
      throw new UserError("a name has 1 to " + NAME_MAX + " characters", 2);
    }
    return Objects.requireNonNull(parent)
        .with(
            connected ->
                connected
                    .waiting()
                    .on(
                        connected
                            .session()
                            .renameDevice(Devices.named(connected, device).session(), name)));
  }
}
