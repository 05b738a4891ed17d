package dev.zamok.app.safe;

import dev.zamok.app.chat.show.JsonLines;
import dev.zamok.client.safe.Safe;
import dev.zamok.secrets.report.SecretReport;
import dev.zamok.secrets.strength.StrengthMeter;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Tell weak, reused and old passwords of a safe; nothing is sent. */
@Command(
    name = "report",
    description = "Tell weak, reused and old passwords of a safe; nothing is sent.",
    mixinStandardHelpOptions = true)
final class ReportCommand implements Callable<Integer> {
  @ParentCommand private @Nullable SafeCommand parent;

  @Parameters(index = "0", paramLabel = "SAFE", description = "Its name or id.")
  private String safe = "";

  @Option(
      names = "--days",
      paramLabel = "N",
      description = "Passwords are old after this (default: ${DEFAULT-VALUE}).")
  private int days = 365;

  private static void tell(Desk desk, String what, Desk.Found found) {
    desk.print(
        desk.json()
            ? JsonLines.write(
                SecretLines.object("report")
                    .put("finding", what)
                    .put("id", found.item().id().toString())
                    .put("name", found.secret().name()))
            : what + "  " + SecretLines.entry(found, false));
  }

  @Override
  public Integer call() {
    return Objects.requireNonNull(parent).with(this::run);
  }

  private int run(Desk desk) {
    Safe in = desk.safe(safe);
    desk.listed(in);
    SecretReport<Desk.Found> report =
        SecretReport.of(
            desk.live(in),
            Desk.Found::secret,
            new StrengthMeter(),
            desk.around().clock().instant(),
            Duration.ofDays(days));
    report.weak().forEach(weak -> tell(desk, "weak", weak.what()));
    int group = 0;
    for (List<Desk.Found> reused : report.reused()) {
      group++;
      for (Desk.Found found : reused) {
        tell(desk, "reused " + group, found);
      }
    }
    report.old().forEach(old -> tell(desk, "old", old.what()));
    return 0;
  }
}
