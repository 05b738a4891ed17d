package dev.zamok.load.traffic;

import dev.zamok.client.Room;
import dev.zamok.client.room.RoomState;
import dev.zamok.crypto.chain.History;
import dev.zamok.crypto.chain.Role;
import dev.zamok.load.audit.Recording;
import dev.zamok.load.audit.Removal;
import dev.zamok.load.audit.RoomHistory;
import dev.zamok.load.audit.Seat;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The real clients of a run whose course somebody else sets: who is in which sealed room, who was
 * removed. Thread-safe; blocks only where it says so.
 */
public final class Crowd implements AutoCloseable {
  private final Map<RoomId, List<Member>> rooms = new ConcurrentHashMap<>();
  private final Set<SeatRecorder> out = ConcurrentHashMap.newKeySet();
  private final List<Removal> removals = new CopyOnWriteArrayList<>();
  private final List<Member> all = new CopyOnWriteArrayList<>();

  /** To be closed with the crowd. */
  public Member admit(Member member) {
    all.add(member);
    return member;
  }

  /** A sealed room with {@code owner} in it, who listens. */
  public CompletableFuture<RoomId> makeRoom(Member owner, String name) {
    return owner
        .session()
        .createPrivate(name, History.FULL)
        .thenCompose(room -> owner.entering(room).thenApply(done -> room))
        .thenApply(
            room -> {
              rooms.put(room.id(), new CopyOnWriteArrayList<>(List.of(owner)));
              return room.id();
            });
  }

  /** The owner lets them all in, one after the other. */
  public CompletableFuture<Void> invite(RoomId room, List<String> logins) {
    Room owned = owner(room).room(room);
    CompletableFuture<Void> done = CompletableFuture.completedFuture(null);
    for (String login : logins) {
      done = done.thenCompose(before -> owned.invite(login, Role.WRITER));
    }
    return done;
  }

  /** He joins and listens. */
  public CompletableFuture<Void> enter(RoomId room, Member member) {
    return member.entering(room).thenRun(() -> membersOf(room).add(member));
  }

  /** The owner changes the room's keys. */
  public CompletableFuture<Void> rotate(RoomId room, boolean reset) {
    return owner(room).room(room).rotate(reset);
  }

  /** The owner shuts him out. */
  public CompletableFuture<Void> remove(RoomId room, Member leaver) {
    SeatRecorder seat = leaver.seat(room);
    out.add(seat);
    return owner(room)
        .room(room)
        .remove(leaver.login().name())
        .thenRun(() -> removals.add(new Removal(room, seat.tag(), System.nanoTime())));
  }

  /** The owner first, then those who entered. */
  public List<Member> membersOf(RoomId room) {
    List<Member> members = rooms.get(room);
    if (members == null) {
      throw new IllegalArgumentException("there is no room " + room);
    }
    return members;
  }

  private Member owner(RoomId room) {
    return membersOf(room).get(0);
  }

  /**
   * Waits until nothing is under way and everybody was shown the newest message of each room.
   * Blocks.
   *
   * @return whether that came about within {@code limit}
   */
  public boolean awaitQuiet(Duration limit) {
    return Waiting.until(
        () ->
            all.stream().allMatch(member -> member.underWay() == 0)
                && rooms.keySet().stream().allMatch(this::isQuiet),
        limit);
  }

  private boolean isQuiet(RoomId room) {
    List<SeatRecorder> in =
        membersOf(room).stream()
            .map(member -> member.seat(room))
            .filter(seat -> !out.contains(seat))
            .toList();
    Position newest = Position.ZERO;
    for (SeatRecorder seat : in) {
      newest = seat.newest().isAfter(newest) ? seat.newest() : newest;
    }
    Position last = newest;
    return in.stream()
        .allMatch(seat -> seat.state() == RoomState.LIVE && seat.newest().equals(last));
  }

  /** All that was observed, with the history of every room as its owner reads it now. Blocks. */
  public Recording recording() {
    Map<RoomId, RoomHistory> histories = new HashMap<>();
    rooms.keySet().forEach(room -> histories.put(room, new HistoryProbe(owner(room)).read(room)));
    List<Seat> seats = new ArrayList<>();
    all.forEach(member -> seats.addAll(member.recorded()));
    return new Recording(seats, histories, removals, List.of(), true);
  }

  /** Closes every client. Blocks. */
  @Override
  public void close() {
    all.forEach(Member::close);
  }
}
