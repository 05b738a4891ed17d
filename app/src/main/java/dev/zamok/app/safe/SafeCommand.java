package dev.zamok.app.safe;

import dev.zamok.app.login.Connected;
import dev.zamok.app.login.Connector;
import dev.zamok.app.login.ServerChoice;
import dev.zamok.app.login.Surroundings;
import java.util.function.ToIntFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** Secrets in safes; each thing to do is a command of its own. */
@Command(
    name = "safe",
    description = {
      "Keep and share secrets that no server can read.",
      "Options of the server and the login come before the command: zamok safe --login ada list.",
      "Exit codes: 0 done, 1 failed, 2 wrong usage, 3 not found, 4 somebody else was first, 5 not",
      "allowed, 6 something does not verify."
    },
    subcommands = {
      CreateCommand.class,
      EditCommand.class,
      GetCommand.class,
      ListCommand.class,
      LogCommand.class,
      MembersCommand.class,
      PurgeCommand.class,
      PutCommand.class,
      ReceiveCommand.class,
      ResealCommand.class,
      RestoreCommand.class,
      RevokeCommand.class,
      SendCommand.class,
      ShareCommand.class,
      TrashCommand.class
    },
    mixinStandardHelpOptions = true)
public final class SafeCommand implements Runnable {
  private final Surroundings around;

  @Spec private CommandSpec spec;
  @Mixin private ServerChoice server;

  @Option(
      names = "--json",
      scope = ScopeType.INHERIT,
      description = "Print JSON objects, one a line.")
  private boolean json;

  public SafeCommand() {
    this(Surroundings.ofProcess());
  }

  SafeCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "name what to do, such as list");
  }

  /** Logs in, does it, logs out; yields the exit code. */
  int with(ToIntFunction<Desk> work) {
    try {
      server.server();
      server.trust();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
    }
    quietLogs();
    var err = spec.commandLine().getErr();
    Connected connected = new Connector(server, around, err).connect();
    Thread interrupted = new Thread(connected::close, "zamok-safe-stop");
    Runtime.getRuntime().addShutdownHook(interrupted);
    try {
      return work.applyAsInt(new Desk(connected, around, spec.commandLine().getOut(), json));
    } finally {
      connected.close();
      try {
        Runtime.getRuntime().removeShutdownHook(interrupted);
      } catch (IllegalStateException e) {
        // The process is ending: the hook does the same.
        err.flush();
      }
    }
  }

  /** Failures are told in words. */
  private static void quietLogs() {
    String level = "org.slf4j.simpleLogger.defaultLogLevel";
    if (System.getProperty(level) == null) {
      System.setProperty(level, "error");
    }
  }
}
