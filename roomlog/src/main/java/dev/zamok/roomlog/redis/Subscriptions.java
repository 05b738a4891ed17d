package dev.zamok.roomlog.redis;

import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.Entry;
import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.Unavailable;
import dev.zamok.roomlog.NoticeCodec;
import dev.zamok.roomlog.follow.Deliveries;
import dev.zamok.roomlog.follow.Followers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import io.vertx.redis.client.Response;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is followed on one shard, over one connection for sharded pub/sub.
 *
 * <p>Pushes may be lost with a connection or a fail-over. {@link Watch} finds out; here is what was
 * seen. State belongs to the event loop of the context.
 */
final class Subscriptions implements Link.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(Subscriptions.class);
  private static final int CHANNELS_MAX = 256;

  private final ContextInternal context;
  private final Requests requests;
  private final Seen seen;
  private final Followers followers;
  private final Link link;
  private final Comparison comparison;
  private final Map<RoomId, Followed> rooms = new HashMap<>();
  private final Map<Integer, WatchedPartition> partitions = new HashMap<>();
  private Map<RoomId, List<Entry>> arrived = new LinkedHashMap<>();
  private List<Followed> joining = new ArrayList<>();
  private final Deque<Promise<Void>> echoes = new ArrayDeque<>();
  private final Duration answerMax;

  /** Beside those of rooms. */
  private final Set<String> others = new LinkedHashSet<>();

  private boolean wasLost;

  Subscriptions(
      ContextInternal context,
      Shard shard,
      Requests requests,
      Seen seen,
      Followers followers,
      Reader reader) {
    this.context = context;
    this.requests = requests;
    this.seen = seen;
    this.followers = followers;
    this.comparison = new Comparison(this, reader, requests, followers);
    this.answerMax = requests.answerMax();
    this.link = new Link(context, shard, this);
  }

  @Nullable Followed find(RoomId room) {
    return rooms.get(room);
  }

  Collection<WatchedPartition> partitions() {
    return partitions.values();
  }

  /** The partition, made if this is the first room of it. */
  WatchedPartition watched(int partition, Position cursor) {
    return partitions.computeIfAbsent(partition, p -> new WatchedPartition(p, cursor));
  }

  Comparison comparison() {
    return comparison;
  }

  /** Completes once the room is subscribed to, and where it stands is known. */
  Future<Void> follow(RoomId room, int partition) {
    Followed followed = rooms.get(room);
    if (followed == null) {
      followed = new Followed(room, partition);
      rooms.put(room, followed);
      if (joining.isEmpty()) {
        context.runOnContext(v -> join());
      }
      joining.add(followed);
    }
    followed.followers++;
    return followed.ready.future();
  }

  void unfollow(RoomId room) {
    Followed followed = rooms.get(room);
    if (followed == null || --followed.followers > 0) {
      return;
    }
    rooms.remove(room);
    WatchedPartition watched = partitions.get(followed.partition);
    if (watched != null && watched.rooms.remove(room) && watched.rooms.isEmpty()) {
      partitions.remove(followed.partition);
    }
    Wire wire = link.current();
    if (wire != null) {
      // no answer is waited for: it comes as a push
      wire.connection()
          .send(requests.unsubscribe(requests.keys().channel(followed.partition, room)));
    }
  }

  /** From now on what is published to everybody there is heard. */
  Future<Void> listen(String channel) {
    others.add(channel);
    return subscribed(List.of(channel));
  }

  private void join() {
    List<Followed> all = joining;
    joining = new ArrayList<>();
    subscribed(channels(all))
        .onComplete(
            done -> {
              if (done.succeeded()) {
                comparison.begin(all);
              } else {
                all.forEach(followed -> followed.ready.tryFail(done.cause()));
              }
            });
  }

  private List<String> channels(Collection<Followed> of) {
    return of.stream()
        .map(followed -> requests.keys().channel(followed.partition, followed.room))
        .toList();
  }

  /** Completes once the server has all of them, and was alive to say so. */
  private Future<Void> subscribed(List<String> channels) {
    return link.wire().compose(wire -> subscribed(wire, channels));
  }

  /**
   * The client takes every push for the answer to whatever waits, so nothing may wait on this
   * connection: that a channel which is there for this alone was subscribed to (again) comes as a
   * push too, after those of the channels before it.
   */
  private Future<Void> subscribed(Wire wire, List<String> channels) {
    for (int i = 0; i < channels.size(); i += CHANNELS_MAX) {
      List<String> part = channels.subList(i, Math.min(channels.size(), i + CHANNELS_MAX));
      wire.connection().send(requests.subscribe(part));
    }
    wire.connection().send(requests.subscribe(List.of(requests.keys().echo())));
    Promise<Void> echo = Promise.promise();
    echoes.add(echo);
    return echo.future()
        .timeout(answerMax.toMillis(), TimeUnit.MILLISECONDS)
        .onFailure(failure -> link.drop(wire));
  }

  /** Once a second: a dead connection is noticed, a lost one made again. */
  Future<Void> keepAlive() {
    return rooms.isEmpty() && others.isEmpty() ? Future.succeededFuture() : subscribed(List.of());
  }

  @Override
  public void connected(Wire wire) {
    wire.connection().handler(this::received);
    List<String> channels = new ArrayList<>(channels(rooms.values()));
    channels.addAll(others);
    boolean again = wasLost;
    wasLost = false;
    if (!channels.isEmpty()) {
      subscribed(wire, channels)
          .onSuccess(
              v -> {
                if (again) {
                  comparison.all();
                }
              });
    }
  }

  @Override
  public void lost() {
    wasLost = true;
    List<Promise<Void>> open = List.copyOf(echoes);
    echoes.clear();
    open.forEach(echo -> echo.tryFail(new Unavailable("the connection was lost", false)));
  }

  private void received(@Nullable Response push) {
    if (push == null || !push.isArray() || push.size() != 3) {
      return;
    }
    String kind = push.get(0).toString();
    String channel = push.get(1).toString();
    try {
      if (kind.equals("smessage")) {
        message(channel, push.get(2).toBytes());
      } else if (kind.equals("ssubscribe") && channel.equals(requests.keys().echo())) {
        Promise<Void> echo = echoes.poll();
        if (echo != null) {
          echo.tryComplete();
        }
      } else if (kind.equals("sunsubscribe")) {
        unsubscribed(channel);
      }
    } catch (MalformedException e) {
      LOG.error("a push that cannot be read: {}", e.getMessage());
    }
  }

  /** Not at our wish if the room is followed. */
  private void unsubscribed(String channel) {
    Followed followed = others.contains(channel) ? null : rooms.get(Keys.room(channel));
    if (followed != null) {
      subscribed(List.of(channel)).onSuccess(v -> comparison.partition(followed.partition));
    }
  }

  private void message(String channel, byte[] payload) {
    if (channel.equals(requests.keys().notices())) {
      NoticeCodec.decode(Bytes.wrap(payload)).ifPresent(followers::notice);
      return;
    }
    if (channel.equals(requests.keys().waits())) {
      followers.waits(Integer.parseInt(new String(payload, StandardCharsets.US_ASCII)));
      return;
    }
    RoomId room = Keys.room(channel);
    Followed followed = rooms.get(room);
    if (followed == null || payload.length == 0) {
      return;
    }
    if (payload[0] == Coding.ENTRY) {
      entry(followed, Coding.pushed(room, payload));
    } else if (payload[0] == Coding.SIGNAL) {
      deliver();
      Bytes signal = Bytes.wrap(payload);
      MemberTag tag = MemberTag.of(signal.slice(1, 1 + MemberTag.SIZE));
      followers.signal(room, tag, signal.slice(1 + MemberTag.SIZE, signal.size()));
    }
  }

  /** A fail-over publishes some entries twice. */
  private void entry(Followed followed, Entry entry) {
    if (!entry.position().isAfter(followed.seen)) {
      return;
    }
    followed.seen = entry.position();
    if (arrived.isEmpty()) {
      context.runOnContext(v -> deliver());
    }
    arrived.computeIfAbsent(followed.room, r -> new ArrayList<>()).add(entry);
    seen.saw(followed.partition, entry.position());
  }

  /** What came in one turn, together. */
  private void deliver() {
    Map<RoomId, List<Entry>> all = arrived;
    arrived = new LinkedHashMap<>();
    Deliveries deliveries = new Deliveries();
    all.forEach((room, entries) -> followers.entries(room, entries, deliveries));
    deliveries.send();
  }
}
