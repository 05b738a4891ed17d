package dev.zamok.app.cluster;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What concerns a cluster. */
@Command(
    name = "cluster",
    description = "A whole cluster on one machine, and single servers of one on several.",
    mixinStandardHelpOptions = true,
    subcommands = {RedisCommand.class, UpCommand.class})
public final class ClusterCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "which? zamok cluster up, or zamok cluster redis");
  }
}
