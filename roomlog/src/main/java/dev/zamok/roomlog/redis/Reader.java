package dev.zamok.roomlog.redis;

import dev.zamok.protocol.ErrorCode;
import dev.zamok.protocol.Rejection;
import dev.zamok.protocol.Unavailable;
import io.vertx.core.Future;
import io.vertx.core.internal.ContextInternal;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.function.IntFunction;

/** Reads of one event loop from one shard. State belongs to the event loop. */
final class Reader {
  private static final int ATTEMPTS_MAX = 3;

  private final Shard shard;
  private final Seen seen;
  private final Link link;
  private final Lane lane;

  Reader(ContextInternal context, Shard shard, Seen seen, Lane lane) {
    this.shard = shard;
    this.seen = seen;
    this.lane = lane;
    this.link = new Link(context, shard, Link.Listener.NONE);
  }

  /**
   * Calls a function that reads.
   *
   * @param request made with the highest generation seen
   */
  Future<Response> call(int partition, IntFunction<Request> request) {
    return call(partition, request, ATTEMPTS_MAX);
  }

  private Future<Response> call(int partition, IntFunction<Request> request, int attempts) {
    return send(request.apply(seen.generation(partition)))
        .compose(
            answer -> {
              return switch (answer.get(0).toString()) {
                case "FENCE" -> {
                  seen.saw(partition, answer.get(1).toInteger(), 0);
                  yield attempts == 0
                      ? Future.failedFuture(new Unavailable("the room log does not open", false))
                      : lane.reopen(partition).compose(v -> call(partition, request, attempts - 1));
                }
                case "DOUBT" ->
                    Future.failedFuture(seen.doubt(partition, answer.get(1).toInteger()));
                case "MISSING" ->
                    Future.failedFuture(
                        new Unavailable(
                            "this part of the room log waits for its lease holder", false));
                case "RESTORING" -> Future.failedFuture(Op.restoring());
                case "COLD" -> Future.failedFuture(new Rejection(ErrorCode.UNKNOWN_ROOM));
                default -> {
                  seen.saw(partition, answer.get(0).toInteger(), 0);
                  yield Future.succeededFuture(answer);
                }
              };
            });
  }

  /** Anything. Fails with {@link Unavailable}. */
  Future<Response> send(Request request) {
    return link.wire()
        .compose(
            wire ->
                wire.send(request)
                    .recover(
                        failure -> {
                          shard.suspect();
                          link.drop(wire);
                          return Future.failedFuture(
                              new Unavailable("the room log did not answer", false, failure));
                        }));
  }
}
