package dev.zamok.authority.room;

import dev.zamok.authority.epoch.Epoch;
import dev.zamok.authority.epoch.EpochRows;
import dev.zamok.authority.epoch.Rotation;
import dev.zamok.crypto.chain.History;
import dev.zamok.crypto.epoch.RekeyKind;
import dev.zamok.protocol.Position;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes everything else follow what the store says of a room: the log, the epochs, the index.
 *
 * <p>The steps, each of which may find itself done already: members who left or lost rights are
 * evicted from the log; a prepared epoch begins; a new epoch begins, if somebody left (a reset),
 * the room has a newer generation (a reset) or somebody came and may not read everything (a
 * ratchet); who came is let in from that epoch on; the index follows; a hint tells the others. So
 * it does not matter where the last attempt ended, in this process or another.
 *
 * <p>One call at a time per room: callers go through {@link RoomQueue}.
 */
final class Settlement {
  private final RoomRows rooms;
  private final EpochRows epochs;
  private final Rotation rotation;
  private final Evictions evictions;
  private final Belonging index;
  private final Clock clock;

  Settlement(
      RoomRows rooms,
      EpochRows epochs,
      Rotation rotation,
      Evictions evictions,
      Belonging index,
      Clock clock) {
    this.rooms = rooms;
    this.epochs = epochs;
    this.rotation = rotation;
    this.evictions = evictions;
    this.index = index;
    this.clock = clock;
  }

  /** See {@link Evictions#hintItems}. */
  Future<Void> tellItems(Room room) {
    return evictions.hintItems(room);
  }

  /** Why a new epoch begins even if nothing in the room asks for it. */
  enum Wish {
    NOTHING,
    RATCHET,
    RESET
  }

  /**
   * Yields the newest epoch, begun.
   *
   * <p>Fails with {@link dev.zamok.protocol.Unavailable} when log or store do; the rest is then
   * still to do.
   */
  Future<Epoch> settle(Room room, Wish wish) {
    List<Member> pending = room.pending();
    List<Member> out = pending.stream().filter(m -> m.evictBelow() > 0).toList();
    return evictions
        .evict(room, out)
        .compose(v -> epochs.newest(room.id()))
        .compose(newest -> begin(room, newest.orElse(null)))
        .compose(last -> rotate(room, last, wish))
        .compose(epoch -> letIn(room, epoch, pending).map(epoch))
        .compose(epoch -> index(room).map(epoch))
        .compose(
            epoch ->
                pending.isEmpty() ? Future.succeededFuture(epoch) : evictions.hint(room, epoch));
  }

  /** The newest epoch, if there is one, and whether it began only now. */
  private record Last(@Nullable Epoch epoch, boolean fresh) {}

  private Future<Last> begin(Room room, @Nullable Epoch newest) {
    if (newest == null) {
      return Future.succeededFuture(new Last(null, false));
    }
    boolean prepared = newest.state() == Epoch.State.PREPARED;
    Future<Epoch> begun =
        prepared ? rotation.begin(newest, room.basis()) : Future.succeededFuture(newest);
    return begun.compose(epoch -> note(room, epoch)).map(epoch -> new Last(epoch, prepared));
  }

  private Future<Epoch> rotate(Room room, Last last, Wish wish) {
    RekeyKind kind = kind(room, last, wish);
    if (kind == null) {
      return Future.succeededFuture(Objects.requireNonNull(last.epoch()));
    }
    return rotation
        .prepare(room.basis(), kind, last.epoch(), clock.millis())
        .compose(prepared -> rotation.begin(prepared, room.basis()))
        .compose(epoch -> note(room, epoch));
  }

  private static @Nullable RekeyKind kind(Room room, Last last, Wish wish) {
    Epoch epoch = last.epoch();
    Standing standing = room.header().standing();
    if (epoch == null || epoch.rekey().g() < standing.generation()) {
      return RekeyKind.IMMEDIATE_RESET;
    }
    boolean leaving = room.members().stream().anyMatch(Member::isLeaving);
    if ((leaving || wish == Wish.RESET) && !isResetFor(standing, last)) {
      return RekeyKind.IMMEDIATE_RESET;
    }
    boolean arriving =
        room.header().history() != History.FULL
            && room.members().stream().anyMatch(Member::isArriving);
    // A newcomer could not read what others still seal under the epoch before.
    boolean clean = last.fresh() && epoch.state() == Epoch.State.SETTLED;
    return (arriving || wish == Wish.RATCHET) && !clean ? RekeyKind.RATCHET : null;
  }

  /**
   * Whether the epoch that began only now is the reset that an attempt before prepared for this
   * very change: then nobody who is to leave was ever served its share. (Changes of a room do not
   * overlap: a reset prepared for an earlier one has begun before this one was stored.)
   */
  private static boolean isResetFor(Standing standing, Last last) {
    Epoch epoch = last.epoch();
    return epoch != null
        && last.fresh()
        && epoch.rekey().kind() == RekeyKind.IMMEDIATE_RESET
        && epoch.rekey().terms().chain().equals(standing.chainHead());
  }

  /** Brings the header up to an epoch that began. */
  Future<Epoch> note(Room room, Epoch epoch) {
    RoomEpoch now = room.header().epoch();
    if (now.n() == epoch.n() && now.rekey().equals(epoch.rekey().hash())) {
      return Future.succeededFuture(epoch);
    }
    long reset = epoch.rekey().kind().isReset() ? epoch.atMillis() : now.resetMillis();
    RoomEpoch next = new RoomEpoch(epoch.n(), epoch.rekey().g(), epoch.rekey().hash(), reset);
    return rooms.save(room, room.header().with(next), List.of()).map(epoch);
  }

  private Future<Void> letIn(Room room, Epoch epoch, List<Member> pending) {
    if (pending.isEmpty()) {
      return Future.succeededFuture();
    }
    boolean full = room.header().history() == History.FULL;
    boolean first = epoch.n() == 1;
    List<Member> settled = new ArrayList<>(pending.size());
    for (Member member : pending) {
      Member next = member.evicted();
      if (next.isArriving()) {
        next =
            full || first ? next.letIn(1, Position.ZERO) : next.letIn(epoch.n(), epoch.position());
      }
      settled.add(next);
    }
    return rooms.save(room, null, settled);
  }

  /** Brings the index up to the rows that changed since it was. */
  Future<Void> index(Room room) {
    List<Future<Void>> updates = new ArrayList<>();
    for (var tag : room.unindexed()) {
      updates.add(index.follow(room, room.member(tag).orElseThrow()));
    }
    return Future.all(updates)
        .map(
            all -> {
              room.unindexed().clear();
              return null;
            });
  }
}
