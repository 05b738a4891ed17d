package dev.zamok.app.device;

import dev.zamok.app.login.Connected;
import dev.zamok.app.login.Connector;
import dev.zamok.app.login.ServerChoice;
import dev.zamok.app.login.Surroundings;
import java.io.PrintWriter;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The devices of an account; each thing to do is a command of its own. */
@Command(
    name = "device",
    description = {
      "The devices on which an account is open, and which of them need no password.",
      "Options of the server and the login come before the command: zamok device --login ada list."
    },
    subcommands = {ForgetCommand.class, KeepCommand.class, ListCommand.class, RenameCommand.class},
    mixinStandardHelpOptions = true)
public final class DeviceCommand implements Runnable {
  private final Surroundings around;

  @Spec private CommandSpec spec;
  @Mixin private ServerChoice server;

  @Option(
      names = "--json",
      scope = ScopeType.INHERIT,
      description = "Print JSON objects, one a line.")
  private boolean json;

  public DeviceCommand() {
    this(Surroundings.ofProcess());
  }

  DeviceCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "name what to do, such as list");
  }

  boolean json() {
    return json;
  }

  void print(String line) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(line);
    out.flush();
  }

  /** Without a login: what is to be done needs none. */
  Connector connector() {
    try {
      server.check();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
    }
    return new Connector(server, around, spec.commandLine().getErr());
  }

  /** Logs in, does it, logs out unless the device is kept. */
  int with(Consumer<Connected> work) {
    try (Connected connected = connector().connect()) {
      work.accept(connected);
      return 0;
    }
  }
}
