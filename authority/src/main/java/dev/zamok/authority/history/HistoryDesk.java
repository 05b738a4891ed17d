package dev.zamok.authority.history;

import dev.zamok.authority.archive.Archive;
import dev.zamok.authority.http.Problem;
import dev.zamok.authority.room.Membership;
import dev.zamok.authority.room.RoomHeader;
import dev.zamok.authority.room.Rooms;
import dev.zamok.crypto.chain.History;
import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.Entry;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.Unavailable;
import dev.zamok.roomlog.RoomLog;
import dev.zamok.roomlog.RoomState;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Pages of a room's entries for its members, the archive first and the log after it.
 *
 * <p>Entries move from log to store while we read; a reading that lost the seam is repeated.
 */
final class HistoryDesk {
  static final long BYTES_MAX = 4 << 20;

  private static final int LOG_ENTRIES = 500;
  private static final int LOG_BYTES = 1 << 20;
  private static final int LOG_PAGES_MAX = 64;
  private static final int ROUNDS_MAX = 4;

  private final Rooms rooms;
  private final Archive archive;
  private final RoomLog log;

  HistoryDesk(Rooms rooms, Archive archive, RoomLog log) {
    this.rooms = rooms;
    this.archive = archive;
    this.log = log;
  }

  /**
   * Some entries, oldest first.
   *
   * @param completeTo nothing up to here and after the start of the page is missing
   * @param more the way the page was read, entries follow
   */
  record Piece(List<Entry> entries, Position completeTo, boolean more) {}

  /** What a member may see of a room. */
  private record View(RoomId room, boolean archived, Position floor, Archive.Limit limit) {}

  /** The entries after {@code after}. Fails with {@link Problem#NOT_FOUND} for strangers. */
  Future<Piece> after(AccountId who, RoomId room, Position after, int limit) {
    return view(who, room, limit)
        .compose(view -> after(view, later(after, view.floor()), ROUNDS_MAX));
  }

  /** The entries before {@code before}, or the last ones. */
  Future<Piece> before(AccountId who, RoomId room, @Nullable Position before, int limit) {
    return view(who, room, limit).compose(view -> before(view, before, ROUNDS_MAX));
  }

  private Future<View> view(AccountId who, RoomId room, int limit) {
    return rooms
        .membership(who, room)
        .compose(
            found -> {
              Membership membership = found.orElseThrow(Problem.NOT_FOUND::refusal);
              return rooms
                  .header(room)
                  .map(header -> view(membership, header.orElseThrow(), limit));
            });
  }

  private static View view(Membership membership, RoomHeader header, int limit) {
    boolean archived = header.history() != History.NONE;
    return new View(
        membership.room(), archived, membership.joinedAt(), new Archive.Limit(limit, BYTES_MAX));
  }

  private Future<Piece> after(View view, Position after, int rounds) {
    return stored(view, after)
        .compose(
            stored -> {
              if (view.limit().isReached(stored)) {
                return Future.succeededFuture(
                    new Piece(Entries.once(stored), last(stored, after), true));
              }
              return log(view, after, stored, rounds)
                  .recover(failure -> storedOnly(stored, after, failure));
            });
  }

  private Future<List<Entry>> stored(View view, Position after) {
    return view.archived()
        ? archive.after(view.room(), after, view.limit())
        : Future.succeededFuture(List.of());
  }

  private Future<Piece> log(View view, Position after, List<Entry> stored, int rounds) {
    Position from = last(stored, after);
    int entriesMax = view.limit().entries() - stored.size();
    return log.read(view.room(), from, entriesMax, LOG_BYTES)
        .compose(
            page -> {
              if (page.lost()) {
                return Future.succeededFuture(new Piece(Entries.once(stored), from, false));
              }
              if (!page.complete() && view.archived()) {
                return rounds == 0
                    ? Future.failedFuture(new Unavailable("the archive is behind", false))
                    : after(view, after, rounds - 1);
              }
              List<Entry> all = new ArrayList<>(stored);
              all.addAll(page.entries());
              Position upTo = page.more() ? last(all, from) : later(page.head(), from);
              return Future.succeededFuture(new Piece(Entries.once(all), upTo, page.more()));
            });
  }

  /** While the log does not answer, what is stored is complete up to its end. */
  private static Future<Piece> storedOnly(List<Entry> stored, Position after, Throwable failure) {
    return failure instanceof Unavailable && !stored.isEmpty()
        ? Future.succeededFuture(new Piece(Entries.once(stored), last(stored, after), true))
        : Future.failedFuture(failure);
  }

  private Future<Piece> before(View view, @Nullable Position before, int rounds) {
    return log.state(view.room())
        .compose(
            state -> {
              Position from = view.archived() ? state.archived() : state.floor();
              from = later(from, view.floor());
              if (before != null && !before.isAfter(from)) {
                return older(view, before, state, List.of(), before);
              }
              Tail tail = new Tail(from, before, new ArrayDeque<>(), 0);
              Position seam = from;
              return tail(view, tail)
                  .compose(
                      entries -> {
                        if (entries == null) {
                          return rounds == 0
                              ? Future.<Piece>failedFuture(
                                  new Unavailable("the archive is behind", false))
                              : before(view, before, rounds - 1);
                        }
                        return older(view, before, state, entries, nextAfter(seam));
                      });
            });
  }

  /** How far the newest entries have been read from the log. */
  private record Tail(Position from, @Nullable Position before, Deque<Entry> newest, int pages) {}

  /** The newest entries of the log that fit the limit; null when the seam was lost. */
  private Future<@Nullable List<Entry>> tail(View view, Tail tail) {
    if (tail.pages() == LOG_PAGES_MAX) {
      return Future.failedFuture(new Unavailable("too much waits to be archived", false));
    }
    return log.read(view.room(), tail.from(), LOG_ENTRIES, LOG_BYTES)
        .compose(
            page -> {
              if (!page.complete() && view.archived()) {
                return Future.succeededFuture(null);
              }
              boolean end = !page.more();
              for (Entry entry : page.entries()) {
                if (tail.before() != null && !tail.before().isAfter(entry.position())) {
                  end = true;
                  break;
                }
                tail.newest().add(entry);
                if (tail.newest().size() > view.limit().entries()) {
                  tail.newest().removeFirst();
                }
              }
              if (end) {
                return Future.succeededFuture(List.copyOf(tail.newest()));
              }
              Position last = page.entries().get(page.entries().size() - 1).position();
              return tail(view, new Tail(last, tail.before(), tail.newest(), tail.pages() + 1));
            });
  }

  /** Puts what is stored in front of what the log had. */
  private Future<Piece> older(
      View view,
      @Nullable Position before,
      RoomState state,
      List<Entry> newest,
      Position storedBefore) {
    Position upTo =
        before == null
            ? later(state.head(), view.floor())
            : newest.isEmpty() ? view.floor() : newest.get(newest.size() - 1).position();
    List<Entry> kept = Entries.lastBytes(newest, BYTES_MAX);
    boolean full = kept.size() < newest.size() || view.limit().isReached(kept);
    if (full || !view.archived()) {
      return Future.succeededFuture(new Piece(Entries.once(kept), upTo, full));
    }
    return archive
        .before(
            view.room(),
            view.floor(),
            storedBefore,
            new Archive.Limit(view.limit().entries() - kept.size(), BYTES_MAX))
        .map(
            stored -> {
              List<Entry> all = new ArrayList<>(stored);
              Collections.reverse(all);
              all.addAll(kept);
              boolean more = all.size() >= view.limit().entries();
              Position end = before == null || all.isEmpty() ? upTo : last(all, upTo);
              return new Piece(Entries.once(all), end, more || isLong(stored));
            });
  }

  private static boolean isLong(List<Entry> entries) {
    return entries.stream().mapToLong(entry -> entry.body().size()).sum() >= BYTES_MAX;
  }

  private static Position nextAfter(Position position) {
    return new Position(position.packed() + 1);
  }

  private static Position last(List<Entry> entries, Position otherwise) {
    return entries.isEmpty() ? otherwise : entries.get(entries.size() - 1).position();
  }

  private static Position later(Position one, Position other) {
    return one.isAfter(other) ? one : other;
  }
}
