package dev.zamok.load.audit;

import java.util.List;

/** Judges a recording. Stateless. */
public final class Audit {
  private static final List<Check> CHECKS =
      List.of(
          new HistoryCheck(),
          new SendCheck(),
          new ContentCheck(),
          new DeliveryCheck(),
          new RemovalCheck(),
          new WireCheck());

  private Audit() {}

  public static Verdict of(Recording recording) {
    Findings findings = new Findings();
    CHECKS.forEach(check -> check.run(recording, findings));
    return new Verdict(
        findings.counted().counts(), findings.counts(), findings.told(), FaultLines.of(recording));
  }
}
