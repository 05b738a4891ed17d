package dev.zamok.authority.archive;

import dev.zamok.authority.store.Range;
import dev.zamok.authority.store.Row;
import dev.zamok.authority.store.SealedStore;
import dev.zamok.protocol.ByteReader;
import dev.zamok.protocol.Entry;
import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.frame.HubFrame;
import dev.zamok.protocol.frame.HubFrames;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what was archived. Messages that came twice are shown once, at their first position. */
public final class Archive {
  /** Rows of one query, so that no query takes more than some 3 MB. */
  private static final int ROWS_MAX = 50;

  private final SealedStore store;
  private final Buckets buckets;

  public Archive(SealedStore store) {
    this.store = store;
    this.buckets = new Buckets(store);
  }

  /**
   * A limit of answers.
   *
   * @param entries at most so many
   * @param bytes about so many of bodies; at least one entry
   */
  public record Limit(int entries, long bytes) {
    /** Whether a run of entries is as long as it may be. */
    public boolean isReached(List<Entry> run) {
      return run.size() >= entries
          || run.stream().mapToLong(entry -> entry.body().size()).sum() >= bytes;
    }
  }

  /** Of the last entry, one that repeats another included; {@link Position#ZERO} without any. */
  public Future<Position> last(RoomId room) {
    return buckets
        .last(room)
        .compose(
            found ->
                found.isEmpty()
                    ? Future.succeededFuture(Position.ZERO)
                    : store
                        .range(
                            ArchiveTables.MESSAGE,
                            ArchiveTables.messages(room, found.get().number()),
                            new Range(
                                ArchiveTables.entry(Position.ZERO),
                                ArchiveTables.ENTRIES_END,
                                1,
                                true))
                        .map(rows -> rows.isEmpty() ? found.get().first() : position(rows.get(0))));
  }

  /** The entries after {@code after}, oldest first. */
  public Future<List<Entry>> after(RoomId room, Position after, Limit limit) {
    return buckets
        .all(room)
        .compose(
            all -> {
              int from = 0;
              for (int i = 1; i < all.size() && !all.get(i).first().isAfter(after); i++) {
                from = i;
              }
              List<Bucket> wanted = all.subList(Math.min(from, all.size()), all.size());
              return read(new Run(room, wanted, false, limit), 0, after);
            });
  }

  /**
   * The entries between {@code floor} and {@code before}, both left out, newest first.
   *
   * @param before null for the end
   */
  public Future<List<Entry>> before(
      RoomId room, Position floor, @Nullable Position before, Limit limit) {
    return buckets
        .all(room)
        .compose(
            all -> {
              List<Bucket> wanted = new ArrayList<>();
              for (int i = all.size() - 1; i >= 0; i--) {
                if (before == null || before.isAfter(all.get(i).first())) {
                  wanted.add(all.get(i));
                }
              }
              return read(new Run(room, wanted, true, limit), 0, before)
                  .map(found -> found.stream().filter(e -> e.position().isAfter(floor)).toList());
            });
  }

  private record Run(
      RoomId room, List<Bucket> buckets, boolean reverse, Limit limit, List<Entry> found) {
    Run(RoomId room, List<Bucket> buckets, boolean reverse, Limit limit) {
      this(room, buckets, reverse, limit, new ArrayList<>());
    }
  }

  private Future<List<Entry>> read(Run run, int at, @Nullable Position from) {
    if (at >= run.buckets().size() || run.limit().isReached(run.found())) {
      return Future.succeededFuture(run.found());
    }
    var partition = ArchiveTables.messages(run.room(), run.buckets().get(at).number());
    return store
        .range(ArchiveTables.MESSAGE, partition, range(run.reverse(), from))
        .compose(
            rows -> {
              Position last = from;
              for (Row row : rows) {
                last = position(row);
                if (!run.limit().isReached(run.found())) {
                  take(row, run.found());
                }
              }
              return read(run, rows.size() < ROWS_MAX ? at + 1 : at, last);
            });
  }

  private static Range range(boolean reverse, @Nullable Position from) {
    if (reverse) {
      var to = from == null ? ArchiveTables.ENTRIES_END : ArchiveTables.entry(from);
      return new Range(ArchiveTables.entry(Position.ZERO), to, ROWS_MAX, true);
    }
    Range after = Range.after(ArchiveTables.entry(from == null ? Position.ZERO : from), ROWS_MAX);
    return new Range(after.from(), ArchiveTables.ENTRIES_END, ROWS_MAX, false);
  }

  private static Position position(Row row) {
    ByteReader in = row.sort().reader();
    in.u8();
    return Position.read(in);
  }

  private static void take(Row row, List<Entry> found) {
    ByteReader in = row.body().reader();
    if (in.u8() == ArchiveTables.HIDDEN) {
      return;
    }
    if (!(HubFrames.decode(in.rest()) instanceof HubFrame.Entry frame)) {
      throw new MalformedException("archived frame that is no entry");
    }
    found.add(frame.entry());
  }
}
