package dev.zamok.authority;

import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.Entry;
import dev.zamok.protocol.EntryKind;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.Unavailable;
import dev.zamok.roomlog.Append;
import dev.zamok.roomlog.Appended;
import dev.zamok.roomlog.Follower;
import dev.zamok.roomlog.LogHealth;
import dev.zamok.roomlog.Notice;
import dev.zamok.roomlog.Page;
import dev.zamok.roomlog.RestoredRoom;
import dev.zamok.roomlog.RoomLog;
import dev.zamok.roomlog.RoomState;
import io.vertx.core.Future;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/** A real log that fails where the test wants it to. */
public final class FaultyLog implements RoomLog {
  private final RoomLog log;
  private final Set<EntryKind> refused = EnumSet.noneOf(EntryKind.class);
  private final Set<EntryKind> unanswered = EnumSet.noneOf(EntryKind.class);
  private final List<Notice> notices = new CopyOnWriteArrayList<>();
  private Consumer<Append> before = append -> {};
  private int restores = Integer.MAX_VALUE;
  private volatile int restoresAsked;
  private Future<Void> restoresHeld = Future.succeededFuture();

  public FaultyLog(RoomLog log) {
    this.log = log;
  }

  /** Entries of this kind are not appended. */
  public void refuse(EntryKind kind) {
    refused.add(kind);
  }

  /** Entries of this kind are appended, and nobody hears of it. */
  public void leaveUnanswered(EntryKind kind) {
    unanswered.add(kind);
  }

  /** So many rooms are given back, and then none any more. */
  public void stopRestoringAfter(int rooms) {
    restores = rooms;
  }

  /** Every restore waits from now on, until the future is completed. */
  public void holdRestores(Future<Void> until) {
    restoresHeld = until;
  }

  public int restoresAsked() {
    return restoresAsked;
  }

  /** Is told of every entry before it is appended. */
  public void before(Consumer<Append> watcher) {
    before = watcher;
  }

  public void heal() {
    refused.clear();
    unanswered.clear();
    restores = Integer.MAX_VALUE;
  }

  /** What was broadcast. */
  public List<Notice> broadcasts() {
    return notices;
  }

  @Override
  public Future<Appended> append(Append append) {
    before.accept(append);
    if (refused.contains(append.kind())) {
      return Future.failedFuture(new Unavailable("the test refuses", false));
    }
    Future<Appended> appended = log.append(append);
    return unanswered.contains(append.kind())
        ? appended.compose(a -> Future.failedFuture(new Unavailable("no answer", true)))
        : appended;
  }

  @Override
  public Future<Void> broadcast(Notice notice) {
    notices.add(notice);
    return log.broadcast(notice);
  }

  @Override
  public int partitions() {
    return log.partitions();
  }

  @Override
  public int partitionOf(RoomId room) {
    return log.partitionOf(room);
  }

  @Override
  public Future<Void> openRoom(RoomId room, int epoch) {
    return log.openRoom(room, epoch);
  }

  @Override
  public Future<Void> barrier(int partition) {
    return log.barrier(partition);
  }

  @Override
  public Future<Void> probe(int partition) {
    return log.probe(partition);
  }

  @Override
  public Future<Subscription> follow(RoomId room, Follower follower) {
    return log.follow(room, follower);
  }

  @Override
  public Future<Page> read(RoomId room, Position after, int entriesMax, int bytesMax) {
    return log.read(room, after, entriesMax, bytesMax);
  }

  @Override
  public Future<RoomState> state(RoomId room) {
    return log.state(room);
  }

  @Override
  public Future<List<Entry>> rekeys(RoomId room, int afterEpoch, int max) {
    return log.rekeys(room, afterEpoch, max);
  }

  @Override
  public Future<Void> signal(RoomId room, MemberTag tag, Bytes envelope) {
    return log.signal(room, tag, envelope);
  }

  @Override
  public Future<Subscription> notices(Consumer<Notice> handler) {
    return log.notices(handler);
  }

  @Override
  public Future<Void> claim(int partition, long leaseToken, Position floor) {
    return log.claim(partition, leaseToken, floor);
  }

  @Override
  public Future<Void> reclaim(int partition, long leaseToken, Position floor) {
    return log.reclaim(partition, leaseToken, floor);
  }

  @Override
  public Future<Subscription> doubts(IntConsumer handler) {
    return log.doubts(handler);
  }

  @Override
  public Future<Integer> restoring(int partition) {
    return log.restoring(partition);
  }

  @Override
  public Future<Boolean> restore(long leaseToken, RestoredRoom room) {
    restoresAsked++;
    return restores-- > 0
        ? restoresHeld.compose(v -> log.restore(leaseToken, room))
        : Future.failedFuture(new Unavailable("the test refuses", false));
  }

  @Override
  public Future<Void> restored(int partition, long leaseToken, int restore) {
    return log.restored(partition, leaseToken, restore);
  }

  @Override
  public Future<LogHealth> health() {
    return log.health();
  }

  @Override
  public Future<List<Moved>> moved(int partition, Position after, int max) {
    return log.moved(partition, after, max);
  }

  @Override
  public Future<Void> archived(long leaseToken, RoomId room, Position upTo) {
    return log.archived(leaseToken, room, upTo);
  }

  @Override
  public boolean storesFirst() {
    return log.storesFirst();
  }

  @Override
  public Future<List<Entry>> uncommitted(int partition, int max) {
    return log.uncommitted(partition, max);
  }

  @Override
  public Future<Void> stored(int partition, long leaseToken, List<Position> entries) {
    return log.stored(partition, leaseToken, entries);
  }

  @Override
  public Future<Subscription> waiting(IntConsumer handler) {
    return log.waiting(handler);
  }

  @Override
  public Future<Void> trim(long leaseToken, RoomId room, Position cut, boolean unarchived) {
    return log.trim(leaseToken, room, cut, unarchived);
  }

  @Override
  public Future<Void> close() {
    return log.close();
  }
}
