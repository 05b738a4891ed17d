package dev.zamok.app.group;

import dev.zamok.app.login.ServerChoice;
import dev.zamok.app.login.Surroundings;
import dev.zamok.app.login.Visit;
import java.util.function.ToIntFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** Groups; each thing to do is a command of its own. */
@Command(
    name = "group",
    description = {
      "People who are one member of safes: zamok safe share SAFE --group NAME --role read.",
      "Options of the server and the login come before the command, exit codes are those of zamok",
      "safe."
    },
    subcommands = {
      AddCommand.class,
      CreateCommand.class,
      LeaveCommand.class,
      ListCommand.class,
      MembersCommand.class,
      RemoveCommand.class,
      SettleCommand.class
    },
    mixinStandardHelpOptions = true)
public final class GroupCommand implements Runnable {
  private final Surroundings around;

  @Spec private CommandSpec spec;
  @Mixin private ServerChoice server;

  @Option(
      names = "--json",
      scope = ScopeType.INHERIT,
      description = "Print JSON objects, one a line.")
  private boolean json;

  public GroupCommand() {
    this(Surroundings.ofProcess());
  }

  GroupCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "name what to do, such as list");
  }

  /** Logs in, does it, logs out; yields the exit code. */
  int with(ToIntFunction<GroupDesk> work) {
    return new Visit(server, around)
        .with(
            spec.commandLine(),
            connected ->
                work.applyAsInt(
                    new GroupDesk(
                        connected,
                        around,
                        spec.commandLine().getOut(),
                        spec.commandLine().getErr(),
                        json)));
  }
}
