package dev.zamok.app.account;

import dev.zamok.app.login.Asker;
import dev.zamok.app.login.Surroundings;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Map;
import picocli.CommandLine;

/** The account command in surroundings of a test. */
public final class AccountCommands {
  private AccountCommands() {}

  public static CommandLine commandLine(Map<String, String> environment, Asker asker) {
    return new CommandLine(
        new AccountCommand(
            new Surroundings(
                environment,
                InputStream.nullInputStream(),
                Path.of("unused"),
                asker,
                Clock.systemUTC(),
                ZoneOffset.UTC)));
  }
}
