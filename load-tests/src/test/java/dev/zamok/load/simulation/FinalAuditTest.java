package dev.zamok.load.simulation;

import static dev.zamok.load.simulation.MadeUpHub.ANN;
import static dev.zamok.load.simulation.MadeUpHub.BEN;
import static dev.zamok.load.simulation.MadeUpHub.CLEO;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.zamok.protocol.Entry;
import dev.zamok.protocol.frame.HubFrame;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A run in which nothing happened proves nothing, and must not pass. */
class FinalAuditTest {
  private final MadeUpHub hub = new MadeUpHub();

  private void passes(Demand demand) {
    assertThatNoException().isThrownBy(() -> FinalAudit.judge(true, hub.recording(), demand));
  }

  private void fails(Demand demand, String what) {
    assertThatIllegalStateException()
        .isThrownBy(() -> FinalAudit.judge(true, hub.recording(), demand))
        .withMessage(what);
  }

  @Test
  void aRunThatDidNotComeToRestFails() {
    hub.say(ANN, "one");

    assertThatNoException().isThrownBy(() -> FinalAudit.judge(true, hub.recording()));
    assertThatIllegalStateException()
        .isThrownBy(() -> FinalAudit.judge(false, hub.recording()))
        .withMessageContaining("did not come to rest");
  }

  @Test
  void aRunInWhichNobodySpokeFails() {
    assertThatIllegalStateException()
        .isThrownBy(() -> FinalAudit.judge(true, hub.recording()))
        .withMessageContaining("nothing was delivered");
  }

  @Test
  void aStormPassesWhenEveryResumeWasComplete() {
    hub.say(ANN, "one");
    hub.join(BEN, HubFrame.Recovery.COMPLETE);
    hub.join(CLEO, HubFrame.Recovery.COMPLETE);

    passes(Demand.resumesAreComplete(2));
    fails(Demand.resumesAreComplete(3), "only 2 joins resumed, not 3");
  }

  @Test
  void aStormFailsWhenAResumeWasRepairedFromHistory() {
    hub.sayTo(List.of(ANN, CLEO), ANN, "one");
    hub.join(BEN, HubFrame.Recovery.INCOMPLETE);

    fails(Demand.resumesAreComplete(1), "ben resumed and was told INCOMPLETE");
  }

  @Test
  void aMixOfSlowAndQuickFailsWhenNobodyWasSlow() {
    hub.say(ANN, "one");
    fails(Demand.someGapWasToldAndRepaired(), "nobody fell behind: no gap was told and repaired");

    Entry two = hub.sayTo(List.of(ANN, CLEO), ANN, "two");
    hub.send(BEN, new HubFrame.Gap(MadeUpHub.ROOM, two.previous(), two.position()));
    passes(Demand.someGapWasToldAndRepaired());
  }

  @Test
  void aStormOfRemovalsFailsWhenNobodyWasRemoved() {
    hub.say(ANN, "one");
    fails(Demand.somebodyWasRemoved(), "nobody was removed");

    hub.remove(CLEO);
    passes(Demand.somebodyWasRemoved());
  }
}
