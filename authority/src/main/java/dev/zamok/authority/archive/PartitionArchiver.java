package dev.zamok.authority.archive;

import dev.zamok.authority.lease.Leases;
import dev.zamok.authority.store.OneByOne;
import dev.zamok.authority.store.SealedStore;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.Unavailable;
import dev.zamok.roomlog.RoomLog;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Archives one partition, one run after the other. Where it has come to is in memory: whoever takes
 * the lease looks at every room of the partition once. What is done with a room: {@link
 * ArchivedRooms}.
 */
final class PartitionArchiver {
  private static final Logger LOG = LoggerFactory.getLogger(PartitionArchiver.class);
  private static final int ROOMS_MAX = 100;

  private final int partition;
  private final Ground ground;
  private final AlteredRooms altered = new AlteredRooms();
  private final ArchivedRooms rooms;
  private final Uncommitted uncommitted;
  private Position cursor = Position.ZERO;
  private Future<Void> running = Future.succeededFuture();
  private boolean storeWanted;

  /** Then the next run tries again, and nothing sooner. */
  private boolean storeFails;

  private long currentMillis;
  private boolean stopped;

  /** What the archiver of any partition works with. */
  record Ground(
      SealedStore store,
      RoomLog log,
      Leases leases,
      Archiver.Policy policy,
      ArchiveConfig config,
      Clock clock) {}

  PartitionArchiver(int partition, Ground ground) {
    this.partition = partition;
    this.ground = ground;
    this.currentMillis = ground.clock().millis();
    this.rooms = new ArchivedRooms(partition, ground, altered, () -> stopped);
    this.uncommitted = new Uncommitted(partition, ground, rooms);
  }

  int partition() {
    return partition;
  }

  boolean isStopped() {
    return stopped;
  }

  int alteredRooms() {
    return altered.size();
  }

  /** When everything there was had been archived, last. */
  long currentMillis() {
    return currentMillis;
  }

  /** Begins nothing new; completes when what is under way has ended. */
  Future<Void> stop() {
    stopped = true;
    return running.otherwiseEmpty();
  }

  /** Archives what moved since the last run. One run at a time. */
  Future<Void> run() {
    long begun = ground.clock().millis();
    storeFails = false;
    return inTurn(
        () ->
            uncommitted
                .store()
                .compose(v -> each(altered.due(begun), this::again))
                .compose(v -> pass(cursor))
                .onSuccess(
                    next -> {
                      cursor = next;
                      ground.leases().reached(partition, next);
                      currentMillis = begun;
                    })
                .onFailure(
                    failure -> {
                      if (failure instanceof Unavailable && !stopped) {
                        ground.leases().suspect(partition);
                      }
                    })
                .mapEmpty());
  }

  private Future<Void> inTurn(Supplier<Future<Void>> task) {
    running = running.transform(before -> task.get());
    return running;
  }

  /** Stores and commits what the log commits only then; also while the lease is being left. */
  void store() {
    if (storeWanted || storeFails) {
      return;
    }
    storeWanted = true;
    inTurn(
        () -> {
          storeWanted = false;
          return uncommitted
              .store()
              .onFailure(
                  failure -> {
                    storeFails = true;
                    LOG.warn(
                        "partition {} is not stored for now: {}", partition, failure.toString());
                  });
        });
  }

  /** A room that somebody may have repaired. */
  private Future<Void> again(RoomId id) {
    int before = altered.times(id);
    return rooms.archive(id).onSuccess(v -> altered.agrees(id, before));
  }

  /** Archives what moved after {@code from}, and yields the new cursor. */
  private Future<Position> pass(Position from) {
    Mark mark = new Mark(from);
    return OneByOne.whileTrue(
            () ->
                ground
                    .log()
                    .moved(partition, mark.at, ROOMS_MAX)
                    .compose(
                        moved ->
                            each(
                                    moved,
                                    one -> room(one.room()).onSuccess(v -> mark.at = one.head()))
                                .map(v -> moved.size() == ROOMS_MAX && !stopped)))
        .compose(v -> trim())
        .map(v -> mark.at);
  }

  /** How far a pass has come. */
  private static final class Mark {
    private Position at;

    Mark(Position at) {
      this.at = at;
    }
  }

  /** One after the other, until this is stopped. */
  private <T> Future<Void> each(List<T> all, Function<T, Future<Void>> step) {
    Iterator<T> left = all.iterator();
    return OneByOne.whileTrue(
        () ->
            stopped || !left.hasNext()
                ? Future.succeededFuture(false)
                : step.apply(left.next()).map(v -> true));
  }

  private Future<Void> room(RoomId id) {
    if (altered.contains(id)) {
      return Future.succeededFuture();
    }
    return rooms.archive(id);
  }

  private Future<Void> trim() {
    long now = ground.clock().millis();
    return each(rooms.all(), room -> rooms.trim(room, now));
  }
}
