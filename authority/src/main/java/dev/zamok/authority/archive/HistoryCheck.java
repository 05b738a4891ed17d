package dev.zamok.authority.archive;

import dev.zamok.authority.store.OneByOne;
import dev.zamok.authority.store.RowKey;
import dev.zamok.authority.store.SealedStore;
import dev.zamok.protocol.ByteReader;
import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.Entry;
import dev.zamok.protocol.EntryKind;
import dev.zamok.protocol.ErrorCode;
import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.Rejection;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.Unavailable;
import dev.zamok.protocol.frame.HubFrame;
import dev.zamok.protocol.frame.HubFrames;
import dev.zamok.roomlog.RoomLog;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Compares what the log still holds of a room with what the store has of it, and puts the store
 * right by the log: for operators, one at a time, beside authorities that run. Only the log can say
 * what was acknowledged, so what it no longer holds is neither compared nor repaired.
 *
 * <p>A replaced row of a message leaves behind where that message first came: should the same
 * message come again, history does not show it.
 */
public final class HistoryCheck {
  private static final int READ_BYTES = 1 << 20;
  private static final int ROOMS_MAX = 100;
  private static final int UNCOMMITTED_MAX = 4_096;

  private final SealedStore store;
  private final RoomLog log;
  private final Buckets buckets;

  public HistoryCheck(SealedStore store, RoomLog log) {
    this.store = store;
    this.log = log;
    this.buckets = new Buckets(store);
  }

  /** What the store has instead of an entry. */
  public enum Fault {
    /** Nothing, though the log was told that it is stored. */
    MISSING,
    /** Another entry. */
    OTHER,
    /** Something that none of our keys opens, or that is no entry. */
    UNREADABLE
  }

  /**
   * A place where log and store differ.
   *
   * @param stored the other entry, where there is one
   * @param sealed what lies in its place, as it lies there; empty where nothing does
   */
  public record Difference(Entry logged, Fault fault, @Nullable Entry stored, Bytes sealed) {}

  /**
   * What was compared.
   *
   * @param entries so many
   */
  public record Report(RoomId room, int entries, List<Difference> differences) {}

  /** The rooms of which the log holds anything. */
  public Future<Set<RoomId>> rooms() {
    Set<RoomId> rooms = new TreeSet<>((a, b) -> a.toString().compareTo(b.toString()));
    Future<Void> all = Future.succeededFuture();
    for (int i = 0; i < log.partitions(); i++) {
      int partition = i;
      all =
          all.compose(v -> moved(partition, Position.ZERO, rooms))
              .compose(v -> log.uncommitted(partition, UNCOMMITTED_MAX))
              .map(
                  waiting -> {
                    waiting.forEach(entry -> rooms.add(entry.room()));
                    return null;
                  });
    }
    return all.map(rooms);
  }

  private Future<Void> moved(int partition, Position after, Set<RoomId> rooms) {
    return log.moved(partition, after, ROOMS_MAX)
        .compose(
            moved -> {
              moved.forEach(room -> rooms.add(room.room()));
              return moved.size() < ROOMS_MAX
                  ? Future.succeededFuture()
                  : moved(partition, moved.get(moved.size() - 1).head(), rooms);
            });
  }

  /** Changes nothing. */
  public Future<Report> check(RoomId room) {
    Map<Position, Entry> logged = new TreeMap<>();
    Future<Position> archived = archived(room).compose(upTo -> read(room, logged).map(upTo));
    Future<List<Entry>> waiting = log.uncommitted(log.partitionOf(room), UNCOMMITTED_MAX);
    Future<List<Bucket>> all = buckets.all(room);
    return Future.all(archived, waiting, all)
        .compose(
            v -> {
              for (Entry entry : waiting.result()) {
                if (entry.room().equals(room)) {
                  logged.put(entry.position(), entry);
                }
              }
              Known known = new Known(archived.result(), all.result());
              return compare(List.copyOf(logged.values()), known);
            })
        .map(found -> new Report(room, logged.size(), found));
  }

  /** How far the log believes the store to be, and where in it entries lie. */
  private record Known(Position archived, List<Bucket> buckets) {
    @Nullable RowKey place(Entry entry) {
      Bucket in = null;
      for (Bucket bucket : buckets) {
        if (in == null || !bucket.first().isAfter(entry.position())) {
          in = bucket;
        }
      }
      return in == null ? null : key(entry, in, ArchiveTables.entry(entry.position()));
    }
  }

  private static RowKey key(Entry entry, Bucket bucket, Bytes sort) {
    return ArchiveTables.MESSAGE.key(ArchiveTables.messages(entry.room(), bucket.number()), sort);
  }

  /** Nothing where nothing of the room is committed. */
  private Future<Position> archived(RoomId room) {
    return log.state(room)
        .map(state -> state.archived())
        .recover(HistoryCheck::unknownRoom)
        .map(found -> found == null ? Position.ZERO : found);
  }

  private static <T> Future<@Nullable T> unknownRoom(Throwable failure) {
    return failure instanceof Rejection refused && refused.code() == ErrorCode.UNKNOWN_ROOM
        ? Future.succeededFuture(null)
        : Future.failedFuture(failure);
  }

  private Future<Void> read(RoomId room, Map<Position, Entry> found) {
    return read(room, Position.ZERO, found).recover(HistoryCheck::unknownRoom).mapEmpty();
  }

  private Future<Void> read(RoomId room, Position after, Map<Position, Entry> found) {
    return log.read(room, after, ArchiveWriter.ENTRIES_MAX, READ_BYTES)
        .compose(
            page -> {
              page.entries().forEach(entry -> found.put(entry.position(), entry));
              int size = page.entries().size();
              return page.more() && size > 0
                  ? read(room, page.entries().get(size - 1).position(), found)
                  : Future.succeededFuture();
            });
  }

  private Future<List<Difference>> compare(List<Entry> logged, Known known) {
    List<Difference> found = new ArrayList<>();
    Iterator<Entry> entries = logged.iterator();
    return OneByOne.whileTrue(
            () ->
                entries.hasNext()
                    ? difference(entries.next(), known)
                        .map(
                            difference -> {
                              difference.ifPresent(found::add);
                              return true;
                            })
                    : Future.succeededFuture(false))
        .map(found);
  }

  private Future<Optional<Difference>> difference(Entry entry, Known known) {
    RowKey key = known.place(entry);
    boolean told = !entry.position().isAfter(known.archived());
    Optional<Difference> missing =
        told
            ? Optional.of(new Difference(entry, Fault.MISSING, null, Bytes.EMPTY))
            : Optional.empty();
    return key == null
        ? Future.succeededFuture(missing)
        : store
            .inspect(key)
            .map(found -> found.isEmpty() ? missing : difference(entry, found.get()));
  }

  private static Optional<Difference> difference(Entry entry, SealedStore.Found there) {
    Bytes sealed = there.row().body();
    if (there.body().isEmpty()) {
      return Optional.of(new Difference(entry, Fault.UNREADABLE, null, sealed));
    }
    try {
      ByteReader in = there.body().get().reader();
      in.u8();
      if (HubFrames.decode(in.rest()) instanceof HubFrame.Entry frame) {
        return frame.entry().equals(entry)
            ? Optional.empty()
            : Optional.of(new Difference(entry, Fault.OTHER, frame.entry(), sealed));
      }
    } catch (MalformedException e) {
      // As if it did not open.
    }
    return Optional.of(new Difference(entry, Fault.UNREADABLE, null, sealed));
  }

  /**
   * Puts the entry of the log where it differs. Fails with {@link Unavailable} when something else
   * lies there by now: then it is to be checked again.
   */
  public Future<Void> repair(Difference difference) {
    Entry entry = difference.logged();
    return buckets
        .all(entry.room())
        .compose(
            all -> {
              RowKey key = new Known(Position.ZERO, all).place(entry);
              return key == null
                  ? Future.failedFuture(new Unavailable("the store has nothing of the room", false))
                  : mark(entry, key).compose(mark -> put(difference, key, mark));
            });
  }

  /** Whether it is to be shown, or repeats a message that came before. */
  private Future<Integer> mark(Entry entry, RowKey at) {
    if (entry.kind() != EntryKind.MESSAGE) {
      return Future.succeededFuture(ArchiveTables.SHOWN);
    }
    RowKey id =
        ArchiveTables.MESSAGE.key(at.partition(), ArchiveTables.id(entry.tag(), entry.id()));
    ByteWriter position = new ByteWriter(16);
    entry.position().write(position);
    return store
        .insert(id, position.toBytes())
        .map(outcome -> outcome.applied() ? ArchiveTables.SHOWN : ArchiveTables.HIDDEN);
  }

  private Future<Void> put(Difference difference, RowKey key, int mark) {
    Bytes body = ArchiveWriter.body(mark, difference.logged());
    return store
        .inspect(key)
        .compose(
            there -> {
              if (there.isEmpty()) {
                return difference.fault() == Fault.MISSING
                    ? store.insert(key, body).map(outcome -> outcome.applied())
                    : Future.succeededFuture(false);
              }
              return there.get().row().body().equals(difference.sealed())
                  ? store.repair(there.get(), body)
                  : Future.succeededFuture(false);
            })
        .compose(
            done ->
                done
                    ? store.inspect(key).map(now -> isNow(now, body))
                    : Future.succeededFuture(false))
        .compose(
            right ->
                right
                    ? Future.succeededFuture()
                    : Future.failedFuture(
                        new Unavailable("something else lies there by now", false)));
  }

  private static boolean isNow(Optional<SealedStore.Found> now, Bytes body) {
    return now.flatMap(SealedStore.Found::body).filter(body::equals).isPresent();
  }
}
