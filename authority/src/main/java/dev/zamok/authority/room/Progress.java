package dev.zamok.authority.room;

import dev.zamok.authority.epoch.Epoch;
import dev.zamok.authority.epoch.EpochConfig;
import dev.zamok.authority.epoch.EpochRows;
import dev.zamok.authority.epoch.Rotation;
import dev.zamok.authority.epoch.Timers;
import dev.zamok.authority.lease.Leases;
import dev.zamok.authority.room.Settlement.Wish;
import dev.zamok.crypto.chain.ChainOp;
import dev.zamok.crypto.chain.Statement;
import dev.zamok.crypto.epoch.RekeyKind;
import dev.zamok.protocol.RoomId;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings changes of rooms to their end: notes that one begins, settles it, and comes back to what
 * failed, waits for its time, or was left by a process that died.
 *
 * <p>A change is: {@link #begin}, then store it, then {@link #complete}, all in one turn of {@link
 * RoomKeeper}.
 */
final class Progress {
  private static final Logger LOG = LoggerFactory.getLogger(Progress.class);

  private final RoomKeeper keeper;
  private final Unfinished unfinished;
  private final Settlement settlement;
  private final ChainSync sync;
  private final Clockwork clockwork;
  private final Map<RoomId, Long> wakes = new HashMap<>();

  /**
   * What rotations and time come from.
   *
   * @param leases without them nothing here is tried again: another authority is in charge
   */
  record Clockwork(
      EpochRows epochs,
      Rotation rotation,
      Leases leases,
      EpochConfig config,
      Duration retryAfter,
      Timers timers,
      Clock clock) {}

  Progress(
      RoomKeeper keeper,
      Unfinished unfinished,
      Settlement settlement,
      ChainSync sync,
      Clockwork clockwork) {
    this.keeper = keeper;
    this.unfinished = unfinished;
    this.settlement = settlement;
    this.sync = sync;
    this.clockwork = clockwork;
  }

  /** Looks from time to time for what is unfinished. */
  void start(Duration sweepEvery) {
    clockwork.timers().after(sweepEvery, () -> sweep(sweepEvery));
  }

  /**
   * Takes up what the last holder of a partition left. Completes when everything was tried once;
   * fails when it cannot be read.
   */
  Future<Void> takeUp(int partition) {
    return unfinished
        .load(partition)
        .compose(
            rooms -> {
              List<Future<Void>> all = new ArrayList<>();
              rooms.forEach(room -> all.add(resume(room)));
              return Future.join(all).<Void>mapEmpty().otherwiseEmpty();
            });
  }

  /** The lease of a partition is gone. */
  void forget(int partition) {
    unfinished.forget(partition);
    wakes.keySet().removeIf(room -> clockwork.leases().partitionOf(room) == partition);
  }

  boolean isInCharge(RoomId room) {
    return clockwork.leases().holds(room);
  }

  private void sweep(Duration every) {
    unfinished.rooms().forEach(room -> wake(room, clockwork.clock().millis()));
    clockwork.timers().after(every, () -> sweep(every));
  }

  /**
   * One turn of the room for a change, after what an earlier one left is finished. Fails with
   * {@link dev.zamok.authority.http.Problem#NOT_FOUND} when there is no such room.
   */
  <T> Future<T> change(RoomId id, Function<Room, Future<T>> task) {
    return keeper.inTurn(id, room -> catchUp(room).compose(v -> task.apply(room)));
  }

  /** Finishes what an earlier change left, in a turn of the room. */
  Future<Void> catchUp(Room room) {
    if (!unfinished.contains(room.id())) {
      return Future.succeededFuture();
    }
    return sync.sync(room)
        .compose(v -> needsSettling(room) ? complete(room, Wish.NOTHING) : settlement.index(room));
  }

  private boolean needsSettling(Room room) {
    return !room.pending().isEmpty()
        || unfinished.wantsReset(room.id())
        || unfinished.isHeld(room.id())
        || room.header().standing().generation() > room.header().epoch().g();
  }

  boolean isUnderWay(RoomId room) {
    return unfinished.contains(room);
  }

  /** Notes that a change begins. */
  Future<Void> begin(RoomId room) {
    return unfinished.begin(room);
  }

  /**
   * Notes that somebody will be out, and has the log hold the room until its next epoch: nothing
   * that is sent from now on can reach him, however long the log cannot be told who it is. Fails
   * when the log does; then nothing may be decided.
   */
  Future<Void> beginEviction(Room room) {
    RoomId id = room.id();
    return room.header().epoch().n() == 0
        ? begin(id)
        : unfinished
            .beginHeld(id)
            .compose(v -> clockwork.rotation().hold(id))
            .onFailure(failure -> failed(id, failure));
  }

  /**
   * Carries out what was decided after {@link #beginEviction}. Should it fail, nobody is out, and
   * the room is let go as soon as it can be.
   */
  Future<Void> decide(RoomId room, Supplier<Future<Void>> change) {
    return change.get().onFailure(failure -> restore(room));
  }

  /**
   * Notes that a reset begins because somebody has keys whom nothing in the room tells of, and has
   * the log hold the room until then. Should the log refuse, the room is blocked until it is reset.
   */
  Future<Void> beginHeldReset(Room room) {
    RoomId id = room.id();
    if (room.header().epoch().n() == 0) {
      return beginReset(id);
    }
    return unfinished
        .beginHeldReset(id)
        .compose(
            v ->
                clockwork
                    .rotation()
                    .hold(id)
                    .recover(
                        failure ->
                            unfinished.block(id).transform(done -> Future.failedFuture(failure))))
        .onFailure(failure -> failed(id, failure));
  }

  /** Notes that a reset begins, which nothing in the room would tell of. */
  Future<Void> beginReset(RoomId room) {
    return unfinished.beginReset(room);
  }

  /** Comes back to a change that was noted and lost against another. */
  void restore(RoomId room) {
    wake(room, clockwork.clock().millis());
  }

  /** Tells the members of changed items, once these are stored. */
  Future<Void> tell(Room room, List<Statement> statements) {
    boolean unseen =
        statements.stream()
            .map(Statement::op)
            .anyMatch(op -> op instanceof ChainOp.Item || op instanceof ChainOp.Accept);
    return unseen ? settlement.tellItems(room) : Future.succeededFuture();
  }

  /** Settles what was stored. A failure is tried again later, and told to the caller. */
  Future<Void> complete(Room room, Wish wish) {
    return settlement
        .settle(room, withNoted(room.id(), wish))
        .compose(epoch -> settled(room, epoch))
        .onFailure(failure -> failed(room.id(), failure));
  }

  private Wish withNoted(RoomId room, Wish wish) {
    if (unfinished.wantsReset(room)) {
      return Wish.RESET;
    }
    return unfinished.isHeld(room) && wish == Wish.NOTHING ? Wish.RATCHET : wish;
  }

  private Future<Void> settled(Room room, Epoch epoch) {
    if (epoch.state() != Epoch.State.GRACE) {
      return unfinished.end(room.id());
    }
    return unfinished.unblock(room.id()).compose(v -> grace(room, epoch));
  }

  private Future<Void> grace(Room room, Epoch epoch) {
    long due = epoch.atMillis() + clockwork.config().grace().toMillis();
    if (due > clockwork.clock().millis()) {
      return unfinished.forgetEpoch(room.id()).onSuccess(v -> wake(room.id(), due));
    }
    return clockwork.rotation().close(epoch).compose(closed -> unfinished.end(room.id()));
  }

  private void failed(RoomId room, Throwable failure) {
    LOG.warn("a change of room {} is not finished yet: {}", room, failure.toString());
    wake(room, clockwork.clock().millis() + clockwork.retryAfter().toMillis());
  }

  /** Begins a timed reset: announces it, and comes back when it is due. */
  Future<Void> announceReset(Room room) {
    long due = clockwork.clock().millis() + clockwork.config().announceBefore().toMillis();
    return begin(room.id())
        .compose(v -> clockwork.epochs().newest(room.id()))
        .compose(
            newest ->
                clockwork
                    .rotation()
                    .prepare(room.basis(), RekeyKind.TIMED_RESET, newest.orElseThrow(), due))
        .compose(this::await)
        .onFailure(failure -> failed(room.id(), failure));
  }

  private Future<Void> await(Epoch prepared) {
    return clockwork
        .rotation()
        .announce(prepared)
        .onSuccess(v -> wake(prepared.rekey().room(), prepared.atMillis()));
  }

  /** Goes on with whatever is unfinished in a room. */
  Future<Void> resume(RoomId id) {
    if (!unfinished.contains(id)) {
      return Future.succeededFuture();
    }
    return keeper
        .<Void>inTurnIfAny(
            id,
            found ->
                found.isEmpty()
                    ? unfinished.end(id)
                    : sync.sync(found.get()).compose(v -> resume(found.get())))
        .onFailure(failure -> failed(id, failure));
  }

  private Future<Void> resume(Room room) {
    return clockwork
        .epochs()
        .newest(room.id())
        .compose(
            newest -> {
              boolean waits =
                  newest.isPresent()
                      && newest.get().state() == Epoch.State.PREPARED
                      && newest.get().rekey().kind() == RekeyKind.TIMED_RESET
                      && newest.get().atMillis() > clockwork.clock().millis();
              if (waits && !needsSettling(room)) {
                return unfinished
                    .unblock(room.id())
                    .compose(v -> settlement.index(room))
                    .compose(v -> await(newest.get()));
              }
              return complete(room, Wish.NOTHING);
            });
  }

  /** Resumes at a time; only the earliest one asked for counts. */
  private void wake(RoomId room, long atMillis) {
    Long sooner = wakes.get(room);
    if (!isInCharge(room)) {
      return;
    }
    if (sooner != null && sooner <= atMillis) {
      return;
    }
    wakes.put(room, atMillis);
    Duration delay = Duration.ofMillis(Math.max(0, atMillis - clockwork.clock().millis()));
    clockwork
        .timers()
        .after(
            delay,
            () -> {
              if (wakes.remove(room, atMillis)) {
                resume(room);
              }
            });
  }
}
