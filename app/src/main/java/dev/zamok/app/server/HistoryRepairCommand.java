package dev.zamok.app.server;

import dev.zamok.app.OwnerOnly;
import dev.zamok.app.UserError;
import dev.zamok.app.config.NodeSettings;
import dev.zamok.app.login.Asker;
import dev.zamok.authority.archive.HistoryCheck;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Puts what the log holds in the place of what the store has instead. */
@Command(
    name = "repair",
    description = {
      "Show where log and store differ in a room, and put the store right by the log: once you said"
          + " yes, and once what the store has there is saved in a file.",
      "Authorities find out within half a minute and archive the room again."
    },
    mixinStandardHelpOptions = true)
public final class HistoryRepairCommand implements Callable<Integer> {
  private final Asker asker;
  @Spec private CommandSpec spec;
  @Mixin private ServerOptions options;

  @Parameters(paramLabel = "ROOM", description = "Its id, as `zamok history check` tells it.")
  private String room;

  @Option(
      names = "--save",
      paramLabel = "FILE",
      required = true,
      description = "A new file for what is replaced, sealed as it is.")
  private Path save;

  @Option(names = "--yes", description = "Do not ask.")
  private boolean yes;

  public HistoryRepairCommand() {
    this(Asker.console());
  }

  HistoryRepairCommand(Asker asker) {
    this.asker = asker;
  }

  @Override
  public Integer call() {
    NodeSettings settings = options.settings();
    PrintWriter out = spec.commandLine().getOut();
    List<HistoryCheck.Report> before = HistoryCommand.check(settings, room);
    out.print(HistoryText.of(before));
    out.flush();
    List<HistoryCheck.Difference> differences = before.get(0).differences();
    if (differences.isEmpty()) {
      return 0;
    }
    if (!agreed(differences.size())) {
      throw new UserError("nothing was changed");
    }
    OwnerOnly.newFile(
        save, HistoryText.json(differences).encodePrettily().getBytes(StandardCharsets.UTF_8));
    HistoryCommand.Repaired repaired = HistoryCommand.repair(settings, differences);
    if (repaired.stopped() != null) {
      throw new UserError(
          repaired.count()
              + " of "
              + differences.size()
              + " put right, then: "
              + repaired.stopped()
              + "; what the store had is in "
              + save);
    }
    List<HistoryCheck.Report> now = HistoryCommand.check(settings, room);
    out.println(differences.size() + " put right; what the store had is in " + save);
    out.print(HistoryText.of(now));
    out.flush();
    return now.get(0).differences().isEmpty() ? 0 : 1;
  }

  private boolean agreed(int count) {
    if (yes) {
      return true;
    }
    if (!asker.isThere()) {
      throw new UserError("nobody to ask, nothing was changed: add --yes once you looked at it");
    }
    return asker.confirms("Replace " + count + " in the store by what the log holds?");
  }
}
