package dev.zamok.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.app.UserError;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/** What comes of a command of the program. */
record Commands(int code, String out, String err) {
  Commands ok() {
    assertThat(code).as(err).isZero();
    return this;
  }

  /** What a command that succeeded printed. */
  String line() {
    return ok().out().strip();
  }

  /** The environment of a script that knows the passwords. */
  static Map<String, String> passwords(String login) {
    return Map.of(
        "ZAMOK_PASSWORD", Person.password(login), "ZAMOK_MASTER_PASSWORD", Person.master(login));
  }

  static Commands run(
      CommandLine command, TestServer server, String login, Path profile, String... arguments) {
    List<String> all = new ArrayList<>(options(server.uri(), server.fingerprint(), login, profile));
    all.addAll(List.of(arguments));
    return run(command, all);
  }

  /** Which server, whose account, and where his profile is. */
  static List<String> options(URI server, String fingerprint, String login, Path profile) {
    return List.of(
        "--server",
        server.toString(),
        "--login",
        login,
        "--profile",
        profile.toString(),
        "--fingerprint",
        fingerprint);
  }

  static Commands run(CommandLine command, List<String> arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        command
            .setExecutionExceptionHandler(
                (failure, at, parsed) -> {
                  if (failure instanceof UserError error) {
                    at.getErr().println("zamok: " + failure.getMessage());
                    return error.exitCode();
                  }
                  throw failure;
                })
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(arguments.toArray(String[]::new));
    return new Commands(code, out.toString(), err.toString());
  }
}
