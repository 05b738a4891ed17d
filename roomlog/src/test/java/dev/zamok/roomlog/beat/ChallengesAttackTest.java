package dev.zamok.roomlog.beat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.beat.BeatKeys;
import dev.zamok.roomlog.NodeBeat;
import dev.zamok.roomlog.Notice;
import dev.zamok.roomlog.NoticeCodec;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * Somebody who can publish on the log's Redis, and has no key of beats, wants a hub's beats to
 * answer no authority: then it gets no clients.
 */
class ChallengesAttackTest {
  private static final BeatKeys KEYS = BeatKeys.parse("ab".repeat(32));
  private static final BeatKeys OTHERS = BeatKeys.parse("cd".repeat(32));
  private static final int FLOOD = 1_000;

  private final AtomicLong nanos = new AtomicLong();
  private final Challenges challenges = new Challenges(KEYS, nanos::get);

  private static Notice.Challenge challenge(long authority, long value) {
    return new Notice.Challenge(authority, value);
  }

  private static Notice.SignedChallenge signed(
      BeatKeys keys, long authority, long value, long number) {
    Notice.Challenge challenge = challenge(authority, value);
    Bytes mac = keys.sign(NoticeCodec.statement(challenge, number));
    return new Notice.SignedChallenge(challenge, number, mac);
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Test
  void madeUpChallengesPushNoSignedOneOut() {
    challenges.heard(signed(KEYS, 1, 11, 1));
    for (int i = 0; i < FLOOD; i++) {
      challenges.heard(challenge(100 + i, i));
      challenges.heard(challenge(1, i));
    }
    assertThat(challenges.all())
        .hasSize(Notice.SignedBeat.ANSWERS_MAX)
        .contains(challenge(1, 11))
        .filteredOn(one -> one.authority() == 1)
        .hasSize(1);
    BeatSigner signer = new BeatSigner(KEYS, nanos::get);
    signer.challenges().heard(signed(KEYS, 1, 11, 1));
    NodeBeat.Load load = new NodeBeat.Load(NodeBeat.Standing.SERVING, 0, 1);
    NodeBeat beat = new NodeBeat(NodeBeat.Role.HUB, 9, "", "1", load, 0);
    assertThat(signer.sign(beat).answers()).containsExactly(challenge(1, 11));
  }

  @Test
  void madeUpChallengesKeepNoSignedOneFromBeingAnsweredAtOnce() {
    challenges.heard(signed(KEYS, 1, 11, 1));
    pass(Duration.ofSeconds(1));
    challenges.heard(challenge(2, 22));
    assertThat(challenges.heard(challenge(1, 12))).as("it signs each as well").isFalse();
    assertThat(challenges.heard(signed(KEYS, 1, 12, 2))).isTrue();
  }

  @Test
  void aChallengeSignedByAKeyOfHisOwnIsNotHeard() {
    assertThat(challenges.heard(signed(OTHERS, 1, 66, 1))).isFalse();
    Notice.SignedChallenge ours = signed(KEYS, 1, 11, 1);
    challenges.heard(new Notice.SignedChallenge(challenge(1, 66), 1, ours.mac()));
    challenges.heard(new Notice.SignedChallenge(ours.challenge(), 2, ours.mac()));
    assertThat(challenges.all()).isEmpty();
  }

  @Test
  void aChallengeThatWasRecordedReplacesNoLaterOne() {
    Notice.SignedChallenge recorded = signed(KEYS, 1, 11, 1);
    challenges.heard(recorded);
    challenges.heard(signed(KEYS, 1, 12, 2));
    pass(Duration.ofSeconds(5));
    assertThat(challenges.heard(recorded)).isFalse();
    assertThat(challenges.all()).containsExactly(challenge(1, 12));
  }

  /** Of many authorities that ended long ago. */
  @Test
  void recordedChallengesTakeThePlaceOfNobodyWhoIsThere() {
    challenges.heard(signed(KEYS, 1, 11, 1));
    for (int number = 1; number <= 20; number++) {
      for (int dead = 0; dead < FLOOD; dead++) {
        challenges.heard(signed(KEYS, 100 + dead, 5, number));
      }
      pass(Duration.ofSeconds(2));
      challenges.heard(signed(KEYS, 1, 11 + number, 1 + number));
      assertThat(challenges.all())
          .hasSize(Challenges.SIGNED_MAX)
          .contains(challenge(1, 11 + number));
    }
    pass(Duration.ofNanos(Challenges.KEEP_NANOS));
    challenges.heard(signed(KEYS, 2, 7, 1));
    assertThat(challenges.all()).as("places get free").containsExactly(challenge(2, 7));
  }

  @Test
  void authoritiesOfAVersionBeforeAreAnsweredAsFarAsThereIsRoom() {
    challenges.heard(signed(KEYS, 1, 11, 1));
    assertThat(challenges.heard(challenge(2, 22))).isTrue();
    assertThat(challenges.heard(challenge(2, 22))).as("one a second is answered at once").isFalse();
    pass(Duration.ofSeconds(1));
    assertThat(challenges.heard(challenge(2, 23))).isTrue();
    assertThat(challenges.all()).containsExactly(challenge(1, 11), challenge(2, 23));
    // it was renewed
    challenges.heard(signed(KEYS, 2, 24, 1));
    assertThat(challenges.all()).containsExactly(challenge(1, 11), challenge(2, 24));
  }
}
