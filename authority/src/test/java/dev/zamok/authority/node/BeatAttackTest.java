package dev.zamok.authority.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.beat.BeatKeys;
import dev.zamok.roomlog.NodeBeat;
import dev.zamok.roomlog.NodeBeat.Standing;
import dev.zamok.roomlog.Notice;
import dev.zamok.roomlog.NoticeCodec;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Somebody who can publish on the log's Redis, and has no key of beats. */
class BeatAttackTest {
  private static final String HUB = "wss://hub-1.example:8443/hub";
  private static final String EVIL = "wss://evil.example/hub";
  private static final long SELF = 99;
  private static final Duration FRESH = Duration.ofSeconds(6);
  private static final BeatKeys KEYS = BeatKeys.parse("ab".repeat(32));

  private final AtomicLong nanos = new AtomicLong();
  private final AtomicLong random = new AtomicLong(1_000);
  private final BeatGate gate =
      new BeatGate(KEYS, SELF, FRESH, nanos::get, random::incrementAndGet);

  private static NodeBeat beat(long id, String url) {
    NodeBeat.Load load = new NodeBeat.Load(Standing.SERVING, 0, 1_000);
    return new NodeBeat(NodeBeat.Role.HUB, id, url, "1", load, 0);
  }

  private static Notice.SignedBeat signed(
      BeatKeys keys, NodeBeat beat, long number, Notice.Challenge... answers) {
    List<Notice.Challenge> all = List.of(answers);
    Bytes mac = keys.sign(NoticeCodec.statement(beat, number, all));
    return new Notice.SignedBeat(beat, number, all, mac);
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Test
  void aBeatThatIsNotSignedDrawsNobodyToAnotherHub() {
    assertThat(gate.takes(beat(1, EVIL))).isFalse();
    assertThat(gate.complaint()).isEqualTo(EVIL);
    pass(Duration.ofMinutes(1));
    assertThat(gate.complaint()).isNull();
  }

  @Test
  void aBeatSignedByAKeyOfHisOwnDrawsNobodyToAnotherHub() {
    BeatKeys own = BeatKeys.parse("cd".repeat(32));
    assertThat(gate.takes(signed(own, beat(1, EVIL), 1, gate.challenge()))).isFalse();
    assertThat(gate.complaint()).isEqualTo(EVIL);
  }

  @Test
  void theSignatureOfATrueBeatIsNoneOfOneWithAnotherAddressNumberOrAnswer() {
    Notice.Challenge challenge = gate.challenge();
    Notice.SignedBeat heard = signed(KEYS, beat(1, HUB), 1, challenge);
    for (Notice.SignedBeat forged :
        List.of(
            new Notice.SignedBeat(beat(1, EVIL), 1, heard.answers(), heard.mac()),
            new Notice.SignedBeat(heard.beat(), 2, heard.answers(), heard.mac()),
            new Notice.SignedBeat(heard.beat(), 1, List.of(), heard.mac()))) {
      assertThat(gate.takes(forged)).isFalse();
    }
    assertThat(gate.takes(heard)).isTrue();
  }

  @Test
  void aBeatThatWasRecordedBringsNoHubBack() {
    Notice.SignedBeat recorded = signed(KEYS, beat(1, HUB), 1, gate.challenge());
    pass(FRESH);
    gate.challenge();
    assertThat(gate.takes(recorded)).isFalse();
    // Nor is it a sign of a wrong key.
    assertThat(gate.complaint()).isNull();
  }

  @Test
  void aBeatThatWasHeardUndoesNoLaterOne() {
    Notice.Challenge challenge = gate.challenge();
    Notice.SignedBeat first = signed(KEYS, beat(1, HUB), 1, challenge);
    assertThat(gate.takes(first)).isTrue();
    assertThat(gate.takes(signed(KEYS, beat(1, HUB), 2, challenge))).isTrue();
    assertThat(gate.takes(first)).isFalse();
    assertThat(gate.takes(signed(KEYS, beat(1, HUB), 2, challenge))).isFalse();
  }

  @Test
  void aBeatRecordedElsewhereOrBeforeARestartIsWorthNothingHere() {
    BeatGate before = new BeatGate(KEYS, 98, FRESH, nanos::get, random::incrementAndGet);
    Notice.SignedBeat recorded = signed(KEYS, beat(1, HUB), 1, before.challenge());
    gate.challenge();
    assertThat(before.takes(recorded)).isTrue();
    assertThat(gate.takes(recorded)).isFalse();
  }

  /** He makes challenges up in our name, so that hubs sign answers for later. */
  @Test
  void anAnswerToAChallengeThatWeNeverGaveIsWorthNothing() {
    gate.challenge();
    Notice.Challenge guessed = new Notice.Challenge(SELF, 5);
    assertThat(gate.takes(signed(KEYS, beat(1, HUB), 1, guessed))).isFalse();
  }

  @Test
  void oneOfSeveralAnswersIsOursAndAHubIsHeardForAsLongAsItAnswers() {
    for (int number = 1; number <= 20; number++) {
      Notice.Challenge ours = gate.challenge();
      Notice.Challenge other = new Notice.Challenge(7, 7);
      assertThat(gate.takes(signed(KEYS, beat(1, HUB), number, other, ours))).isTrue();
      pass(Duration.ofSeconds(2));
    }
  }

  /** One of a version before says it so, too: no sign of a wrong key. */
  @Test
  void anUnsignedBeatInTheNameOfAnAuthorityCountsForNothing() {
    NodeBeat forged = authority(3);
    assertThat(gate.takes(forged)).isFalse();
    assertThat(gate.complaint()).isNull();
    assertThat(gate.takes(signed(KEYS, forged, 1, gate.challenge()))).isTrue();
  }

  /** A hub that was taken over has the key; what a hub signed is nothing that an authority said. */
  @Test
  void theSignatureOfAHubIsNoneOfAnAuthority() {
    Notice.SignedBeat hub = signed(KEYS, beat(1, HUB), 1, gate.challenge());
    assertThat(gate.takes(new Notice.SignedBeat(authority(1), 1, hub.answers(), hub.mac())))
        .isFalse();
  }

  private static NodeBeat authority(long id) {
    NodeBeat.Load load = new NodeBeat.Load(Standing.SERVING, 0, 256);
    return new NodeBeat(NodeBeat.Role.AUTHORITY, id, HUB, "1", load, 0);
  }

  @Test
  void challengesAreSignedAndNumberedWhereThereIsAKey() {
    Notice.Challenge challenge = gate.challenge();
    Notice.SignedChallenge first = gate.signed(challenge).orElseThrow();
    assertThat(first.challenge()).isEqualTo(challenge);
    assertThat(KEYS.verify(NoticeCodec.statement(challenge, first.number()), first.mac())).isTrue();
    assertThat(gate.signed(gate.challenge()).orElseThrow().number()).isGreaterThan(first.number());
    BeatGate open = new BeatGate(null, SELF, FRESH, nanos::get, random::incrementAndGet);
    assertThat(open.signed(open.challenge())).isEmpty();
  }

  @Test
  void withoutAKeyAllCountSoThatHubsCanBeGivenTheirsFirst() {
    BeatGate open = new BeatGate(null, SELF, FRESH, nanos::get, random::incrementAndGet);
    assertThat(open.takes(beat(1, HUB))).isTrue();
    assertThat(open.takes(signed(KEYS, beat(1, HUB), 1))).isTrue();
  }
}
