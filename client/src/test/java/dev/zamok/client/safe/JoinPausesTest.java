package dev.zamok.client.safe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.client.world.VirtualLoop;
import dev.zamok.protocol.RoomId;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How often a folder is tried that a server lets nobody join. */
class JoinPausesTest {
  private static final RoomId FOLDER = new RoomId(0x0200_0000_0000_0001L, 7);
  private static final RoomId OTHER = new RoomId(0x0200_0000_0000_0001L, 8);

  private final VirtualLoop loop = new VirtualLoop();
  private int looks;
  private final JoinPauses pauses = new JoinPauses(loop, () -> looks++);

  /** Ends it again whenever it may be tried. */
  private int looksIn(Duration time) {
    int before = looks;
    for (long seconds = 0; seconds < time.toSeconds(); seconds++) {
      loop.advance(Duration.ofSeconds(1));
      if (!pauses.holds(FOLDER)) {
        pauses.ended(FOLDER);
      }
    }
    return looks - before;
  }

  @Test
  void eachPauseIsTwiceAsLongUpToTheLongest() {
    pauses.ended(FOLDER);
    assertThat(pauses.holds(FOLDER)).isTrue();
    assertThat(looksIn(Duration.ofSeconds(31))).isEqualTo(5);
    assertThat(looksIn(Duration.ofHours(1))).isLessThan(12);
    assertThat(looksIn(Duration.ofHours(1)))
        .isEqualTo((int) Duration.ofHours(1).dividedBy(JoinPauses.LONGEST));
  }

  @Test
  void oneThatWasListenedToAsLongAsItsPauseBeginsAnew() {
    pauses.ended(FOLDER);
    loop.advance(JoinPauses.FIRST);
    pauses.ended(FOLDER);
    assertThat(pauses.isRepeated(FOLDER)).isTrue();
    pauses.joined(FOLDER);
    assertThat(pauses.isRepeated(FOLDER)).isFalse();
    loop.advance(JoinPauses.FIRST.multipliedBy(2));
    pauses.ended(FOLDER);
    assertThat(pauses.isRepeated(FOLDER)).isFalse();
    loop.advance(JoinPauses.FIRST);
    assertThat(pauses.holds(FOLDER)).isFalse();
  }

  @Test
  void oneThatTheServerLetsJoinForAMomentEachTimePausesLongerAllTheSame() {
    int tries = 0;
    for (Duration passed = Duration.ZERO;
        passed.compareTo(JoinPauses.LONGEST) < 0;
        passed = passed.plus(JoinPauses.FIRST)) {
      if (!pauses.holds(FOLDER)) {
        tries++;
        pauses.joined(FOLDER);
        pauses.lost(FOLDER);
        pauses.joined(FOLDER);
        pauses.ended(FOLDER);
      }
      loop.advance(JoinPauses.FIRST);
    }
    assertThat(pauses.isRepeated(FOLDER)).isTrue();
    // The first, and after 1, 2, 4, … 256 seconds.
    assertThat(tries).isEqualTo(10);
  }

  @Test
  void oneThatIsThereNoMoreIsForgotten() {
    pauses.ended(FOLDER);
    pauses.ended(OTHER);
    pauses.retain(Set.of(OTHER));
    assertThat(pauses.holds(FOLDER)).isFalse();
    assertThat(pauses.holds(OTHER)).isTrue();
    loop.advance(JoinPauses.LONGEST);
    assertThat(looks).isEqualTo(1);
  }

  @Test
  void othersAreNotHeldAndNothingComesAfterTheEnd() {
    pauses.ended(FOLDER);
    assertThat(pauses.holds(OTHER)).isFalse();
    pauses.close();
    loop.advance(JoinPauses.LONGEST);
    assertThat(looks).isZero();
  }
}
