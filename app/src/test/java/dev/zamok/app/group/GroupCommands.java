package dev.zamok.app.group;

import dev.zamok.app.UserError;
import dev.zamok.app.login.Asker;
import dev.zamok.app.login.Surroundings;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Map;
import picocli.CommandLine;

/** The group command in surroundings of a test: nobody at the terminal. */
public final class GroupCommands {
  private GroupCommands() {}

  public static CommandLine commandLine(String password, String master) {
    return commandLine(
        Map.of("ZAMOK_PASSWORD", password, "ZAMOK_MASTER_PASSWORD", master), Asker.nobody());
  }

  /** In an environment and at a terminal of the test's making. */
  public static CommandLine commandLine(Map<String, String> environment, Asker asker) {
    Surroundings around =
        new Surroundings(
            environment,
            InputStream.nullInputStream(),
            Path.of("unused"),
            asker,
            Clock.systemUTC(),
            ZoneOffset.UTC);
    return new CommandLine(new GroupCommand(around))
        .setExecutionExceptionHandler(
            (failure, at, parsed) -> {
              if (failure instanceof UserError error) {
                at.getErr().println("zamok: " + failure.getMessage());
                return error.exitCode();
              }
              throw failure;
            });
  }
}
