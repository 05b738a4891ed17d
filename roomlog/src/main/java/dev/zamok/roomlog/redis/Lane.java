package dev.zamok.roomlog.redis;

import dev.zamok.protocol.ErrorCode;
import dev.zamok.protocol.Rejection;
import dev.zamok.protocol.Unavailable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All changes of one event loop to one shard, in order.
 *
 * <p>A dedicated connection sends a batch of calls and {@code WAIT} behind them: WAIT counts for
 * what its own connection wrote. When enough replicas have it, the commits follow on the same
 * connection, together with the next batch, which gathered meanwhile. One call per partition in a
 * batch: so a call that finds the partition not open can be repeated in its place.
 *
 * <p>State belongs to the event loop.
 */
final class Lane {
  private static final Logger LOG = LoggerFactory.getLogger(Lane.class);
  private static final int ATTEMPTS_MAX = 5;

  private final ContextInternal context;
  private final Shard shard;
  private final Requests requests;
  private final Seen seen;
  private final RedisLogConfig config;
  private final Link link;
  private final StoreWaits stores;
  private final LaneQueue queue = new LaneQueue();
  private final List<Promise<Void>> drains = new ArrayList<>();
  private final Map<Integer, Future<String>> opening = new HashMap<>();
  private int unfinished;
  private boolean busy;
  private boolean scheduled;

  Lane(ContextInternal context, Shard shard, Requests requests, Seen seen, RedisLogConfig config) {
    this.context = context;
    this.shard = shard;
    this.requests = requests;
    this.seen = seen;
    this.config = config;
    this.link = new Link(context, shard, Link.Listener.NONE);
    this.stores = new StoreWaits(context, requests, seen, this::ask, this::settledStores);
  }

  void append(Op.Entry op) {
    boolean bounded = !op.append().kind().isAuthority();
    if (bounded
        && (queue.size() >= config.bounds().queuedEntriesMax()
            || queue.bytes() + op.bytes() > config.bounds().queuedBytesMax())) {
      op.fail(new Rejection(ErrorCode.OVERLOADED));
      return;
    }
    add(op);
  }

  Future<String> call(int partition, Op.Single.Call call) {
    return add(Op.Single.of(partition, call));
  }

  Future<String> barrier(int partition) {
    return add(Op.Single.barrier(partition, generation -> requests.barrier(partition, generation)));
  }

  private Future<String> add(Op.Single op) {
    add((Op) op);
    return op.future();
  }

  /** Makes sure that the partition is open on the server; at once for all who ask meanwhile. */
  Future<String> reopen(int partition) {
    Future<String> known = opening.get(partition);
    if (known != null) {
      return known;
    }
    Op.Single open = open(partition);
    opening.put(partition, open.future());
    open.future().onComplete(done -> opening.remove(partition));
    queue.addFirst(open);
    schedule();
    return open.future();
  }

  private Op.Single open(int partition) {
    return Op.Single.of(
        partition, generation -> requests.open(partition, generation, seen.counter(partition)));
  }

  private void add(Op op) {
    queue.add(op);
    schedule();
  }

  /** At the end of this turn, so that what comes in one turn goes in one batch. */
  private void schedule() {
    if (!busy && !scheduled && !queue.isEmpty()) {
      scheduled = true;
      context.runOnContext(
          v -> {
            scheduled = false;
            flush();
          });
    }
  }

  private void flush() {
    if (busy || queue.isEmpty()) {
      return;
    }
    busy = true;
    link.wire()
        .onComplete(
            made -> {
              if (made.failed()) {
                failQueue(made.cause());
                idle();
              } else {
                send(made.result());
              }
            });
  }

  private void idle() {
    busy = false;
    schedule();
    if (queue.isEmpty() && unfinished == 0 && !busy && stores.isEmpty()) {
      drains.forEach(Promise::tryComplete);
      drains.clear();
    }
  }

  private void failQueue(Throwable cause) {
    queue.takeAll().forEach(op -> op.fail(cause));
  }

  private void send(Wire wire) {
    List<BatchCall> calls = queue.takeBatch();
    List<Request> batch = new ArrayList<>(calls.size() + 1);
    boolean overloaded = shard.isShortOfMemory();
    for (BatchCall call : calls) {
      batch.add(call.request(requests, seen, overloaded));
    }
    batch.add(Requests.wait(shard.replicasNeeded(), config.ack().waitMax()));
    unfinished++;
    wire.batch(batch, config.ack().waitMax())
        .onComplete(
            done -> {
              unfinished--;
              if (done.succeeded()) {
                settleOrFail(wire, calls, done.result());
              } else {
                failed(wire, calls, done.cause());
              }
            });
  }

  private void settleOrFail(Wire wire, List<BatchCall> calls, List<Response> answers) {
    try {
      settle(wire, calls, answers);
    } catch (RuntimeException e) {
      // An answer that makes no sense must not stop what comes after it.
      LOG.error("shard {}: an answer that cannot be read", shard.name(), e);
      failed(wire, calls, e);
    }
  }

  private void failed(Wire wire, List<BatchCall> calls, Throwable cause) {
    broken(wire, cause);
    calls.forEach(call -> call.fail(unknown(cause)));
    idle();
  }

  private void settle(Wire wire, List<BatchCall> calls, List<Response> answers) {
    for (int i = 0; i < calls.size(); i++) {
      calls.get(i).take(answers.get(i), requests, seen);
    }
    for (int i = calls.size() - 1; i >= 0; i--) {
      if (calls.get(i).isFenced()) {
        again(calls.get(i));
      }
    }
    long replicas = answers.get(calls.size()).toLong();
    if (replicas >= shard.replicasNeeded()) {
      shard.waited();
      finish(wire, calls);
    } else {
      String told = replicas + " of " + shard.replicasNeeded() + " replicas answered in time";
      calls.forEach(call -> call.failWaiting(new Unavailable(told, true)));
    }
    busy = false;
    flush();
    if (!busy) {
      idle();
    }
  }

  /** Back to the front of the queue, behind an opening of the partition. */
  private void again(BatchCall call) {
    List<Op> ops = call.ops();
    for (int i = ops.size() - 1; i >= 0; i--) {
      Op op = ops.get(i);
      if (op.attempted() > ATTEMPTS_MAX) {
        op.fail(new Unavailable("the room log does not open", false));
      } else {
        queue.addFirst(op);
      }
    }
    Op.Single open = open(call.partition());
    open.future().onFailure(failure -> failTried(call.partition(), failure));
    queue.addFirst(open);
  }

  /** What waited for an opening that failed changed nothing. */
  private void failTried(int partition, Throwable cause) {
    Unavailable told = new Unavailable("the room log does not open", false, cause);
    queue.takeTried(partition).forEach(op -> op.fail(told));
  }

  private void finish(Wire wire, List<BatchCall> calls) {
    List<BatchCall> followed = new ArrayList<>();
    List<Request> followUps = new ArrayList<>();
    for (BatchCall call : calls) {
      Request followUp = call.followUp();
      if (followUp == null) {
        call.done();
      } else {
        followed.add(call);
        followUps.add(followUp);
      }
    }
    if (followUps.isEmpty()) {
      return;
    }
    unfinished++;
    wire.batch(followUps, config.ack().waitMax())
        .onComplete(
            done -> {
              unfinished--;
              if (done.succeeded()) {
                for (int i = 0; i < followed.size(); i++) {
                  BatchCall call = followed.get(i);
                  call.finish(done.result().get(i), seen);
                  if (call.isStoring()) {
                    stores.add(call);
                  }
                }
              } else {
                broken(wire, done.cause());
                followed.forEach(call -> call.failWaiting(unknown(done.cause())));
              }
              if (!busy) {
                idle();
              }
            });
  }

  private Future<List<Response>> ask(List<Request> requests) {
    return link.wire()
        .compose(
            wire ->
                wire.batch(requests, Duration.ZERO).onFailure(failure -> broken(wire, failure)));
  }

  private void settledStores() {
    if (!busy) {
      idle();
    }
  }

  private void broken(Wire wire, Throwable cause) {
    LOG.debug("shard {}: a connection failed", shard.name(), cause);
    shard.suspect();
    link.drop(wire);
  }

  private static Unavailable unknown(Throwable cause) {
    return new Unavailable("the room log did not answer", true, cause);
  }

  /** Completes once nothing is under way. */
  Future<Void> drained() {
    if (queue.isEmpty() && !busy && unfinished == 0 && stores.isEmpty()) {
      return Future.succeededFuture();
    }
    Promise<Void> promise = Promise.promise();
    drains.add(promise);
    return promise.future();
  }
}
