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
    Surroundings around =
        new Surroundings(
            Map.of("ZAMOK_PASSWORD", password, "ZAMOK_MASTER_PASSWORD", master),
            InputStream.nullInputStream(),
            Path.of("unused"),
            Asker.nobody(),
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
