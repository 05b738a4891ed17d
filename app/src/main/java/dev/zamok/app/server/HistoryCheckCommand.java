package dev.zamok.app.server;

import dev.zamok.authority.archive.HistoryCheck;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows where they differ, and changes nothing. */
@Command(
    name = "check",
    description = {
      "Show where log and store differ. Changes nothing.",
      "Beside running authorities where log and store are shared; stop `zamok serve` before."
          + " Ends with 1 when something differs."
    },
    mixinStandardHelpOptions = true)
public final class HistoryCheckCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ServerOptions options;

  @Parameters(
      arity = "0..1",
      paramLabel = "ROOM",
      description = "Its id; all rooms of which the log holds anything when left out.")
  private @Nullable String room;

  @Override
  public Integer call() {
    List<HistoryCheck.Report> reports = HistoryCommand.check(options.settings(), room);
    PrintWriter out = spec.commandLine().getOut();
    out.print(HistoryText.of(reports));
    out.flush();
    return reports.stream().allMatch(report -> report.differences().isEmpty()) ? 0 : 1;
  }
}
