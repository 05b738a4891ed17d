package dev.zamok.load.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Whatever single thing is taken out of a clean run, the audit notices. */
class AuditProperties {
  @Property(tries = 60)
  void noMessageCanBeTakenFromWhatAMemberWasShown(
      @ForAll @IntRange(max = 1) int who, @ForAll @IntRange(max = 7) int which) {
    Run run = new Run();
    run.seen.get(List.of(Run.ANN, Run.BEN).get(who)).remove(which);

    assertThat(run.verdict().flaws()).containsOnlyKeys(Flaw.NEVER_DELIVERED);
  }

  @Property(tries = 60)
  void noEntryCanBeTakenFromHistory(@ForAll @IntRange(min = 1, max = 10) int which) {
    Run run = new Run();
    run.history.remove(which);

    assertThat(run.verdict().passed()).isFalse();
  }

  @Property(tries = 60)
  void noTwoMessagesCanBeExchanged(
      @ForAll @IntRange(max = 7) int one, @ForAll @IntRange(max = 7) int other) {
    Run run = new Run();
    List<Seen> seen = run.seen.get(Run.BEN);
    Seen kept = seen.get(one);
    seen.set(one, seen.get(other));
    seen.set(other, kept);

    assertThat(run.verdict().passed()).isEqualTo(one == other);
  }
}
