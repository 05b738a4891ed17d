package dev.zamok.app.chat;

import dev.zamok.app.UserError;
import dev.zamok.app.login.Asker;
import dev.zamok.app.login.Surroundings;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Map;
import picocli.CommandLine;

/** The chat command in surroundings of a test: nobody at the terminal. */
public final class ChatCommands {
  private ChatCommands() {}

  public static CommandLine commandLine(String password, String master, String input) {
    Surroundings around =
        new Surroundings(
            Map.of("ZAMOK_PASSWORD", password, "ZAMOK_MASTER_PASSWORD", master),
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
            Path.of("unused"),
            Asker.nobody(),
            Clock.systemUTC(),
            ZoneOffset.UTC);
    CommandLine line = new CommandLine(new Root());
    line.addSubcommand(new ChatCommand(around));
    return line.setExecutionExceptionHandler(
        (failure, command, parsed) -> {
          if (failure instanceof UserError error) {
            command.getErr().println("zamok: " + failure.getMessage());
            return error.exitCode();
          }
          throw failure;
        });
  }

  /** Stands for the program. */
  @CommandLine.Command(name = "zamok")
  static final class Root {}
}
