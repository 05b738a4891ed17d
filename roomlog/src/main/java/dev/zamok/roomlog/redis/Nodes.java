package dev.zamok.roomlog.redis;

import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import dev.zamok.roomlog.Follower;
import dev.zamok.roomlog.LogHealth;
import dev.zamok.roomlog.Notice;
import dev.zamok.roomlog.RoomLog.Subscription;
import dev.zamok.roomlog.follow.Followers;
import io.netty.channel.EventLoop;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.HostAndPort;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The shards, and what this process has open to them. Thread-safe. */
final class Nodes {
  private final VertxInternal vertx;
  private final RedisLogConfig config;
  private final Requests requests;
  private final Seen seen;
  private final Followers followers = new Followers();
  private final List<Shard> shards = new ArrayList<>();
  private final List<Node> nodes = new ArrayList<>();
  private final Map<EventLoop, LoopLog> loops = new ConcurrentHashMap<>();

  /** What looks after one shard, on one event loop. */
  private record Node(LoopLog home, Subscriptions subscriptions, Watch watch) {
    <T> Future<T> call(Function<Subscriptions, Future<T>> task) {
      Promise<T> promise = Promise.promise();
      home.run(() -> task.apply(subscriptions).onComplete(promise));
      return promise.future();
    }
  }

  Nodes(Vertx vertx, RedisLogConfig config, Requests requests) {
    this.vertx = (VertxInternal) vertx;
    this.config = config;
    this.requests = requests;
    this.seen = new Seen(config.layout().assignment().size(), this::compare, followers::doubts);
    Dialer dialer = new Dialer(vertx, config.access(), config.bounds().answerMax());
    for (RedisLogConfig.Shard shard : config.layout().shards()) {
      shards.add(new Shard(shard, config.ack().neededOf(shard), dialer));
    }
    for (int i = 0; i < shards.size(); i++) {
      nodes.add(node(i));
    }
  }

  private Node node(int index) {
    LoopLog home = loop(vertx.createEventLoopContext());
    Shard shard = shards.get(index);
    Subscriptions subscriptions =
        new Subscriptions(home.context(), shard, requests, seen, followers, home.reader(index));
    List<Integer> partitions =
        IntStream.range(0, config.layout().assignment().size())
            .filter(partition -> shardOf(partition) == index)
            .boxed()
            .toList();
    Watch.Place place = new Watch.Place(vertx, home, index, partitions);
    return new Node(
        home, subscriptions, new Watch(place, shard, subscriptions, followers, seen, config));
  }

  Future<Void> start() {
    List<Future<Void>> all = new ArrayList<>();
    for (Node node : nodes) {
      all.add(node.call(subscriptions -> node.watch().start()));
    }
    return Future.all(all).mapEmpty();
  }

  int count() {
    return shards.size();
  }

  int shardOf(int partition) {
    return config.layout().assignment().get(partition);
  }

  /** The connections of the event loop of {@code context}. */
  LoopLog loop(ContextInternal context) {
    return loops.computeIfAbsent(
        context.nettyEventLoop(),
        eventLoop ->
            new LoopLog(
                vertx.contextBuilder().withEventLoop(eventLoop).build(),
                shards,
                requests,
                seen,
                config));
  }

  private void compare(int partition) {
    Node node = nodes.get(shardOf(partition));
    node.home().context().runOnContext(v -> node.subscriptions().comparison().partition(partition));
  }

  Future<Subscription> follow(Context context, RoomId room, int partition, Follower follower) {
    Node node = nodes.get(shardOf(partition));
    Subscription local = followers.follow(context, room, follower);
    Subscription whole =
        new Once(
            () -> {
              local.cancel();
              node.home().run(() -> node.subscriptions().unfollow(room));
            });
    return node.call(subscriptions -> subscriptions.follow(room, partition))
        .map(whole)
        .onFailure(failure -> whole.cancel());
  }

  Future<Subscription> listen(Context context, Consumer<Notice> handler) {
    Subscription local = followers.listen(context, handler);
    List<Future<Void>> all = new ArrayList<>();
    for (Node node : nodes) {
      all.add(node.call(on -> on.listen(requests.keys().notices())));
    }
    // One shard is enough to begin with; the others are subscribed to when they can be reached.
    return Future.any(all).map(local).onFailure(failure -> local.cancel());
  }

  /** Shards that cannot be reached now are subscribed to later. */
  Future<Subscription> waiting(Context context, IntConsumer handler) {
    Subscription local = followers.waiting(context, handler);
    for (Node node : nodes) {
      node.call(on -> on.listen(requests.keys().waits()));
    }
    return Future.succeededFuture(local);
  }

  /** The highest position that is known of a partition. */
  Position seen(int partition) {
    return Position.of(seen.generation(partition), seen.counter(partition));
  }

  Subscription doubts(Context context, IntConsumer handler) {
    return followers.doubting(context, handler);
  }

  Duration silence(int shard) {
    return Duration.ofNanos(System.nanoTime() - shards.get(shard).waitedNanos());
  }

  LogHealth.Shard health(int index, boolean closed) {
    Shard shard = shards.get(index);
    HostAndPort primary = shard.known();
    Duration silence = silence(index);
    int generation =
        IntStream.range(0, config.layout().assignment().size())
            .filter(partition -> shardOf(partition) == index)
            .map(seen::generation)
            .max()
            .orElse(0);
    return new LogHealth.Shard(
        shard.name(),
        primary == null ? "" : primary.toString(),
        shard.vitals().replicas(),
        shard.replicasNeeded(),
        shard.vitals().lagBytes(),
        generation,
        silence,
        problem(shard, silence, closed));
  }

  private @Nullable String problem(Shard shard, Duration silence, boolean closed) {
    if (closed) {
      return "closed";
    }
    if (shard.known() == null) {
      return "no primary is known";
    }
    if (shard.vitals().replicas() < shard.replicasNeeded()) {
      return "too few replicas";
    }
    if (silence.compareTo(config.bounds().silenceMax()) > 0) {
      return "no barrier succeeds";
    }
    return shard.isShortOfMemory() ? "short of memory" : null;
  }

  /** Waits for what is under way, for {@code limit} at most. */
  Future<Void> close(Duration limit) {
    List<Future<Void>> drained = new ArrayList<>();
    for (LoopLog loop : loops.values()) {
      for (Lane lane : loop.lanes()) {
        Promise<Void> promise = Promise.promise();
        loop.run(() -> lane.drained().onComplete(promise));
        drained.add(promise.future());
      }
    }
    return Future.all(drained)
        .timeout(limit.toMillis(), TimeUnit.MILLISECONDS)
        .<Void>mapEmpty()
        .otherwiseEmpty()
        .map(
            v -> {
              nodes.forEach(node -> node.home().run(node.watch()::stop));
              shards.forEach(Shard::close);
              followers.clear();
              return null;
            });
  }

  /** Cancels once. */
  private static final class Once implements Subscription {
    private final Runnable end;
    private final java.util.concurrent.atomic.AtomicBoolean over =
        new java.util.concurrent.atomic.AtomicBoolean();

    Once(Runnable end) {
      this.end = end;
    }

    @Override
    public void cancel() {
      if (over.compareAndSet(false, true)) {
        end.run();
      }
    }
  }
}
