package dev.zamok.authority.archive;

import dev.zamok.authority.store.OneByOne;
import dev.zamok.authority.store.RowKey;
import dev.zamok.authority.store.SealedStore;
import dev.zamok.protocol.ByteReader;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.Entry;
import dev.zamok.protocol.EntryKind;
import dev.zamok.protocol.ErrorCode;
import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.Rejection;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.frame.HubFrame;
import dev.zamok.protocol.frame.HubFrames;
import dev.zamok.roomlog.RoomLog;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PrimitiveIterator;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Compares what the log still holds of a room with what the store has of it: for operators, one at
 * a time, beside authorities that run. It changes nothing; {@link HistoryRepair} does. Only the log
 * can say what was acknowledged, so what it no longer holds is not compared.
 *
 * <p>The store is read row by row, so that a look at everything takes as many reads as the log
 * holds entries, and as many again for messages.
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
    UNREADABLE,
    /** What tells where the message first came does not open; the entry is right, or not there. */
    ID_UNREADABLE
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

  /** All rooms of which the log holds anything. */
  public Future<List<Report>> checkAll() {
    List<Report> reports = new ArrayList<>();
    PrimitiveIterator.OfInt partitions = IntStream.range(0, log.partitions()).iterator();
    return OneByOne.whileTrue(
            () ->
                partitions.hasNext()
                    ? check(partitions.next(), reports).map(true)
                    : Future.succeededFuture(false))
        .map(reports);
  }

  private Future<Void> check(int partition, List<Report> reports) {
    Map<RoomId, List<Entry>> rooms = new TreeMap<>((a, b) -> a.toString().compareTo(b.toString()));
    return moved(partition, rooms)
        .compose(v -> log.uncommitted(partition, UNCOMMITTED_MAX))
        .compose(
            waiting -> {
              for (Entry entry : waiting) {
                rooms.computeIfAbsent(entry.room(), room -> new ArrayList<>()).add(entry);
              }
              Iterator<Map.Entry<RoomId, List<Entry>>> all = rooms.entrySet().iterator();
              return OneByOne.whileTrue(
                  () -> {
                    if (!all.hasNext()) {
                      return Future.succeededFuture(false);
                    }
                    Map.Entry<RoomId, List<Entry>> one = all.next();
                    return check(one.getKey(), one.getValue()).map(reports::add);
                  });
            });
  }

  private Future<Void> moved(int partition, Map<RoomId, List<Entry>> rooms) {
    Position[] after = {Position.ZERO};
    return OneByOne.whileTrue(
        () ->
            log.moved(partition, after[0], ROOMS_MAX)
                .map(
                    moved -> {
                      for (RoomLog.Moved room : moved) {
                        rooms.put(room.room(), new ArrayList<>());
                        after[0] = room.head();
                      }
                      return moved.size() == ROOMS_MAX;
                    }));
  }

  public Future<Report> check(RoomId room) {
    return log.uncommitted(log.partitionOf(room), UNCOMMITTED_MAX)
        .compose(
            waiting ->
                check(room, waiting.stream().filter(one -> one.room().equals(room)).toList()));
  }

  private Future<Report> check(RoomId room, List<Entry> waiting) {
    Map<Position, Entry> logged = new TreeMap<>();
    waiting.forEach(entry -> logged.put(entry.position(), entry));
    Future<Position> archived = archived(room).compose(upTo -> read(room, logged).map(upTo));
    Future<List<Bucket>> all = buckets.all(room);
    return Future.all(archived, all)
        .compose(v -> compare(logged.values(), new Known(archived.result(), all.result())))
        .map(found -> new Report(room, logged.size(), found));
  }

  /** How far the log believes the store to be, and where in it entries lie. */
  private record Known(Position archived, List<Bucket> buckets) {}

  /** Nothing where nothing of the room is committed. */
  private Future<Position> archived(RoomId room) {
    return log.state(room)
        .map(state -> state.archived())
        .recover(failure -> unknownRoom(failure, Position.ZERO));
  }

  private static <T> Future<T> unknownRoom(Throwable failure, T instead) {
    return failure instanceof Rejection refused && refused.code() == ErrorCode.UNKNOWN_ROOM
        ? Future.succeededFuture(instead)
        : Future.failedFuture(failure);
  }

  private Future<Boolean> read(RoomId room, Map<Position, Entry> found) {
    Position[] after = {Position.ZERO};
    return OneByOne.whileTrue(
            () ->
                log.read(room, after[0], ArchiveWriter.ENTRIES_MAX, READ_BYTES)
                    .map(
                        page -> {
                          for (Entry entry : page.entries()) {
                            found.put(entry.position(), entry);
                            after[0] = entry.position();
                          }
                          return page.more() && !page.entries().isEmpty();
                        }))
        .map(true)
        .recover(failure -> unknownRoom(failure, false));
  }

  private Future<List<Difference>> compare(Iterable<Entry> logged, Known known) {
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
    boolean told = !entry.position().isAfter(known.archived());
    Optional<Difference> missing =
        told
            ? Optional.of(new Difference(entry, Fault.MISSING, null, Bytes.EMPTY))
            : Optional.empty();
    Optional<Bucket> bucket = Buckets.holding(known.buckets(), entry.position());
    if (bucket.isEmpty()) {
      return Future.succeededFuture(missing);
    }
    Bytes partition = ArchiveTables.messages(entry.room(), bucket.get().number());
    RowKey key = ArchiveTables.MESSAGE.key(partition, ArchiveTables.entry(entry.position()));
    return store
        .inspect(key)
        .map(found -> found.isEmpty() ? missing : difference(entry, found.get()))
        .compose(
            found -> found.isPresent() ? Future.succeededFuture(found) : idRow(entry, partition));
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

  private Future<Optional<Difference>> idRow(Entry entry, Bytes partition) {
    if (entry.kind() != EntryKind.MESSAGE) {
      return Future.succeededFuture(Optional.empty());
    }
    Bytes sort = ArchiveTables.id(entry.tag(), entry.id());
    return store
        .inspect(ArchiveTables.MESSAGE.key(partition, sort))
        .map(
            found ->
                found
                    .filter(there -> there.body().isEmpty())
                    .map(
                        there ->
                            new Difference(entry, Fault.ID_UNREADABLE, null, there.row().body())));
  }
}
