package dev.zamok.authority.archive;

import dev.zamok.authority.store.Outcome;
import dev.zamok.authority.store.Range;
import dev.zamok.authority.store.RowKey;
import dev.zamok.authority.store.SealedStore;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.Unavailable;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The lists of buckets. */
final class Buckets {
  private final SealedStore store;

  Buckets(SealedStore store) {
    this.store = store;
  }

  /** Oldest first. */
  Future<List<Bucket>> all(RoomId room) {
    return all(room, Range.first(Range.LIMIT_MAX), new ArrayList<>());
  }

  private Future<List<Bucket>> all(RoomId room, Range range, List<Bucket> found) {
    return store
        .range(ArchiveTables.BUCKET, room.toBytes(), range)
        .compose(
            rows -> {
              rows.forEach(row -> found.add(Bucket.of(row)));
              return rows.size() < Range.LIMIT_MAX
                  ? Future.succeededFuture(found)
                  : all(
                      room, Range.after(rows.get(rows.size() - 1).sort(), Range.LIMIT_MAX), found);
            });
  }

  /** The one of {@code all}, oldest first, in which an entry lies; the oldest for older ones. */
  static Optional<Bucket> holding(List<Bucket> all, Position position) {
    Optional<Bucket> found = all.stream().findFirst();
    for (Bucket bucket : all) {
      if (!bucket.first().isAfter(position)) {
        found = Optional.of(bucket);
      }
    }
    return found;
  }

  Future<Optional<Bucket>> last(RoomId room) {
    return store
        .range(ArchiveTables.BUCKET, room.toBytes(), Range.last(1))
        .map(rows -> rows.stream().findFirst().map(Bucket::of));
  }

  Future<Bucket> add(RoomId room, int number, Position first, long beganMillis) {
    Bucket bucket = new Bucket(number, first, beganMillis, 0, 1);
    return store.insert(key(room, number), bucket.body()).map(outcome -> stored(outcome, bucket));
  }

  /** Notes how full a bucket is. */
  Future<Bucket> note(RoomId room, Bucket bucket, long bytes) {
    Bucket next =
        new Bucket(
            bucket.number(), bucket.first(), bucket.beganMillis(), bytes, bucket.version() + 1);
    return store
        .put(key(room, bucket.number()), bucket.version(), next.body())
        .map(outcome -> stored(outcome, next));
  }

  private static Bucket stored(Outcome outcome, Bucket bucket) {
    if (!outcome.applied()) {
      throw new Unavailable("another authority archives this room", false);
    }
    return bucket;
  }

  private static RowKey key(RoomId room, int number) {
    return ArchiveTables.BUCKET.key(room.toBytes(), ArchiveTables.number(number));
  }
}
