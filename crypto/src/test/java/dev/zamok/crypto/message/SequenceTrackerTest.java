package dev.zamok.crypto.message;

import static dev.zamok.crypto.message.SequenceTracker.Verdict.FRESH;
import static dev.zamok.crypto.message.SequenceTracker.Verdict.FRESH_AFTER_HOLE;
import static dev.zamok.crypto.message.SequenceTracker.Verdict.REPEATED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zamok.crypto.Fixtures;
import dev.zamok.crypto.identity.Fingerprint;
import dev.zamok.protocol.DeviceId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SequenceTrackerTest {
  private static final Fingerprint WHO = Fixtures.ALICE.fingerprint();
  private static final DeviceId DEVICE = new DeviceId(1);

  private final SequenceTracker tracker = new SequenceTracker(3);

  @Test
  void replayedMessageIsRefused() {
    assertThat(note(1)).isEqualTo(FRESH);
    assertThat(note(1)).isEqualTo(REPEATED);
    assertThat(note(2)).isEqualTo(FRESH);
    assertThat(note(1)).isEqualTo(REPEATED);
    assertThat(note(2)).isEqualTo(REPEATED);
  }

  @Test
  void withheldMessagesShowAsAHoleUntilTheyArrive() {
    note(1);
    assertThat(note(4)).isEqualTo(FRESH_AFTER_HOLE);
    assertThat(missing()).isEqualTo(2);
    assertThat(note(3)).isEqualTo(FRESH);
    assertThat(note(2)).isEqualTo(FRESH);
    assertThat(missing()).isZero();
    assertThat(note(5)).isEqualTo(FRESH);
  }

  @Test
  void numbersOlderThanTheWindowAreRefusedSinceTheyMightBeRepeated() {
    note(1);
    note(2000);
    assertThat(note(2000 - SequenceTracker.WINDOW)).isEqualTo(REPEATED);
    assertThat(note(2000 - SequenceTracker.WINDOW + 1)).isEqualTo(FRESH);
  }

  @Test
  void whatEarlierRunsHeardIsRefusedAndWhatComesNextHasNoHoleBeforeIt() {
    tracker.resume(WHO, DEVICE, EnvelopeKind.MESSAGE, 50);
    assertThat(note(50)).isEqualTo(REPEATED);
    assertThat(note(3)).isEqualTo(REPEATED);
    // Some were skipped on purpose while this client was away.
    assertThat(note(60)).isEqualTo(FRESH);
    assertThat(missing()).isZero();
    assertThat(note(55)).isEqualTo(REPEATED);
    assertThat(note(62)).isEqualTo(FRESH_AFTER_HOLE);
    tracker.resume(WHO, DEVICE, EnvelopeKind.MESSAGE, 1_000);
    assertThat(note(61)).isEqualTo(FRESH);
  }

  @Test
  void missingNumbersAreMissingUntilTheyCome() {
    note(1);
    note(5);
    assertThat(isMissing(2, 4)).isTrue();
    note(2);
    note(4);
    assertThat(isMissing(2, 2)).isFalse();
    assertThat(isMissing(2, 4)).isTrue();
    note(3);
    assertThat(isMissing(1, 9)).isFalse();
    assertThat(tracker.highest(WHO, DEVICE, EnvelopeKind.MESSAGE)).isEqualTo(5);
    assertThat(tracker.highest(WHO, DEVICE, EnvelopeKind.SIGNAL)).isZero();
  }

  private boolean isMissing(long from, long to) {
    return tracker.isMissing(WHO, DEVICE, EnvelopeKind.MESSAGE, from, to);
  }

  @Test
  void numbersBeforeTheFirstOneHeardAreRefused() {
    note(100);
    assertThat(note(99)).isEqualTo(REPEATED);
    assertThat(missing()).isZero();
  }

  @Test
  void everyDeviceAndKindCountsForItself() {
    note(1);
    assertThat(tracker.note(WHO, new DeviceId(2), EnvelopeKind.MESSAGE, 1)).isEqualTo(FRESH);
    assertThat(tracker.note(WHO, DEVICE, EnvelopeKind.SIGNAL, 1)).isEqualTo(FRESH);
    assertThat(tracker.note(WHO, DEVICE, EnvelopeKind.SIGNAL, 1)).isEqualTo(REPEATED);
  }

  @Test
  void memoryIsBoundedByTheSendersHeardLast() {
    note(1);
    for (int device = 2; device <= 4; device++) {
      tracker.note(WHO, new DeviceId(device), EnvelopeKind.MESSAGE, 1);
    }
    assertThat(tracker.note(WHO, new DeviceId(4), EnvelopeKind.MESSAGE, 1)).isEqualTo(REPEATED);
    assertThat(note(1)).isEqualTo(FRESH);
    assertThatThrownBy(() -> new SequenceTracker(0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Property(tries = 200)
  void acceptsEveryNumberAtMostOnce(
      @ForAll @Size(min = 1, max = 60) List<@LongRange(min = 1, max = 3000) Long> numbers) {
    SequenceTracker fresh = new SequenceTracker(1);
    Set<Long> taken = new HashSet<>();
    long highest = 0;
    for (long seq : numbers) {
      boolean ok = fresh.note(WHO, DEVICE, EnvelopeKind.MESSAGE, seq) != REPEATED;
      assertThat(ok && !taken.add(seq)).isFalse();
      assertThat(ok || seq <= highest).isTrue();
      highest = Math.max(highest, seq);
    }
  }

  private SequenceTracker.Verdict note(long seq) {
    return tracker.note(WHO, DEVICE, EnvelopeKind.MESSAGE, seq);
  }

  private int missing() {
    return tracker.missing(WHO, DEVICE, EnvelopeKind.MESSAGE);
  }
}
