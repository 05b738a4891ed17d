package dev.zamok.roomlog.redis;

import dev.zamok.roomlog.follow.Deliveries;
import dev.zamok.roomlog.follow.Followers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after one shard, once a second: who is primary, how its replicas are, whether pushes were
 * lost, whether something waits to be committed, whether anybody can still confirm anything.
 *
 * <p>State belongs to the event loop of the context.
 */
final class Watch {
  private static final Logger LOG = LoggerFactory.getLogger(Watch.class);
  private static final long STEP_MILLIS = 100;
  private static final int STEPS = 10;

  private final Vertx vertx;
  private final Shard shard;
  private final Subscriptions subscriptions;
  private final Followers followers;
  private final Lane lane;
  private final Reader reader;
  private final SentinelBoard sentinels;
  private final List<Integer> partitions;
  private final Seen seen;
  private final long silenceNanos;
  private int step;
  private int turn;
  private boolean looking;
  private boolean locating;
  private long timer;

  /** Where it works. */
  record Place(Vertx vertx, LoopLog loop, int shardIndex, List<Integer> partitions) {}

  Watch(
      Place place,
      Shard shard,
      Subscriptions subscriptions,
      Followers followers,
      Seen seen,
      RedisLogConfig config) {
    this.vertx = place.vertx();
    this.shard = shard;
    this.subscriptions = subscriptions;
    this.followers = followers;
    this.lane = place.loop().lane(place.shardIndex());
    this.reader = place.loop().reader(place.shardIndex());
    this.partitions = place.partitions();
    this.sentinels = new SentinelBoard(shard);
    this.seen = seen;
    this.silenceNanos = config.bounds().silenceMax().toNanos();
  }

  /** Completes once the shard was looked at for the first time; never fails. */
  Future<Void> start() {
    timer = vertx.setPeriodic(STEP_MILLIS, id -> step());
    return sentinels.locate().compose(v -> look());
  }

  private void step() {
    boolean due = ++step % STEPS == 0;
    if (due) {
      judge();
    }
    if ((due || shard.takeSuspicion()) && !locating) {
      locating = true;
      sentinels.locate().onComplete(done -> locating = false);
    }
    if (due && !looking) {
      looking = true;
      look().onComplete(done -> looking = false);
    }
  }

  private Future<Void> look() {
    return vitals()
        .compose(v -> partitionsInUse())
        .compose(v -> barrier())
        .compose(v -> subscriptions.keepAlive())
        .recover(
            failure -> {
              LOG.debug("shard {}: looked in vain", shard.name(), failure);
              return Future.succeededFuture();
            });
  }

  private Future<Void> vitals() {
    return Future.all(
            reader.send(Request.cmd(Command.INFO).arg("replication")),
            reader.send(Request.cmd(Command.INFO).arg("memory")))
        .map(
            both -> {
              Info replication = new Info(both.resultAt(0).toString());
              Info memory = new Info(both.resultAt(1).toString());
              shard.vitals(replication.vitals(shard.replicasNeeded()), memory.isShortOfMemory());
              return null;
            });
  }

  private Future<Void> partitionsInUse() {
    List<Future<Void>> all = new ArrayList<>();
    for (WatchedPartition watched : List.copyOf(subscriptions.partitions())) {
      all.add(
          subscriptions
              .comparison()
              .look(watched)
              .compose(
                  stuck ->
                      stuck
                          ? lane.barrier(watched.partition).<Void>mapEmpty()
                          : Future.succeededFuture()));
    }
    return Future.join(all).<Void>mapEmpty().otherwiseEmpty();
  }

  /** So that it is known whether appends would work, also when nobody appends. */
  private Future<Void> barrier() {
    if (System.nanoTime() - shard.waitedNanos() < TimeUnit.MILLISECONDS.toNanos(900)) {
      return Future.succeededFuture();
    }
    for (int i = 0; i < partitions.size(); i++) {
      int partition = partitions.get(turn++ % partitions.size());
      if (seen.generation(partition) > 0) {
        return lane.barrier(partition).<Void>mapEmpty().otherwiseEmpty();
      }
    }
    // No partition was used here yet, so there is nothing to confirm and nobody to warn: without
    // this, the first follower after a quiet start would be told of the silence before him.
    shard.waited();
    return Future.succeededFuture();
  }

  /** Tells followers when nobody confirmed for too long that they are live. */
  private void judge() {
    long now = System.nanoTime();
    Deliveries deliveries = new Deliveries();
    for (WatchedPartition watched : subscriptions.partitions()) {
      long silent = Math.max(now - watched.answeredNanos, now - shard.waitedNanos());
      if (silent > silenceNanos && !watched.told) {
        watched.told = true;
        LOG.warn(
            "shard {}: no barrier for {} s", shard.name(), TimeUnit.NANOSECONDS.toSeconds(silent));
        watched.rooms.forEach(room -> followers.unavailable(room, deliveries));
      }
    }
    deliveries.send();
  }

  void stop() {
    vertx.cancelTimer(timer);
    sentinels.close();
  }
}
