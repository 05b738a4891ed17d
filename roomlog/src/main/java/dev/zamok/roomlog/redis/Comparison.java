package dev.zamok.roomlog.redis;

import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import dev.zamok.roomlog.follow.Deliveries;
import dev.zamok.roomlog.follow.Followers;
import io.vertx.core.Future;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares what was pushed with what the server has, and lets followers read where they are behind.
 */
final class Comparison {
  private static final Logger LOG = LoggerFactory.getLogger(Comparison.class);
  private static final int ROOMS_MAX = 128;
  private static final int MOVED_MAX = 512;

  private final Subscriptions subscriptions;
  private final Reader reader;
  private final Requests requests;
  private final Followers followers;

  Comparison(Subscriptions subscriptions, Reader reader, Requests requests, Followers followers) {
    this.subscriptions = subscriptions;
    this.reader = reader;
    this.requests = requests;
    this.followers = followers;
  }

  /** Where rooms stand that are followed from now on. */
  void begin(List<Followed> all) {
    Map<Integer, List<Followed>> byPartition = new HashMap<>();
    for (Followed followed : all) {
      byPartition.computeIfAbsent(followed.partition, p -> new ArrayList<>()).add(followed);
    }
    byPartition.forEach(
        (partition, of) -> {
          for (int i = 0; i < of.size(); i += ROOMS_MAX) {
            begin(partition, of.subList(i, Math.min(of.size(), i + ROOMS_MAX)));
          }
        });
  }

  private void begin(int partition, List<Followed> part) {
    heads(partition, part.stream().map(followed -> followed.room).toList())
        .onFailure(failure -> part.forEach(followed -> followed.ready.tryFail(failure)))
        .onSuccess(
            answer -> {
              for (int i = 0; i < part.size(); i++) {
                Followed followed = part.get(i);
                if (subscriptions.find(followed.room) == followed) {
                  Position head = head(answer, i);
                  followed.seen = later(followed.seen, head);
                  subscriptions.watched(partition, committed(answer)).rooms.add(followed.room);
                }
                followed.ready.tryComplete();
              }
            });
  }

  /** All followed rooms of the shard. */
  void all() {
    for (WatchedPartition watched : List.copyOf(subscriptions.partitions())) {
      compare(watched);
    }
  }

  /** All followed rooms of a partition. */
  void partition(int partition) {
    for (WatchedPartition watched : List.copyOf(subscriptions.partitions())) {
      if (watched.partition == partition) {
        compare(watched);
      }
    }
  }

  private void compare(WatchedPartition watched) {
    List<RoomId> rooms = List.copyOf(watched.rooms);
    for (int i = 0; i < rooms.size(); i += ROOMS_MAX) {
      List<RoomId> part = rooms.subList(i, Math.min(rooms.size(), i + ROOMS_MAX));
      // What fails is compared again when the connection or the partition is back.
      heads(watched.partition, part)
          .onSuccess(answer -> compared(part, answer))
          .onFailure(failure -> watched.uncompared = true);
    }
  }

  private void compared(List<RoomId> part, Response answer) {
    Deliveries deliveries = new Deliveries();
    for (int i = 0; i < part.size(); i++) {
      Followed followed = subscriptions.find(part.get(i));
      Position head = head(answer, i);
      if (followed != null && differs(followed.seen, head, answer)) {
        followed.seen = head;
        followers.reread(followed.room, deliveries);
      }
    }
    deliveries.send();
  }

  /** A push may be newer than the answer; only in a new generation the log can have gone back. */
  private static boolean differs(Position seen, Position head, Response answer) {
    return head.isAfter(seen)
        || (seen.isAfter(head) && answer.get(0).toInteger() > seen.generation());
  }

  /**
   * Looks at what moved since the last look. An entry that was missing then and still is was lost.
   *
   * @return whether entries wait for too long to be committed
   */
  Future<Boolean> look(WatchedPartition watched) {
    return reader
        .call(
            watched.partition,
            generation -> requests.moved(watched.partition, generation, watched.cursor, MOVED_MAX))
        .map(answer -> looked(watched, answer));
  }

  private boolean looked(WatchedPartition watched, Response answer) {
    watched.answeredNanos = System.nanoTime();
    Deliveries deliveries = new Deliveries();
    if (watched.told || watched.uncompared) {
      watched.told = false;
      watched.uncompared = false;
      watched.rooms.forEach(room -> followers.reread(room, deliveries));
    }
    watched.missing.forEach(
        (room, head) -> {
          Followed followed = subscriptions.find(room);
          if (followed != null && head.isAfter(followed.seen)) {
            LOG.info("an entry was not pushed; its room is read");
            followed.seen = head;
            followers.reread(room, deliveries);
          }
        });
    deliveries.send();
    watched.missing = new HashMap<>();
    Position last = Position.ZERO;
    for (int i = 3; i + 1 < answer.size(); i += 2) {
      RoomId room = RoomId.parse(answer.get(i).toString());
      last = Position.parse(answer.get(i + 1).toString());
      Followed followed = subscriptions.find(room);
      if (followed != null && last.isAfter(followed.seen)) {
        watched.missing.put(room, last);
      }
    }
    boolean whole = answer.size() < 3 + 2 * MOVED_MAX;
    watched.cursor = whole ? committed(answer) : last;
    long committed = answer.get(2).toLong();
    boolean uncommitted = answer.get(1).toLong() > committed;
    boolean stuck = uncommitted && watched.uncommitted && committed == watched.committed;
    watched.uncommitted = uncommitted;
    watched.committed = committed;
    return stuck;
  }

  private Future<Response> heads(int partition, List<RoomId> rooms) {
    return reader.call(partition, generation -> requests.heads(partition, generation, rooms));
  }

  private static Position committed(Response answer) {
    return Position.of(answer.get(0).toInteger(), answer.get(2).toLong());
  }

  private static Position head(Response answer, int index) {
    String head = answer.get(3 + index).toString();
    return head.isEmpty() ? Position.ZERO : Position.parse(head);
  }

  private static Position later(Position a, Position b) {
    return a.isAfter(b) ? a : b;
  }
}
