package dev.zamok.app.cluster;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What concerns a whole cluster. */
@Command(
    name = "cluster",
    description = "A whole cluster on one machine.",
    mixinStandardHelpOptions = true,
    subcommands = UpCommand.class)
public final class ClusterCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "which? zamok cluster up");
  }
}
