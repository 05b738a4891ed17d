package dev.zamok.roomlog.redis;

import dev.zamok.protocol.Unavailable;
import io.vertx.core.Future;
import io.vertx.core.internal.ContextInternal;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What enough replicas have and the lease holder has still to store. Asking tells him again, so
 * nothing is lost with a push.
 *
 * <p>State belongs to the event loop.
 */
final class StoreWaits {
  private static final long ASK_MILLIS = 10;

  private final ContextInternal context;
  private final Requests requests;
  private final Seen seen;
  private final Function<List<Request>, Future<List<Response>>> server;
  private final Runnable settled;
  private final List<Waiting> waiting = new ArrayList<>();
  private boolean asking;

  private record Waiting(BatchCall call, long sinceNanos) {
    Key key() {
      return new Key(call.partition(), call.generation());
    }
  }

  private record Key(int partition, int generation) {}

  /**
   * @param server sends a batch over the connection of the lane
   * @param settled called when something has ended
   */
  StoreWaits(
      ContextInternal context,
      Requests requests,
      Seen seen,
      Function<List<Request>, Future<List<Response>>> server,
      Runnable settled) {
    this.context = context;
    this.requests = requests;
    this.seen = seen;
    this.server = server;
    this.settled = settled;
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  void add(BatchCall call) {
    waiting.add(new Waiting(call, System.nanoTime()));
    schedule();
  }

  private void schedule() {
    if (!asking && !waiting.isEmpty()) {
      asking = true;
      context.setTimer(ASK_MILLIS, timer -> ask());
    }
  }

  /** Once for each partition: the last entry tells of those before it. */
  private void ask() {
    Map<Key, Long> last = new LinkedHashMap<>();
    for (Waiting one : waiting) {
      last.merge(one.key(), one.call().counter(), Math::max);
    }
    List<Key> keys = List.copyOf(last.keySet());
    List<Request> asked = new ArrayList<>();
    last.forEach((key, n) -> asked.add(requests.commit(key.partition(), key.generation(), n)));
    List<Waiting> of = List.copyOf(waiting);
    server
        .apply(asked)
        .onComplete(
            done -> {
              asking = false;
              for (Waiting one : of) {
                if (done.succeeded()) {
                  answered(one, done.result().get(keys.indexOf(one.key())));
                } else {
                  one.call().failWaiting(unknown("the room log did not answer"));
                }
              }
              waiting.removeIf(one -> !one.call().isStoring());
              schedule();
              settled.run();
            });
  }

  private void answered(Waiting one, Response answer) {
    one.call().finish(answer, seen);
    if (System.nanoTime() - one.sinceNanos() > RedisLogConfig.Ack.STORED_MAX.toNanos()) {
      one.call().failWaiting(unknown("it was not stored in time"));
    }
  }

  private static Unavailable unknown(String what) {
    return new Unavailable(what, true);
  }
}
