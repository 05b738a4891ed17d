package dev.zamok.client.room;

import dev.zamok.client.loop.Futures;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Asynchronous steps, one after the other, with a bound that its feeder heeds. One loop's. */
final class WorkQueue {
  static final int QUEUED_MAX = 1_000;

  private final Deque<Supplier<CompletableFuture<Void>>> steps = new ArrayDeque<>();
  private CompletableFuture<Void> room = CompletableFuture.completedFuture(null);
  private boolean busy;
  private boolean closed;

  /** Takes a step even when it is full: what is fetched already is not thrown away. */
  void add(Supplier<CompletableFuture<Void>> step) {
    if (!closed) {
      steps.add(step);
      pump();
    }
  }

  /** Runs {@code event} once everything before it is worked off. */
  void then(Runnable event) {
    add(
        () -> {
          event.run();
          return CompletableFuture.completedFuture(null);
        });
  }

  boolean isOpen() {
    return !closed;
  }

  /** Whether nothing is being worked off. */
  boolean isIdle() {
    return !busy && steps.isEmpty();
  }

  boolean isFull() {
    return steps.size() >= QUEUED_MAX;
  }

  /** Completes when the queue is not full, or half empty again if it is. */
  CompletableFuture<Void> hasRoom() {
    if (isFull() && room.isDone()) {
      room = new CompletableFuture<>();
    }
    return room;
  }

  void close() {
    closed = true;
    steps.clear();
  }

  private void pump() {
    while (!busy) {
      Supplier<CompletableFuture<Void>> step = steps.poll();
      if (step == null) {
        return;
      }
      if (steps.size() < QUEUED_MAX / 2) {
        room.complete(null);
      }
      busy = true;
      CompletableFuture<Void> done = Futures.guard(step);
      if (done.isDone()) {
        busy = false;
        Futures.fire(done);
      } else {
        Futures.fire(
            done.whenComplete(
                (value, failure) -> {
                  busy = false;
                  pump();
                }));
      }
    }
  }
}
