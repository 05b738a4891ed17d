package dev.zamok.authority.room;

import dev.zamok.protocol.ErrorCode;
import dev.zamok.protocol.Rejection;
import dev.zamok.protocol.RoomId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * One change of a room at a time, in the order of arrival; rooms do not wait for each other.
 * Belongs to the event loop of the authority. Not reentrant: a task must not queue another one for
 * the same room and wait for it.
 */
final class RoomQueue {
  static final int WAITING_MAX = 256;

  private final Map<RoomId, Queue<Runnable>> rooms = new HashMap<>();
  private final List<Idle> waitingForIdle = new ArrayList<>();

  /** Fails with {@code OVERLOADED} when {@value #WAITING_MAX} tasks wait for this room. */
  <T> Future<T> run(RoomId room, Supplier<Future<T>> task) {
    Queue<Runnable> waiting = rooms.get(room);
    if (waiting == null) {
      rooms.put(room, new ArrayDeque<>());
      return start(room, task);
    }
    if (waiting.size() >= WAITING_MAX) {
      return Future.failedFuture(new Rejection(ErrorCode.OVERLOADED));
    }
    Promise<T> promise = Promise.promise();
    waiting.add(() -> start(room, task).onComplete(promise));
    return promise.future();
  }

  /** Completes when none of these rooms has a task any more, those that come meanwhile included. */
  Future<Void> idle(Predicate<RoomId> which) {
    if (rooms.keySet().stream().noneMatch(which)) {
      return Future.succeededFuture();
    }
    Promise<Void> promise = Promise.promise();
    waitingForIdle.add(new Idle(which, promise));
    return promise.future();
  }

  private record Idle(Predicate<RoomId> which, Promise<Void> promise) {}

  private void tellIdle() {
    for (Idle idle : List.copyOf(waitingForIdle)) {
      if (rooms.keySet().stream().noneMatch(idle.which)) {
        waitingForIdle.remove(idle);
        idle.promise.complete();
      }
    }
  }

  private <T> Future<T> start(RoomId room, Supplier<Future<T>> task) {
    Future<T> running;
    try {
      running = task.get();
    } catch (RuntimeException e) {
      running = Future.failedFuture(e);
    }
    return running.onComplete(done -> next(room));
  }

  private void next(RoomId room) {
    Queue<Runnable> waiting = rooms.get(room);
    Runnable next = waiting == null ? null : waiting.poll();
    if (next == null) {
      rooms.remove(room);
      tellIdle();
    } else {
      next.run();
    }
  }
}
