package dev.zamok.roomlog;

import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.Entry;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * The ordered, durable log of every room.
 *
 * <p>Rooms hash to {@link #partitions} partitions; positions grow strictly within a partition, and
 * {@code previous} chains the entries of one room. Only <em>committed</em> entries, those as
 * durable as the log promises, leave it: to followers, readers or the archive. Nothing that was
 * delivered can vanish.
 *
 * <p>Failures: {@link dev.zamok.protocol.Rejection} when nothing was changed, {@link
 * dev.zamok.protocol.Unavailable} when a dependency failed.
 *
 * <p>Threads: call from any Vert.x context; futures complete, and followers are called, on the
 * context of the call. In a bare Netty handler there is none: enter Vert.x first. A call from
 * another thread gets a context of its own.
 */
public interface RoomLog {
  int partitions();

  int partitionOf(RoomId room);

  /**
   * Starts a room at {@code epoch} 0 without a rekey; does nothing when it has state already.
   *
   * <p>For hubs that trust the tickets of a backend which keeps no epochs here. Rooms of our
   * authority start with their first rekey instead.
   */
  Future<Void> openRoom(RoomId room, int epoch);

  /**
   * Appends one entry and yields its position once it is committed. Entries appended on one context
   * keep their order.
   *
   * <p>A known (tag, id) answers with the position it already has, before any other check, {@link
   * Appended#duplicate} set; ids are known as long as their entry is in the log. Otherwise fails
   * with {@code UNKNOWN_ROOM} (no state), {@code EVICTED} (member version too low), {@code
   * STALE_EPOCH}, {@code FENCED} (authority kinds), {@code OVERLOADED} (members' kinds only); with
   * {@code Unavailable} the outcome may be unknown, and appending again under the same id is safe.
   */
  Future<Appended> append(Append append);

  /**
   * Completes once everything that was appended before it, here or elsewhere, is committed or can
   * no longer be.
   */
  Future<Void> barrier(int partition);

  /**
   * Completes if the log takes entries of this partition now; unlike {@link #barrier} without
   * waiting for the store where that comes first.
   */
  default Future<Void> probe(int partition) {
    return barrier(partition);
  }

  /**
   * Calls {@code follower} with every entry of {@code room} committed after the returned future
   * completed, in order, and with its signals. To miss nothing, follow first and read afterwards;
   * then some entries are seen twice.
   */
  Future<Subscription> follow(RoomId room, Follower follower);

  /**
   * The room's committed entries after {@code after}, oldest first, at most {@code entriesMax} and
   * about {@code bytesMax} of bodies (at least one entry). Fails with {@code UNKNOWN_ROOM}.
   */
  Future<Page> read(RoomId room, Position after, int entriesMax, int bytesMax);

  /** Fails with {@code UNKNOWN_ROOM}. */
  Future<RoomState> state(RoomId room);

  /**
   * The rekey entries that started the epochs above {@code afterEpoch}, oldest first; when they are
   * more than {@code max} or some are gone from the log, only the newest, which is kept for the
   * room's life. Empty for a room that never had one. Fails with {@code UNKNOWN_ROOM}.
   */
  Future<List<Entry>> rekeys(RoomId room, int afterEpoch, int max);

  /**
   * Sends an envelope to the followers of {@code room} now connected. Never stored; may be lost.
   */
  Future<Void> signal(RoomId room, MemberTag tag, Bytes envelope);

  /** Tells every hub: see {@link Notice}. Never stored; may be lost. */
  Future<Void> broadcast(Notice notice);

  /** Calls {@code handler} with every notice from now on. */
  Future<Subscription> notices(Consumer<Notice> handler);

  /**
   * Takes the lease of a partition: entries of authority kinds, {@link #restore}, {@link #archived}
   * and {@link #trim} under a lower token fail with {@code FENCED} from now on. Fails with {@code
   * FENCED} if a higher token was claimed already.
   *
   * <p>A partition that lost everything (or never had anything) is opened by this and by nothing
   * else: until then all other calls on it fail with {@code Unavailable}. From then on it is being
   * <em>restored</em>, and so is one that is older than the floor, and one in {@linkplain #doubts
   * doubt}: whoever holds the lease gives back every room of the store, by {@link #restore}, and
   * says so, by {@link #restored}. Until that, calls on rooms that were not given back fail with
   * {@code Unavailable}, whether they have state or not, {@link #openRoom} too; a first rekey makes
   * a room as ever.
   *
   * @param leaseToken from 0 to 2^53 − 1
   * @param floor every position given from now on is after it: the last one that the store knows in
   *     this partition
   */
  Future<Void> claim(int partition, long leaseToken, Position floor);

  /**
   * {@link #claim(int, long, Position)} where the log is known to hold the last position itself.
   */
  default Future<Void> claim(int partition, long leaseToken) {
    return claim(partition, leaseToken, Position.ZERO);
  }

  /**
   * {@link #claim} by the holder of a lease who had it already when the log was opened last, and
   * has heard since then what his entries came to. Ends a doubt at once where the log had come as
   * far as the floor; where it had not, begins a restore.
   *
   * @param floor nothing that the store knows of this partition is after it: no entry that was
   *     archived, and no entry of the authority's that was acknowledged
   */
  default Future<Void> reclaim(int partition, long leaseToken, Position floor) {
    return claim(partition, leaseToken, floor);
  }

  /**
   * Calls {@code handler} with partitions in <em>doubt</em>: opened on another server or after a
   * restart, they may lack what was committed before. All calls on them but claims fail with {@code
   * Unavailable}. Called again and again until somebody claims the partition.
   */
  default Future<Subscription> doubts(IntConsumer handler) {
    return Future.succeededFuture(() -> {});
  }

  /**
   * The restore that is not ended in a partition: 0 when there is none, and another number for each
   * loss. Whoever takes the lease and finds one begins it anew.
   */
  Future<Integer> restoring(int partition);

  /**
   * Gives a room back to a log that lost it: everything up to its head counts as trimmed, and what
   * was there is read from the store. A room that has state is brought forward to what is newer in
   * the store, and nothing of it goes back; where its head was older, who has that one is told that
   * entries are missing. Yields whether anything changed. Every position given from now on is after
   * the head.
   *
   * <p>Fails with {@code FENCED} for an old token.
   */
  Future<Boolean> restore(long leaseToken, RestoredRoom room);

  /**
   * Ends a restore: every room that the store knew when {@code restoring} was asked has state.
   * Fails with {@code FENCED} for an old token, and when another restore has begun since.
   *
   * @param restore what {@link #restoring} yielded
   */
  Future<Void> restored(int partition, long leaseToken, int restore);

  /**
   * The rooms of a partition whose last entry is after {@code after}, with that position, in the
   * order of these positions, at most {@code max}.
   */
  Future<List<Moved>> moved(int partition, Position after, int max);

  /**
   * Whether entries are acknowledged and delivered only once whoever holds the lease has stored
   * them: see {@link #uncommitted}.
   */
  default boolean storesFirst() {
    return false;
  }

  /**
   * The oldest entries that are durable but for the store; at most {@code max}, in order. Empty
   * where nothing is stored first.
   */
  default Future<List<Entry>> uncommitted(int partition, int max) {
    return Future.succeededFuture(List.of());
  }

  /**
   * Commits what was {@link #uncommitted}: the store has it, or need not. Fails with {@code FENCED}
   * for an old token.
   *
   * @param entries their positions, oldest first; at least one
   */
  default Future<Void> stored(int partition, long leaseToken, List<Position> entries) {
    return Future.succeededFuture();
  }

  /**
   * Calls {@code handler} with partitions that have something {@link #uncommitted}, until it is
   * stored; some calls may be lost.
   */
  default Future<Subscription> waiting(IntConsumer handler) {
    return Future.succeededFuture(() -> {});
  }

  /**
   * Notes that the entries of {@code room} up to {@code upTo} are in the store; never goes back.
   * Fails with {@code FENCED} for an old token or a position beyond the head, with {@code
   * UNKNOWN_ROOM}.
   */
  Future<Void> archived(long leaseToken, RoomId room, Position upTo);

  /**
   * Removes the entries of {@code room} up to {@code cut} and their ids, and raises the floor to
   * the last one removed. The room's state, its newest rekey included, stays.
   *
   * <p>Fails with {@code FENCED} for an old token and when {@code cut} is beyond what is archived,
   * or, where {@code unarchived} says that nothing ever is, beyond the head.
   */
  Future<Void> trim(long leaseToken, RoomId room, Position cut, boolean unarchived);

  /** How the log is doing, as this process sees it. Never fails; costs little. */
  Future<LogHealth> health();

  /**
   * Commits what is under way and lets go of all resources; later calls fail with {@code
   * Unavailable}.
   */
  Future<Void> close();

  /**
   * Ends the calls to a follower or handler; idempotent. Once it returned on that context no call
   * follows.
   */
  interface Subscription {
    void cancel();
  }

  /** A room whose log grew. */
  record Moved(RoomId room, Position head) {}
}
