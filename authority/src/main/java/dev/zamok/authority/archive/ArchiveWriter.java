package dev.zamok.authority.archive;

import dev.zamok.authority.store.Change;
import dev.zamok.authority.store.SealedStore;
import dev.zamok.crypto.CryptoFailure;
import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.Entry;
import dev.zamok.protocol.EntryKind;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.frame.HubFrame;
import dev.zamok.protocol.frame.HubFrames;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes the entries of one room, in order. Writing an entry again changes nothing. Belongs to the
 * loop that archives the room.
 */
final class ArchiveWriter {
  /** Two rows each must fit a batch. */
  static final int ENTRIES_MAX = 120;

  /** How many bytes may be missing from what a bucket's row says. */
  private static final long NOTE_BYTES = 1 << 20;

  private final RoomId room;
  private final SealedStore store;
  private final Buckets buckets;
  private final ArchiveConfig config;
  private @Nullable Bucket last;
  private long bytes;

  ArchiveWriter(RoomId room, SealedStore store, ArchiveConfig config) {
    this.room = room;
    this.store = store;
    this.buckets = new Buckets(store);
    this.config = config;
  }

  /**
   * At most {@value #ENTRIES_MAX} entries. Fails with {@link Altered} when another entry, or
   * something that does not open, is at the place of one.
   */
  Future<Void> write(List<Entry> entries) {
    return bucketFor(entries.get(0))
        .compose(
            bucket -> {
              boolean again = last != null && last.number() != bucket.number();
              if (again && entries.size() > 1) {
                return write(bucket, entries.subList(0, 1))
                    .compose(v -> write(entries.subList(1, entries.size())));
              }
              long size = entries.stream().mapToLong(ArchiveWriter::size).sum();
              return write(bucket, entries).compose(v -> note(bucket, size));
            });
  }

  private Future<Bucket> bucketFor(Entry entry) {
    Bucket now = last;
    if (now == null) {
      return buckets
          .last(room)
          .compose(
              found ->
                  found
                      .map(Future::succeededFuture)
                      .orElseGet(() -> buckets.add(room, 1, entry.position(), entry.timeMillis())))
          .compose(
              bucket -> {
                last = bucket;
                bytes = bucket.bytes();
                return bucketFor(entry);
              });
    }
    if (now.first().isAfter(entry.position())) {
      return before(entry.position());
    }
    boolean full =
        bytes >= config.bucketBytes()
            || entry.timeMillis() - now.beganMillis() >= config.bucketAge().toMillis();
    if (!full || now.first().equals(entry.position())) {
      return Future.succeededFuture(now);
    }
    return buckets
        .add(room, now.number() + 1, entry.position(), entry.timeMillis())
        .onSuccess(
            bucket -> {
              last = bucket;
              bytes = 0;
            });
  }

  /** Of an entry that was archived before, when the process died before it told the log. */
  private Future<Bucket> before(Position position) {
    return buckets.all(room).map(all -> Buckets.holding(all, position).orElseThrow());
  }

  private Future<Void> write(Bucket bucket, List<Entry> entries) {
    Bytes partition = ArchiveTables.messages(room, bucket.number());
    List<Change> changes = new ArrayList<>(2 * entries.size());
    for (Entry entry : entries) {
      changes.addAll(rows(entry));
    }
    return store
        .batch(ArchiveTables.MESSAGE, partition, changes)
        .map(outcome -> outcome.applied())
        .recover(failure -> ifClosed(failure, () -> Future.succeededFuture(false)))
        .compose(applied -> applied ? Future.succeededFuture() : oneByOne(partition, entries, 0));
  }

  /** Something is there already: a message that came twice, or a log that was altered. */
  private Future<Void> oneByOne(Bytes partition, List<Entry> entries, int from) {
    if (from == entries.size()) {
      return Future.succeededFuture();
    }
    Entry entry = entries.get(from);
    return store
        .batch(ArchiveTables.MESSAGE, partition, rows(entry))
        .compose(
            outcome ->
                outcome.applied() ? Future.<Void>succeededFuture() : repeated(partition, entry))
        // never as one that came twice: nobody knows where it first came
        .recover(
            failure -> ifClosed(failure, () -> Future.failedFuture(new Altered(entry.position()))))
        .compose(v -> oneByOne(partition, entries, from + 1));
  }

  private Future<Void> repeated(Bytes partition, Entry entry) {
    Bytes sort = ArchiveTables.entry(entry.position());
    return store
        .insert(ArchiveTables.MESSAGE.key(partition, sort), body(ArchiveTables.HIDDEN, entry))
        .map(
            outcome -> {
              if (!outcome.applied()) {
                throw new Altered(entry.position());
              }
              return null;
            });
  }

  /** A row that does not open is in the way as much as another. */
  private static <T> Future<T> ifClosed(Throwable failure, Supplier<Future<T>> then) {
    return failure instanceof CryptoFailure ? then.get() : Future.failedFuture(failure);
  }

  private static List<Change> rows(Entry entry) {
    Change row =
        Change.insert(ArchiveTables.entry(entry.position()), body(ArchiveTables.SHOWN, entry));
    if (entry.kind() != EntryKind.MESSAGE) {
      return List.of(row);
    }
    ByteWriter position = new ByteWriter(16);
    entry.position().write(position);
    Change id = Change.insert(ArchiveTables.id(entry.tag(), entry.id()), position.toBytes());
    return List.of(row, id);
  }

  static Bytes body(int mark, Entry entry) {
    Bytes frame = HubFrames.encode(new HubFrame.Entry(entry));
    return new ByteWriter(1 + frame.size()).u8(mark).bytes(frame).toBytes();
  }

  private Future<Void> note(Bucket bucket, long size) {
    Bucket now = last;
    if (now == null || bucket.number() != now.number()) {
      return Future.succeededFuture();
    }
    bytes += size;
    if (bytes - now.bytes() < NOTE_BYTES) {
      return Future.succeededFuture();
    }
    return buckets.note(room, now, bytes).onSuccess(noted -> last = noted).mapEmpty();
  }

  private static long size(Entry entry) {
    return (long) entry.body().size() + HubFrames.ENTRY_OVERHEAD_BYTES;
  }

  /** The store holds another entry at this position than the log. */
  static final class Altered extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Altered(Position position) {
      super("log and store differ at " + position, null, false, false);
    }
  }
}
