package dev.zamok.app.account;

import dev.zamok.app.login.Connector;
import dev.zamok.app.login.ServerChoice;
import dev.zamok.app.login.Surroundings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** One's own account; each thing to do is a command of its own. */
@Command(
    name = "account",
    description = "What opens your account.",
    subcommands = {
      LoginPasswordCommand.class,
      MasterPasswordCommand.class,
      RecoverySheetCommand.class,
      ReplaceKeysCommand.class
    },
    mixinStandardHelpOptions = true)
public final class AccountCommand implements Runnable {
  private final Surroundings around;

  @Spec private CommandSpec spec;

  public AccountCommand() {
    this(Surroundings.ofProcess());
  }

  AccountCommand(Surroundings around) {
    this.around = around;
  }

  /** Fails with {@link ParameterException} for options that do not go together. */
  Connector connector(ServerChoice server, CommandSpec command) {
    try {
      server.check();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), String.valueOf(e.getMessage()));
    }
    return new Connector(server, around, command.commandLine().getErr());
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "name what to do, such as master-password");
  }
}
