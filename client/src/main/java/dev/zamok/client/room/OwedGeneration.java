package dev.zamok.client.room;

import dev.zamok.client.loop.Futures;
import dev.zamok.client.loop.Loop;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.protocol.Position;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Makes the generation that a room owes, when this member may. All who may wait for a random
 * moment, so that mostly one of them does it; the chain decides between two.
 */
final class OwedGeneration {
  static final Duration SPREAD = Duration.ofSeconds(2);
  static final Duration RETRY = Duration.ofSeconds(5);
  static final Duration RETRY_MAX = Duration.ofMinutes(2);

  private final Loop loop;
  private final RandomGenerator jitter;
  private final RoomParts parts;
  private final Runnable changed;
  private boolean scheduled;
  private Duration retry = RETRY;

  OwedGeneration(Loop loop, RandomGenerator jitter, RoomParts parts, Runnable changed) {
    this.loop = loop;
    this.jitter = jitter;
    this.parts = parts;
    this.changed = changed;
  }

  /** Looks whether there is something to do. */
  void consider() {
    PublishGate gate = parts.gate;
    if (gate.owes() && gate.canMakeOwed() && !gate.isOver() && !scheduled) {
      schedule(Duration.ofMillis(jitter.nextLong(SPREAD.toMillis())));
    }
  }

  private void schedule(Duration delay) {
    scheduled = true;
    loop.after(delay, this::make);
  }

  private void make() {
    PublishGate gate = parts.gate;
    if (!gate.owes() || !gate.canMakeOwed() || gate.isOver()) {
      scheduled = false;
      return;
    }
    Futures.fire(
        parts
            .membership
            .makeOwed(gate.authorityOwes())
            .whenComplete(
                (made, failure) -> {
                  scheduled = false;
                  if (failure == null) {
                    retry = RETRY;
                    gate.authorityOwed(false, 0);
                    changed.run();
                  } else if (ClientProblem.in(failure).isLoud()) {
                    parts.events.warning(
                        RoomWarning.Kind.TAMPERED,
                        Position.ZERO,
                        String.valueOf(ClientProblem.in(failure).getMessage()));
                  } else {
                    again();
                  }
                }));
  }

  /** Somebody else may have made it, or it could not be made: {@link #make} looks again. */
  private void again() {
    schedule(retry.plusMillis(jitter.nextLong(SPREAD.toMillis())));
    Duration longer = retry.multipliedBy(2);
    retry = longer.compareTo(RETRY_MAX) > 0 ? RETRY_MAX : longer;
  }
}
