package dev.zamok.authority;

import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.Entry;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import dev.zamok.roomlog.Append;
import dev.zamok.roomlog.Appended;
import dev.zamok.roomlog.Follower;
import dev.zamok.roomlog.LogHealth;
import dev.zamok.roomlog.Notice;
import dev.zamok.roomlog.Page;
import dev.zamok.roomlog.RestoredRoom;
import dev.zamok.roomlog.RoomLog;
import dev.zamok.roomlog.RoomState;
import dev.zamok.roomlog.local.LocalRoomLog;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Consumer;

/** Several local logs of one partition each, as one. */
final class SplitLog implements RoomLog {
  private final List<LocalRoomLog> parts;

  SplitLog(List<LocalRoomLog> parts) {
    this.parts = List.copyOf(parts);
  }

  private RoomLog of(RoomId room) {
    return parts.get(partitionOf(room));
  }

  @Override
  public int partitions() {
    return parts.size();
  }

  @Override
  public int partitionOf(RoomId room) {
    return Math.floorMod(Long.hashCode(room.low()), parts.size());
  }

  @Override
  public Future<Void> openRoom(RoomId room, int epoch) {
    return of(room).openRoom(room, epoch);
  }

  @Override
  public Future<Appended> append(Append append) {
    return of(append.room()).append(append);
  }

  @Override
  public Future<Void> barrier(int partition) {
    return parts.get(partition).barrier(0);
  }

  @Override
  public Future<Subscription> follow(RoomId room, Follower follower) {
    return of(room).follow(room, follower);
  }

  @Override
  public Future<Page> read(RoomId room, Position after, int entriesMax, int bytesMax) {
    return of(room).read(room, after, entriesMax, bytesMax);
  }

  @Override
  public Future<RoomState> state(RoomId room) {
    return of(room).state(room);
  }

  @Override
  public Future<List<Entry>> rekeys(RoomId room, int afterEpoch, int max) {
    return of(room).rekeys(room, afterEpoch, max);
  }

  @Override
  public Future<Void> signal(RoomId room, MemberTag tag, Bytes envelope) {
    return of(room).signal(room, tag, envelope);
  }

  @Override
  public Future<Void> broadcast(Notice notice) {
    return parts.get(0).broadcast(notice);
  }

  @Override
  public Future<Subscription> notices(Consumer<Notice> handler) {
    return parts.get(0).notices(handler);
  }

  @Override
  public Future<Void> claim(int partition, long leaseToken, Position floor) {
    return parts.get(partition).claim(0, leaseToken, floor);
  }

  @Override
  public Future<Integer> restoring(int partition) {
    return parts.get(partition).restoring(0);
  }

  @Override
  public Future<Boolean> restore(long leaseToken, RestoredRoom room) {
    return of(room.room()).restore(leaseToken, room);
  }

  @Override
  public Future<Void> restored(int partition, long leaseToken, int restore) {
    return parts.get(partition).restored(0, leaseToken, restore);
  }

  @Override
  public Future<List<Moved>> moved(int partition, Position after, int max) {
    return parts.get(partition).moved(0, after, max);
  }

  @Override
  public Future<Void> archived(long leaseToken, RoomId room, Position upTo) {
    return of(room).archived(leaseToken, room, upTo);
  }

  @Override
  public Future<Void> trim(long leaseToken, RoomId room, Position cut, boolean unarchived) {
    return of(room).trim(leaseToken, room, cut, unarchived);
  }

  @Override
  public Future<LogHealth> health() {
    return parts.get(0).health();
  }

  @Override
  public Future<Void> close() {
    return Future.join(parts.stream().map(LocalRoomLog::close).toList()).mapEmpty();
  }
}
