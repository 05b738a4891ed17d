package dev.zamok.app;

import dev.zamok.app.account.AccountCommand;
import dev.zamok.app.chat.ChatCommand;
import dev.zamok.app.cluster.ClusterCommand;
import dev.zamok.app.demo.DemoCommand;
import dev.zamok.app.device.DeviceCommand;
import dev.zamok.app.group.GroupCommand;
import dev.zamok.app.safe.RunCommand;
import dev.zamok.app.safe.SafeCommand;
import dev.zamok.app.secret.ConvertCommand;
import dev.zamok.app.secret.GenerateCommand;
import dev.zamok.app.secret.TotpCommand;
import dev.zamok.app.server.AuthorityCommand;
import dev.zamok.app.server.HistoryCommand;
import dev.zamok.app.server.HubCommand;
import dev.zamok.app.server.KeyringCommand;
import dev.zamok.app.server.MigrateCommand;
import dev.zamok.app.server.ServeCommand;
import dev.zamok.app.server.StatusCommand;
import dev.zamok.app.ticket.KeysCommand;
import dev.zamok.app.ticket.TicketCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code zamok} command. Exit codes: 0 done, 1 failed, 2 wrong usage. */
@Command(
    name = "zamok",
    description = "A self-hosted hub for teams that must not leak.",
    mixinStandardHelpOptions = true,
    version = "zamok 0.1.0",
    subcommands = {
      AccountCommand.class,
      AuthorityCommand.class,
      ChatCommand.class,
      ClusterCommand.class,
      ConvertCommand.class,
      DemoCommand.class,
      DeviceCommand.class,
      GenerateCommand.class,
      GroupCommand.class,
      HistoryCommand.class,
      HubCommand.class,
      KeyringCommand.class,
      KeysCommand.class,
      MigrateCommand.class,
      RunCommand.class,
      SafeCommand.class,
      ServeCommand.class,
      StatusCommand.class,
      TicketCommand.class,
      TotpCommand.class
    })
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main())
        .setExecutionExceptionHandler(
            (failure, command, parsed) -> {
              if (failure instanceof UserError error) {
                command.getErr().println("zamok: " + failure.getMessage());
                return error.exitCode();
              }
              throw failure;
            });
  }
}
