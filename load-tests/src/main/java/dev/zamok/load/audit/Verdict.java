package dev.zamok.load.audit;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What an audit found.
 *
 * @param flaws how often each promise was broken
 * @param told the first findings of each flaw
 */
public record Verdict(
    Counts counts, Map<Flaw, Integer> flaws, List<Finding> told, List<FaultLine> faults) {
  public Verdict {
    flaws = Map.copyOf(flaws);
    told = List.copyOf(told);
    faults = List.copyOf(faults);
  }

  public boolean passed() {
    return flaws.isEmpty();
  }

  /** The whole of it, for people. */
  public String report() {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%d messages: %d acknowledged, %d refused, %d of unknown outcome, %d lost; %d shown,"
                + " %d taken back%n",
            counts.sent(),
            counts.acknowledged(),
            counts.refused(),
            counts.unknown(),
            counts.lost(),
            counts.delivered(),
            counts.withdrawn()));
    text.append(
        String.format(
            Locale.ROOT,
            "on the wire: %d repeated, %d left out untold and noticed; %d gaps told to users%n",
            counts.doubled(),
            counts.skipped(),
            counts.gapsTold()));
    if (!faults.isEmpty()) {
      table(text);
    }
    text.append(passed() ? "audit passed" : "AUDIT FAILED: " + flaws).append('\n');
    told.forEach(finding -> text.append("  ").append(finding).append('\n'));
    return text.toString();
  }

  private void table(StringBuilder text) {
    int widest = faults.stream().mapToInt(line -> line.name().length()).max().orElse(0);
    String names = "%-" + Math.max(widest, "fault".length()) + "s";
    text.append(
        String.format(
            Locale.ROOT,
            names + " %7s %7s %7s %5s %7s %9s%n",
            "fault",
            "sent",
            "acked",
            "unknown",
            "lost",
            "doubled",
            "pause ms"));
    for (FaultLine line : faults) {
      text.append(
          String.format(
              Locale.ROOT,
              names + " %7d %7d %7d %5d %7d %9d%n",
              line.name(),
              line.sent(),
              line.acknowledged(),
              line.unknown(),
              line.lost(),
              line.doubled(),
              line.pause().toMillis()));
    }
  }
}
