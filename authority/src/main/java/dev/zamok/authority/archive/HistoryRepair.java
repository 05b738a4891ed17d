package dev.zamok.authority.archive;

import dev.zamok.authority.archive.HistoryCheck.Difference;
import dev.zamok.authority.archive.HistoryCheck.Fault;
import dev.zamok.authority.store.RowKey;
import dev.zamok.authority.store.SealedStore;
import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.Entry;
import dev.zamok.protocol.EntryKind;
import dev.zamok.protocol.Unavailable;
import io.vertx.core.Future;
import java.util.Optional;

/**
 * Puts the store right by the log, where {@link HistoryCheck} found that they differ.
 *
 * <p>A replaced row of a message leaves behind where that message first came: should the same
 * message come again, history does not show it.
 */
public final class HistoryRepair {
  private final SealedStore store;
  private final Buckets buckets;

  public HistoryRepair(SealedStore store) {
    this.store = store;
    this.buckets = new Buckets(store);
  }

  /**
   * Puts the entry of the log where it differs. Fails with {@link Unavailable}, whose text is for
   * the operator, when something else lies there by now (then it is to be checked again), or when
   * the store does not show what was put there.
   */
  public Future<Void> repair(Difference difference) {
    Entry entry = difference.logged();
    return buckets
        .all(entry.room())
        .compose(
            all ->
                Buckets.holding(all, entry.position())
                    .map(bucket -> repair(difference, bucket))
                    .orElseGet(() -> failed("the store has nothing of the room")));
  }

  private Future<Void> repair(Difference difference, Bucket bucket) {
    Entry entry = difference.logged();
    Bytes partition = ArchiveTables.messages(entry.room(), bucket.number());
    if (difference.fault() == Fault.ID_UNREADABLE) {
      return mark(entry, partition).mapEmpty();
    }
    RowKey key = ArchiveTables.MESSAGE.key(partition, ArchiveTables.entry(entry.position()));
    return store
        .inspect(key)
        .compose(
            there ->
                isAsItWas(there, difference)
                    ? mark(entry, partition)
                        .compose(mark -> put(there, key, ArchiveWriter.body(mark, entry)))
                    : failed("something else lies there by now"));
  }

  private static boolean isAsItWas(Optional<SealedStore.Found> there, Difference difference) {
    return there
        .map(found -> found.row().body().equals(difference.sealed()))
        .orElse(difference.fault() == Fault.MISSING);
  }

  /** Whether it is to be shown, or repeats a message that came before. */
  private Future<Integer> mark(Entry entry, Bytes partition) {
    if (entry.kind() != EntryKind.MESSAGE) {
      return Future.succeededFuture(ArchiveTables.SHOWN);
    }
    RowKey key = ArchiveTables.MESSAGE.key(partition, ArchiveTables.id(entry.tag(), entry.id()));
    ByteWriter out = new ByteWriter(16);
    entry.position().write(out);
    Bytes here = out.toBytes();
    return store
        .inspect(key)
        .compose(
            there -> {
              if (there.isEmpty()) {
                return store.insert(key, here).map(outcome -> outcome.applied());
              }
              Optional<Bytes> first = there.get().body();
              return first.isEmpty()
                  ? store.repair(there.get(), here)
                  : Future.succeededFuture(first.get().equals(here));
            })
        .map(shown -> shown ? ArchiveTables.SHOWN : ArchiveTables.HIDDEN);
  }

  private Future<Void> put(Optional<SealedStore.Found> there, RowKey key, Bytes body) {
    Future<Boolean> done =
        there.isEmpty()
            ? store.insert(key, body).map(outcome -> outcome.applied())
            : store.repair(there.get(), body);
    return done.compose(put -> put ? store.inspect(key) : Future.succeededFuture(Optional.empty()))
        .compose(
            now -> {
              if (now.flatMap(SealedStore.Found::body).filter(body::equals).isPresent()) {
                return Future.succeededFuture();
              }
              return failed(
                  done.result() && now.isEmpty()
                      ? "the store took the entry and does not show it: somebody deleted the row, and"
                          + " Cassandra hides what is written there until gc_grace_seconds are over"
                      : "something else lies there by now");
            });
  }

  private static Future<Void> failed(String why) {
    return Future.failedFuture(new Unavailable(why, false));
  }
}
