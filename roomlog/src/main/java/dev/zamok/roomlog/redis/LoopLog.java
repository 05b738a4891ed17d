package dev.zamok.roomlog.redis;

import io.vertx.core.internal.ContextInternal;
import java.util.ArrayList;
import java.util.List;

/** The connections of one event loop: for each shard one for changes and one for reads. */
final class LoopLog {
  private final ContextInternal context;
  private final List<Lane> lanes = new ArrayList<>();
  private final List<Reader> readers = new ArrayList<>();

  LoopLog(
      ContextInternal context,
      List<Shard> shards,
      Requests requests,
      Seen seen,
      RedisLogConfig config) {
    this.context = context;
    for (Shard shard : shards) {
      Lane lane = new Lane(context, shard, requests, seen, config);
      lanes.add(lane);
      readers.add(new Reader(context, shard, seen, lane));
    }
  }

  ContextInternal context() {
    return context;
  }

  List<Lane> lanes() {
    return lanes;
  }

  Lane lane(int shard) {
    return lanes.get(shard);
  }

  Reader reader(int shard) {
    return readers.get(shard);
  }

  /** On the event loop: at once if this is it, so that one turn's calls stay in one turn. */
  void run(Runnable task) {
    if (context.nettyEventLoop().inEventLoop()) {
      context.dispatch(v -> task.run());
    } else {
      context.runOnContext(v -> task.run());
    }
  }
}
