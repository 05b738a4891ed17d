package dev.zamok.app.safe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zamok.app.UserError;
import dev.zamok.app.chat.show.JsonLines;
import dev.zamok.client.safe.Safe;
import dev.zamok.secrets.report.SecretReport;
import dev.zamok.secrets.strength.StrengthMeter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Tell weak, reused and old passwords of safes; nothing is sent. */
@Command(
    name = "report",
    description = {
      "Tell weak, reused and old passwords of safes; nothing is sent. Of several safes, or all, it tells",
      "too what is reused from one to the other. Of all, one that cannot be looked into is named, and",
      "the exit code says so."
    },
    mixinStandardHelpOptions = true)
final class ReportCommand implements Callable<Integer> {
  @ParentCommand private @Nullable SafeCommand parent;

  @Parameters(
      index = "0..*",
      paramLabel = "SAFE",
      description = "Names or ids; none for all your safes.")
  private List<String> safes = new ArrayList<>();

  @Option(
      names = "--days",
      paramLabel = "N",
      description = "Passwords are old after this (default: ${DEFAULT-VALUE}).")
  private int days = 365;

  /**
   * A secret, and which safe it is in.
   *
   * @param name null where only one safe is looked into
   */
  private record In(Safe safe, @Nullable String name, Desk.Found found) {}

  private static void tell(Desk desk, String what, In in) {
    String name = in.name();
    if (!desk.json()) {
      desk.print(
          what
              + "  "
              + (name == null
                  ? SecretLines.entry(in.found(), false)
                  : SecretLines.entry(in.safe(), name, in.found(), false)));
      return;
    }
    ObjectNode line =
        JsonLines.object("report")
            .put("finding", what)
            .put("safe", in.safe().id().toString())
            .put("id", in.found().item().id().toString())
            .put("name", in.found().secret().name());
    desk.print(JsonLines.write(line));
  }

  @Override
  public Integer call() {
    return Objects.requireNonNull(parent).with(this::run);
  }

  private int run(Desk desk) {
    SecretReport<In> report =
        SecretReport.of(
            safes.isEmpty() ? all(desk) : named(desk),
            in -> in.found().secret(),
            new StrengthMeter(),
            desk.around().clock().instant(),
            Duration.ofDays(days));
    report.weak().forEach(weak -> tell(desk, "weak", weak.what()));
    int group = 0;
    for (List<In> reused : report.reused()) {
      group++;
      for (In in : reused) {
        tell(desk, "reused " + group, in);
      }
    }
    report.old().forEach(old -> tell(desk, "old", old.what()));
    return 0;
  }

  private List<In> named(Desk desk) {
    // One that is named twice is not reused.
    List<Safe> chosen = safes.stream().map(desk::safe).distinct().toList();
    List<In> found = new ArrayList<>();
    chosen.forEach(safe -> add(desk, safe, chosen.size() > 1, found));
    return found;
  }

  /** Anybody may let others into a safe of his own: it must not end the report of the rest. */
  private static List<In> all(Desk desk) {
    List<In> found = new ArrayList<>();
    for (Safe safe : desk.safes()) {
      try {
        add(desk, safe, true, found);
      } catch (UserError e) {
        desk.notLookedInto(safe, e);
      }
    }
    return found;
  }

  private static void add(Desk desk, Safe safe, boolean naming, List<In> found) {
    desk.listed(safe);
    String name = naming ? desk.name(safe) : null;
    desk.live(safe).forEach(one -> found.add(new In(safe, name, one)));
  }
}
