package dev.zamok.client.room;

import dev.zamok.client.loop.Futures;
import dev.zamok.client.loop.Loop;
import dev.zamok.client.problem.ClientProblem;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Makes the generation that a room owes, when this member may. All who may wait for a random
 * moment, so that mostly one of them does it; the chain decides between two.
 */
final class OwedGeneration {
  static final Duration SPREAD = Duration.ofSeconds(2);
  static final Duration RETRY = Duration.ofSeconds(5);

  private final Loop loop;
  private final RandomGenerator jitter;
  private final RoomParts parts;
  private final Runnable changed;
  private boolean scheduled;

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
                    gate.authorityOwed(false);
                    changed.run();
                  } else if (ClientProblem.is(failure, ClientProblem.Kind.UNAVAILABLE)) {
                    schedule(RETRY);
                  } else {
                    ClientProblem problem = ClientProblem.in(failure);
                    if (problem.isLoud()) {
                      parts.events.warning(
                          RoomWarning.Kind.TAMPERED,
                          dev.zamok.protocol.Position.ZERO,
                          String.valueOf(problem.getMessage()));
                    }
                  }
                }));
  }
}
