package dev.zamok.roomlog.redis;

import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.Entry;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.Unavailable;
import dev.zamok.roomlog.Append;
import dev.zamok.roomlog.Appended;
import dev.zamok.roomlog.Follower;
import dev.zamok.roomlog.LogHealth;
import dev.zamok.roomlog.Notice;
import dev.zamok.roomlog.NoticeCodec;
import dev.zamok.roomlog.Page;
import dev.zamok.roomlog.RestoredRoom;
import dev.zamok.roomlog.RoomLog;
import dev.zamok.roomlog.RoomState;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntConsumer;

/**
 * The room log on Redis: any number of processes use it at the same time, and it survives the loss
 * of its primary.
 *
 * <p>An entry is acknowledged and delivered once as many replicas have it as {@link
 * RedisLogConfig.Ack} says. What was acknowledged survives the loss of the primary and, with the
 * default of two replicas of three, of one replica more. While fewer answer, appends fail with
 * {@link Unavailable}, and what was appended meanwhile is delivered by nobody.
 *
 * <p>While a fail-over is under way calls fail at once; nothing is retried here but what is known
 * to have changed nothing.
 */
public final class RedisRoomLog implements RoomLog {
  private static final long LEASE_MAX = (1L << 53) - 1;

  private final Vertx vertx;
  private final RedisLogConfig config;
  private final Requests requests;
  private final Nodes nodes;

  /** How far each partition had come when its lease was taken here. */
  private final AtomicLongArray claimed;

  private volatile boolean closed;

  private RedisRoomLog(Vertx vertx, RedisLogConfig config) {
    this.vertx = vertx;
    this.config = config;
    this.requests = new Requests(new Keys(config.layout().keyPrefix()), config.bounds());
    this.nodes = new Nodes(vertx, config, requests);
    this.claimed = new AtomicLongArray(config.layout().assignment().size());
  }

  /**
   * Opens the log. Succeeds also while a shard cannot be reached: its partitions are unavailable
   * then, and come back by themselves.
   */
  public static Future<RedisRoomLog> open(Vertx vertx, RedisLogConfig config) {
    RedisRoomLog log = new RedisRoomLog(vertx, config);
    return log.nodes.start().map(log);
  }

  @Override
  public int partitions() {
    return config.layout().assignment().size();
  }

  @Override
  public int partitionOf(RoomId room) {
    // The finalizer of SplitMix64: rooms spread whatever their ids are. Never to be changed.
    long z = room.high() * 0x9e3779b97f4a7c15L ^ room.low();
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return (int) Long.remainderUnsigned(z ^ (z >>> 31), partitions());
  }

  @Override
  public Future<Appended> append(Append append) {
    int partition = partitionOf(append.room());
    return inLoop(
        loop -> {
          Promise<Appended> promise = Promise.promise();
          loop.lane(nodes.shardOf(partition)).append(new Op.Entry(partition, append, promise));
          return promise.future();
        });
  }

  private Future<Void> change(int partition, Op.Single.Call call) {
    return changed(partition, call).mapEmpty();
  }

  private Future<String> changed(int partition, Op.Single.Call call) {
    return inLoop(loop -> loop.lane(nodes.shardOf(partition)).call(partition, call));
  }

  private Future<Response> asked(
      int partition, java.util.function.IntFunction<io.vertx.redis.client.Request> request) {
    return inLoop(loop -> loop.reader(nodes.shardOf(partition)).call(partition, request));
  }

  @Override
  public Future<Void> openRoom(RoomId room, int epoch) {
    if (epoch < 0) {
      throw new IllegalArgumentException("negative epoch");
    }
    int partition = partitionOf(room);
    return change(partition, generation -> requests.openRoom(partition, generation, room, epoch));
  }

  @Override
  public Future<Void> barrier(int partition) {
    Objects.checkIndex(partition, partitions());
    return inLoop(loop -> loop.lane(nodes.shardOf(partition)).barrier(partition)).mapEmpty();
  }

  @Override
  public Future<Void> probe(int partition) {
    Objects.checkIndex(partition, partitions());
    return change(partition, generation -> requests.barrier(partition, generation));
  }

  @Override
  public Future<Void> claim(int partition, long leaseToken, Position floor) {
    Objects.checkIndex(partition, partitions());
    return claim(partition, new Requests.Claim(leaseToken, floor, config.ack().stored(), false))
        .onSuccess(v -> claimed.set(partition, nodes.seen(partition).packed()));
  }

  /** What the holder before did is known to nobody but the log as it was found. */
  @Override
  public Future<Void> reclaim(int partition, long leaseToken, Position floor) {
    Objects.checkIndex(partition, partitions());
    Position found = new Position(claimed.get(partition));
    Position least = floor.isAfter(found) ? floor : found;
    return claim(partition, new Requests.Claim(leaseToken, least, config.ack().stored(), true));
  }

  private Future<Void> claim(int partition, Requests.Claim claim) {
    checkToken(claim.token());
    return change(partition, generation -> requests.claim(claim, partition, generation));
  }

  @Override
  public Future<Integer> restoring(int partition) {
    Objects.checkIndex(partition, partitions());
    return asked(partition, generation -> requests.restoring(partition, generation))
        .map(answer -> answer.get(1).toInteger());
  }

  @Override
  public Future<Boolean> restore(long leaseToken, RestoredRoom room) {
    checkToken(leaseToken);
    int partition = partitionOf(room.room());
    return changed(
            partition, generation -> requests.restore(partition, generation, leaseToken, room))
        .map(answer -> answer.equals("OK"));
  }

  @Override
  public Future<Void> restored(int partition, long leaseToken, int restore) {
    Objects.checkIndex(partition, partitions());
    checkToken(leaseToken);
    return change(
        partition, generation -> requests.restored(partition, generation, leaseToken, restore));
  }

  @Override
  public Future<Void> archived(long leaseToken, RoomId room, Position upTo) {
    checkToken(leaseToken);
    int partition = partitionOf(room);
    return change(
        partition, generation -> requests.archived(partition, generation, leaseToken, room, upTo));
  }

  @Override
  public boolean storesFirst() {
    return config.ack().stored();
  }

  @Override
  public Future<List<Entry>> uncommitted(int partition, int max) {
    Objects.checkIndex(partition, partitions());
    return asked(partition, generation -> requests.uncommitted(partition, generation, max))
        .map(Answers::uncommitted);
  }

  @Override
  public Future<Void> stored(int partition, long leaseToken, List<Position> entries) {
    Objects.checkIndex(partition, partitions());
    checkToken(leaseToken);
    return change(
        partition, generation -> requests.stored(partition, generation, leaseToken, entries));
  }

  @Override
  public Future<Subscription> doubts(IntConsumer handler) {
    return closed
        ? Future.failedFuture(closedError())
        : Future.succeededFuture(nodes.doubts(vertx.getOrCreateContext(), handler));
  }

  @Override
  public Future<Subscription> waiting(IntConsumer handler) {
    if (closed) {
      return Future.failedFuture(closedError());
    }
    ContextInternal context = (ContextInternal) vertx.getOrCreateContext();
    Promise<Subscription> promise = context.promise();
    nodes.waiting((Context) context, handler).onComplete(promise);
    return promise.future();
  }

  @Override
  public Future<Void> trim(long leaseToken, RoomId room, Position cut, boolean unarchived) {
    checkToken(leaseToken);
    return trim(partitionOf(room), new Requests.Trim(leaseToken, room, cut, unarchived));
  }

  private Future<Void> trim(int partition, Requests.Trim trim) {
    return changed(partition, generation -> requests.trim(trim, partition, generation))
        .compose(
            answer ->
                answer.equals("MORE") ? trim(partition, trim) : Future.<Void>succeededFuture());
  }

  private static void checkToken(long token) {
    if (token < 0 || token > LEASE_MAX) {
      throw new IllegalArgumentException("a lease token is a number below 2^53");
    }
  }

  @Override
  public Future<Page> read(RoomId room, Position after, int entriesMax, int bytesMax) {
    if (entriesMax < 1 || bytesMax < 0) {
      throw new IllegalArgumentException("no entries asked for");
    }
    int partition = partitionOf(room);
    Requests.ReadOf read = new Requests.ReadOf(room, after, entriesMax, bytesMax);
    return asked(partition, generation -> requests.read(read, partition, generation))
        .map(answer -> Answers.page(read, answer));
  }

  @Override
  public Future<RoomState> state(RoomId room) {
    int partition = partitionOf(room);
    return asked(partition, generation -> requests.state(partition, generation, room))
        .map(Answers::state);
  }

  @Override
  public Future<List<Entry>> rekeys(RoomId room, int afterEpoch, int max) {
    if (max < 1) {
      throw new IllegalArgumentException("no entries asked for");
    }
    int partition = partitionOf(room);
    return asked(
            partition, generation -> requests.rekeys(partition, generation, room, afterEpoch, max))
        .map(answer -> Coding.entries(room, answer, 1));
  }

  @Override
  public Future<List<Moved>> moved(int partition, Position after, int max) {
    Objects.checkIndex(partition, partitions());
    return asked(partition, generation -> requests.moved(partition, generation, after, max))
        .map(Answers::moved);
  }

  @Override
  public Future<Void> signal(RoomId room, MemberTag tag, Bytes envelope) {
    int partition = partitionOf(room);
    int shard = nodes.shardOf(partition);
    if (nodes.silence(shard).compareTo(config.bounds().silenceMax()) > 0) {
      return Future.failedFuture(new Unavailable("nobody knows whether the log is live", false));
    }
    String channel = requests.keys().channel(partition, room);
    byte[] message = Coding.signal(tag, envelope);
    return this.<Void>inLoop(
        loop -> loop.reader(shard).send(requests.publish(channel, message)).mapEmpty());
  }

  /** Over the first shard that works: everybody listens to all of them. */
  @Override
  public Future<Void> broadcast(Notice notice) {
    byte[] message = NoticeCodec.encode(notice).toByteArray();
    return inLoop(loop -> broadcast(loop, message, 0));
  }

  private Future<Void> broadcast(LoopLog loop, byte[] message, int shard) {
    Future<Void> sent =
        loop.reader(shard).send(requests.publish(requests.keys().notices(), message)).mapEmpty();
    return shard + 1 == nodes.count()
        ? sent
        : sent.recover(failure -> broadcast(loop, message, shard + 1));
  }

  @Override
  public Future<Subscription> follow(RoomId room, Follower follower) {
    if (closed) {
      return Future.failedFuture(closedError());
    }
    ContextInternal context = (ContextInternal) vertx.getOrCreateContext();
    Promise<Subscription> promise = context.promise();
    nodes.follow(context, room, partitionOf(room), follower).onComplete(promise);
    return promise.future();
  }

  @Override
  public Future<Subscription> notices(Consumer<Notice> handler) {
    if (closed) {
      return Future.failedFuture(closedError());
    }
    ContextInternal context = (ContextInternal) vertx.getOrCreateContext();
    Promise<Subscription> promise = context.promise();
    nodes.listen((Context) context, handler).onComplete(promise);
    return promise.future();
  }

  @Override
  public Future<LogHealth> health() {
    List<LogHealth.Shard> all = new ArrayList<>();
    for (int shard = 0; shard < nodes.count(); shard++) {
      all.add(nodes.health(shard, closed));
    }
    return Future.succeededFuture(new LogHealth(all));
  }

  @Override
  public Future<Void> close() {
    if (closed) {
      return Future.succeededFuture();
    }
    closed = true;
    Duration limit = config.bounds().answerMax();
    ContextInternal context = (ContextInternal) vertx.getOrCreateContext();
    Promise<Void> promise = context.promise();
    nodes.close(limit).onComplete(promise);
    return promise.future();
  }

  /** On the event loop of the caller, and back on its context. */
  private <T> Future<T> inLoop(Function<LoopLog, Future<T>> task) {
    if (closed) {
      return Future.failedFuture(closedError());
    }
    ContextInternal context = (ContextInternal) vertx.getOrCreateContext();
    Promise<T> promise = context.promise();
    LoopLog loop = nodes.loop(context);
    loop.run(() -> task.apply(loop).onComplete(promise));
    return promise.future();
  }

  private static Unavailable closedError() {
    return new Unavailable("the room log is closed", false);
  }
}
