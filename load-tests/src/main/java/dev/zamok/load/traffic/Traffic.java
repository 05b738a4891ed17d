package dev.zamok.load.traffic;

import dev.zamok.client.Room;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.room.RoomState;
import dev.zamok.load.audit.FaultSpan;
import dev.zamok.load.audit.Recording;
import dev.zamok.load.audit.Removal;
import dev.zamok.load.audit.RoomHistory;
import dev.zamok.load.audit.Seat;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * A run of traffic: start, let faults happen, remove a member now and then, come to rest, hand over
 * the recording. One thread; blocks.
 */
public final class Traffic implements AutoCloseable {
  private final Cast cast;
  private final Pace pace;
  private Thread pacing;
  private final Random random;
  private final List<Removal> removals = new CopyOnWriteArrayList<>();
  private final List<FaultSpan> faults = new ArrayList<>();
  private int kept = Recording.ALL;
  private final Set<SeatRecorder> out = ConcurrentHashMap.newKeySet();

  private Traffic(Cast cast, Plan plan) {
    this.cast = cast;
    this.random = new Random(plan.seed() + 1);
    this.pace = new Pace(cast.members(), plan.perSecond(), plan.seed());
    this.pacing = pace.start();
  }

  /**
   * Registers, makes rooms, invites, joins, and begins to talk.
   *
   * @param prefix of the login names, new to the server
   */
  public static Traffic start(Plan plan, String prefix) {
    return new Traffic(Cast.assemble(plan, prefix), plan);
  }

  /** The talk goes on after {@link #quiet}; does nothing when it never ended. */
  public void resume() {
    if (!pacing.isAlive()) {
      pacing = pace.start();
    }
  }

  /** Lets it go on for so long. */
  public void run(Duration duration) {
    Waiting.pause(duration);
  }

  /** A fault was injected and healed in this time, of {@link System#nanoTime}. */
  public void note(String fault, long fromNanos, long toNanos) {
    faults.add(new FaultSpan(fault, fromNanos, toNanos));
  }

  /**
   * Removes some member from some room, by its owner, asking as often as it takes. Nothing happens
   * when only owners are left.
   *
   * @param limit fails with {@link IllegalStateException} when it is not done by then
   */
  public void removeSomebody(Duration limit) {
    List<RoomId> rooms = new ArrayList<>(cast.rooms().keySet());
    Collections.shuffle(rooms, random);
    for (RoomId room : rooms) {
      List<Member> left = leavers(room);
      if (!left.isEmpty()) {
        remove(room, left.get(random.nextInt(left.size())), limit);
        return;
      }
    }
  }

  /** Who is in the room and does not own it. */
  private List<Member> leavers(RoomId room) {
    List<Member> members = membersOf(room);
    return members.subList(1, members.size()).stream()
        .filter(member -> !out.contains(member.seat(room)))
        .toList();
  }

  private RoomId someRoom() {
    List<RoomId> rooms = new ArrayList<>(cast.rooms().keySet());
    return rooms.get(random.nextInt(rooms.size()));
  }

  /** The owner first. */
  private List<Member> membersOf(RoomId room) {
    return cast.rooms().getOrDefault(room, List.of());
  }

  /**
   * A ticket of a member who is still in his room and owns it not. Fails with {@link
   * IllegalStateException} when there is none.
   */
  public LiveTicket ticket() {
    for (RoomId room : cast.rooms().keySet()) {
      if (!leavers(room).isEmpty()) {
        return new LiveTicket(room, leavers(room).get(0));
      }
    }
    throw new IllegalStateException("nobody is left");
  }

  /** As {@link #removeSomebody}: him who holds the ticket. */
  public void removeHolder(LiveTicket ticket, Duration limit) {
    remove(ticket.room(), ticket.holder(), limit);
  }

  private void remove(RoomId room, Member leaver, Duration limit) {
    Member owner = membersOf(room).get(0);
    SeatRecorder seat = leaver.seat(room);
    out.add(seat);
    boolean told = Waiting.patiently(() -> remove(owner.room(room), leaver.login().name()), limit);
    // Nobody was told when it was done: then only positions say what came after it.
    long done = told ? System.nanoTime() : Long.MAX_VALUE;
    removals.add(new Removal(room, seat.tag(), done));
  }

  /**
   * Yields whether the server said that it is done. False when an attempt before this one got
   * through and its answer did not: the member is off the list then, but an eviction that the log
   * did not take yet may be still to come.
   */
  private static CompletableFuture<Boolean> remove(Room room, String name) {
    return room.members()
        .thenCompose(
            members ->
                members.stream().anyMatch(member -> member.contact().login().equals(name))
                    ? room.remove(name).thenApply(done -> true)
                    : CompletableFuture.completedFuture(false));
  }

  /** Gives some room new keys, as often as it takes. */
  public void rotateSomewhere(boolean reset, Duration limit) {
    RoomId room = someRoom();
    Waiting.patiently(() -> membersOf(room).get(0).room(room).rotate(reset), limit);
  }

  /** Gives every room new keys, as often as it takes. */
  public void rotateEverywhere(boolean reset, Duration limit) {
    for (RoomId room : cast.rooms().keySet()) {
      Waiting.patiently(() -> membersOf(room).get(0).room(room).rotate(reset), limit);
    }
  }

  /** One member says one thing; for when the talk has ended. */
  public void sayOnce() {
    RoomId room = someRoom();
    var unused = membersOf(room).get(0).say(room, "said once, " + random.nextLong());
  }

  /**
   * Waits until every client is connected to its rooms; the talk goes on meanwhile. False when no
   * more of them came back for as long as {@code patience}.
   */
  public boolean awaitRecovery(Duration patience) {
    return Waiting.whileRising(() -> connected() == seats().size(), this::connected, patience);
  }

  private long connected() {
    return seats().stream().filter(seat -> seat.state() == RoomState.LIVE).count();
  }

  /**
   * Ends the talk and waits until all is quiet. False when it came no nearer to that for as long as
   * {@code patience}.
   */
  public boolean quiet(Duration patience) {
    pace.stop();
    try {
      pacing.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    return Waiting.whileRising(() -> underWay() == 0, () -> -underWay(), patience)
        && awaitRecovery(patience)
        && Waiting.whileRising(this::allShown, this::shown, patience);
  }

  private int underWay() {
    return cast.members().stream().mapToInt(Member::underWay).sum();
  }

  private long shown() {
    return seats().stream().mapToLong(SeatRecorder::shown).sum();
  }

  /** An answer may be there before what it answers is shown to anybody. */
  private boolean allShown() {
    Map<RoomId, Position> newest = new HashMap<>();
    cast.rooms()
        .forEach(
            (room, members) ->
                members.forEach(
                    member -> newest.merge(room, member.seat(room).known(), SeatRecorder::later)));
    return cast.rooms().entrySet().stream()
        .allMatch(
            entry ->
                entry.getValue().stream()
                    .map(member -> member.seat(entry.getKey()))
                    .filter(seat -> !out.contains(seat))
                    .allMatch(seat -> seat.newest().equals(newest.get(entry.getKey()))));
  }

  private List<SeatRecorder> seats() {
    List<SeatRecorder> seats = new ArrayList<>();
    cast.rooms()
        .forEach(
            (room, members) ->
                members.stream()
                    .map(member -> member.seat(room))
                    .filter(seat -> !out.contains(seat))
                    .forEach(seats::add));
    return seats;
  }

  /** The log is trimmed while they talk, down to so many of the newest entries of a room. */
  public void logKeeps(int entries) {
    kept = entries;
  }

  /**
   * Everything that was observed, with the history of every room as it reads now.
   *
   * @param lossless whether the audit may forgive no loss
   */
  public Recording recording(boolean lossless) {
    Map<RoomId, RoomHistory> histories = new HashMap<>();
    Map<Member, HistoryProbe> probes = new HashMap<>();
    cast.rooms()
        .forEach(
            (room, members) ->
                histories.put(
                    room,
                    Waiting.insisting(
                        () -> probes.computeIfAbsent(members.get(0), HistoryProbe::new).read(room),
                        Member.ANSWER_MAX)));
    List<Seat> seats =
        cast.members().stream().flatMap(member -> member.recorded().stream()).toList();
    return new Recording(seats, histories, removals, faults, lossless, kept);
  }

  /**
   * What is not as it should be, for whoever wonders why it does not come to rest; with what those
   * hear who are not connected, when they ask their authority for something.
   */
  public String unrest() {
    Map<RoomState, Integer> states = new HashMap<>();
    Map<String, Integer> ends = new HashMap<>();
    for (SeatRecorder seat : seats()) {
      states.merge(seat.state(), 1, Integer::sum);
      if (!seat.end().isEmpty()) {
        ends.merge(seat.end(), 1, Integer::sum);
      }
    }
    return "%d messages under way, rooms %s, ended by %s, not connected: %s"
        .formatted(underWay(), states, ends, heard());
  }

  /** Asks all of them at once. */
  private Map<String, Integer> heard() {
    List<CompletableFuture<String>> asked =
        cast.members().stream()
            .filter(member -> member.recorders().stream().anyMatch(this::isLost))
            .map(Traffic::answer)
            .toList();
    Map<String, Integer> answers = new HashMap<>();
    asked.forEach(one -> answers.merge(one.join(), 1, Integer::sum));
    return answers;
  }

  private boolean isLost(SeatRecorder seat) {
    return !out.contains(seat) && seat.state() != RoomState.LIVE;
  }

  private static CompletableFuture<String> answer(Member member) {
    return member
        .session()
        .rooms()
        .thenApply(rooms -> "is answered")
        .completeOnTimeout("is not answered", Member.ANSWER_MAX.toSeconds(), TimeUnit.SECONDS)
        .exceptionally(failure -> String.valueOf(ClientProblem.in(failure).getMessage()));
  }

  @Override
  public void close() {
    pace.stop();
    cast.close();
  }
}
