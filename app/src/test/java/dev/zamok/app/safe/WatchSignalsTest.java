package dev.zamok.app.safe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.client.room.RoomWarning;
import dev.zamok.client.safe.SafeListener;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import org.junit.jupiter.api.Test;

/** What waits for a command that prints slowly. */
class WatchSignalsTest {
  private final RoomId safe = room("01");
  private final WatchSignals signals = new WatchSignals();
  private final SafeListener listener = signals.of(safe);

  private static RoomId room(String last) {
    return RoomId.of(Bytes.fromHex("02" + "00".repeat(14) + last));
  }

  private WatchSignals.Taken taken() throws InterruptedException {
    return signals.take(0);
  }

  @Test
  void howeverMuchComesAMarkOfItWaitsAndSomeWarnings() throws InterruptedException {
    RoomWarning warning = new RoomWarning(RoomWarning.Kind.TAMPERED, Position.ZERO, "wrong");
    for (int i = 0; i < 10_000; i++) {
      listener.onChange();
      listener.onWarning(warning);
    }
    WatchSignals.Taken taken = taken();
    assertThat(taken.changed()).containsExactly(safe);
    assertThat(taken.warnings()).hasSize(WatchSignals.WARNINGS_MAX);
    assertThat(taken.warningsLost()).isEqualTo(10_000 - WatchSignals.WARNINGS_MAX);
    assertThat(taken().changed()).isEmpty();
    assertThat(taken().warningsLost()).isZero();
  }

  @Test
  void aConnectionThatWasLostAndIsBackAlreadyIsToldAsBoth() throws InterruptedException {
    listener.onConnected(true);
    assertThat(taken().lost()).isFalse();
    listener.onConnected(false);
    listener.onConnected(true);
    WatchSignals.Taken taken = taken();
    assertThat(taken.lost()).isTrue();
    assertThat(taken.connected()).isTrue();
    // And what came meanwhile is asked for.
    assertThat(taken.changed()).containsExactly(safe);
  }

  @Test
  void itIsBackWhenAllSafesAre() throws InterruptedException {
    SafeListener other = signals.of(room("02"));
    listener.onConnected(false);
    other.onConnected(false);
    other.onConnected(true);
    assertThat(taken().connected()).isFalse();
    listener.onConnected(true);
    assertThat(taken().connected()).isTrue();
  }

  @Test
  void oneThatIsForgottenSaysNothingMoreOfTheConnection() throws InterruptedException {
    signals.forget(safe);
    listener.onConnected(false);
    listener.onChange();
    WatchSignals.Taken taken = taken();
    assertThat(taken.connected()).isTrue();
    assertThat(taken.lost()).isFalse();
    assertThat(taken.changed()).isEmpty();
  }
}
