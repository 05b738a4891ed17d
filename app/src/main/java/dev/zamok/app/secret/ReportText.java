package dev.zamok.app.secret;

import dev.zamok.app.chat.show.Visible;
import dev.zamok.client.secret.Secret;
import dev.zamok.secrets.report.SecretReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** A report as lines for people. It names secrets and shows none. */
public final class ReportText {
  private ReportText() {}

  public static <T> List<String> lines(SecretReport<T> report, Function<T, Secret> secretOf) {
    Function<T, String> name = one -> Visible.line(secretOf.apply(one).name());
    List<String> lines = new ArrayList<>();
    report
        .weak()
        .forEach(
            one -> {
              String grade = one.strength().grade().name().toLowerCase(Locale.ROOT);
              lines.add(grade.replace('_', ' ') + ": " + name.apply(one.what()));
            });
    report
        .reused()
        .forEach(
            group ->
                lines.add("the same: " + String.join(", ", group.stream().map(name).toList())));
    report
        .old()
        .forEach(one -> lines.add(one.age().toDays() + " days old: " + name.apply(one.what())));
    if (!report.undated().isEmpty()) {
      lines.add("of unknown age: " + report.undated().size());
    }
    return lines;
  }
}
