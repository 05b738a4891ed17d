package dev.zamok.load.simulation;

import dev.zamok.load.audit.Recording;
import dev.zamok.load.audit.Seat;
import dev.zamok.load.audit.Seen;
import dev.zamok.load.audit.Wire;
import dev.zamok.protocol.frame.HubFrame.Recovery;
import java.util.ArrayList;
import java.util.List;

/**
 * What must have happened in a run for its audit to say anything: a storm without a reconnect, or a
 * mix of which nobody was slow, passes every audit.
 */
@FunctionalInterface
interface Demand {
  /** What is wrong with the run, in words; empty when the demand is met. */
  List<String> unmet(Recording recording);

  /** So many joins at least resumed, and the hub called all of them complete. */
  static Demand resumesAreComplete(int least) {
    return recording -> {
      List<String> unmet = new ArrayList<>();
      int resumes = 0;
      for (Seat seat : recording.seats()) {
        for (Wire wire : seat.wire()) {
          if (wire instanceof Wire.Joined joined && joined.after() != null) {
            resumes++;
            if (joined.recovery() != Recovery.COMPLETE) {
              unmet.add(seat.client() + " resumed and was told " + joined.recovery());
            }
          }
        }
      }
      System.out.println(resumes + " joins resumed");
      if (resumes < least) {
        unmet.add("only " + resumes + " joins resumed, not " + least);
      }
      return unmet;
    };
  }

  /** Somebody fell so far behind that the hub told a gap, and it was repaired. */
  static Demand someGapWasToldAndRepaired() {
    return recording -> {
      long told = recording.seats().stream().filter(Demand::wasToldAndRepaired).count();
      System.out.println(told + " clients were told a gap and repaired it");
      return told == 0
          ? List.of("nobody fell behind: no gap was told and repaired")
          : List.<String>of();
    };
  }

  private static boolean wasToldAndRepaired(Seat seat) {
    return seat.wire().stream()
        .filter(Wire.Gap.class::isInstance)
        .map(Wire.Gap.class::cast)
        .anyMatch(
            gap ->
                seat.seen().stream()
                    .anyMatch(
                        seen ->
                            seen instanceof Seen.Repaired repaired
                                && gap.to().isAfter(repaired.from())
                                && !gap.to().isAfter(repaired.to())));
  }

  /** Somebody was removed. */
  static Demand somebodyWasRemoved() {
    return recording -> {
      int removals = recording.removals().size();
      System.out.println(removals + " members were removed");
      return removals == 0 ? List.of("nobody was removed") : List.<String>of();
    };
  }
}
