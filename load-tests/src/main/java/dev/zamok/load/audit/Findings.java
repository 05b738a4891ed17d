package dev.zamok.load.audit;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What the checks have found. All is counted; of each flaw the first few are told. */
final class Findings {
  static final int TOLD_PER_FLAW_MAX = 8;

  private final Map<Flaw, Integer> counts = new EnumMap<>(Flaw.class);
  private final List<Finding> told = new ArrayList<>();
  private final Counts.Collector counted = new Counts.Collector();

  void add(Flaw flaw, String what) {
    if (counts.merge(flaw, 1, Integer::sum) <= TOLD_PER_FLAW_MAX) {
      told.add(new Finding(flaw, what));
    }
  }

  Counts.Collector counted() {
    return counted;
  }

  Map<Flaw, Integer> counts() {
    return counts;
  }

  List<Finding> told() {
    return told;
  }
}
