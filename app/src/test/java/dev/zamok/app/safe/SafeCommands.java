package dev.zamok.app.safe;

import dev.zamok.app.UserError;
import dev.zamok.app.login.Asker;
import dev.zamok.app.login.Surroundings;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Map;
import picocli.CommandLine;

/** The safe command in surroundings of a test: nobody at the terminal. */
public final class SafeCommands {
  private SafeCommands() {}

  public static CommandLine commandLine(String password, String master, String input) {
    return line(new SafeCommand(around(password, master, input)));
  }

  /** One that looks often for what nobody tells {@code watch} of. */
  public static CommandLine watching(String password, String master) {
    return line(
        new SafeCommand(
            around(password, master, ""),
            new WatchPace(Duration.ofSeconds(2), Duration.ofMillis(200))));
  }

  /** With a code in the environment. */
  public static CommandLine withCode(String password, String master, String code) {
    return line(
        new SafeCommand(
            around(
                Map.of(
                    "ZAMOK_PASSWORD",
                    password,
                    "ZAMOK_MASTER_PASSWORD",
                    master,
                    "ZAMOK_CODE",
                    code),
                "")));
  }

  /** {@code zamok run}. */
  public static CommandLine run(String password, String master) {
    return line(new RunCommand(around(password, master, "")));
  }

  /** In an environment and at a terminal of the test's making. */
  public static CommandLine commandLine(Map<String, String> environment, Asker asker) {
    return withInput(environment, asker, "");
  }

  /** The same, with something on the standard input. */
  public static CommandLine withInput(Map<String, String> environment, Asker asker, String input) {
    return line(
        new SafeCommand(
            new Surroundings(
                environment,
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                Path.of("unused"),
                asker,
                Clock.systemUTC(),
                ZoneOffset.UTC)));
  }

  private static Surroundings around(String password, String master, String input) {
    return around(Map.of("ZAMOK_PASSWORD", password, "ZAMOK_MASTER_PASSWORD", master), input);
  }

  private static Surroundings around(Map<String, String> environment, String input) {
    return new Surroundings(
        environment,
        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
        Path.of("unused"),
        Asker.nobody(),
        Clock.systemUTC(),
        ZoneOffset.UTC);
  }

  private static CommandLine line(Object command) {
    return new CommandLine(command)
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
