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
 * <p>The steps, each of which may find itself done already: a prepared epoch begins; members who
 * left or lost rights are evicted from the log; a new epoch begins, if somebody left (a reset), the
 * room has a newer generation (a reset) or somebody came and may not read everything (a ratchet);
 * who came is let in from that epoch on; the index follows; a hint tells the others. So it does not
 * matter where the last attempt ended, in this process or another.
 *
 * <p>One call at a time per room: callers go through {@link RoomQueue}.
 */
final class Settlement {
  private final RoomRows rooms;
  private final EpochRows epochs;
  private final Rotation rotation;
  private final Evictions evictions;
  private final MembershipIndex index;
  private final Clock clock;

  Settlement(
      RoomRows rooms,
      EpochRows epochs,
      Rotation rotation,
      Evictions evictions,
      MembershipIndex index,
      Clock clock) {
    this.rooms = rooms;
    this.epochs = epochs;
    this.rotation = rotation;
    this.evictions = evictions;
    this.index = index;
    this.clock = clock;
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
    return epochs
        .newest(room.id())
        .compose(newest -> begun(room, newest.orElse(null)))
        .compose(last -> evict(room, last, pending))
        .compose(last -> rotate(room, last, wish))
        .compose(epoch -> letIn(room, epoch, pending).map(epoch))
        .compose(epoch -> index(room).map(epoch))
        .compose(
            epoch ->
                pending.isEmpty() ? Future.succeededFuture(epoch) : evictions.hint(room, epoch));
  }

  private Future<@Nullable Epoch> begun(Room room, @Nullable Epoch newest) {
    if (newest == null) {
      return Future.succeededFuture(null);
    }
    if (newest.state() != Epoch.State.PREPARED) {
      return note(room, newest);
    }
    return rotation.begin(newest, room.basis()).compose(epoch -> note(room, epoch));
  }

  private Future<@Nullable Epoch> evict(Room room, @Nullable Epoch last, List<Member> pending) {
    List<Member> out = pending.stream().filter(m -> m.evictBelow() > 0).toList();
    if (last == null || out.isEmpty()) {
      return Future.succeededFuture(last);
    }
    return evictions.evict(room, last.n(), out).map(last);
  }

  private Future<Epoch> rotate(Room room, @Nullable Epoch last, Wish wish) {
    RekeyKind kind = kind(room, last, wish);
    if (kind == null) {
      return Future.succeededFuture(Objects.requireNonNull(last));
    }
    return rotation
        .prepare(room.basis(), kind, last, clock.millis())
        .compose(prepared -> rotation.begin(prepared, room.basis()))
        .compose(epoch -> note(room, epoch).map(epoch));
  }

  private static @Nullable RekeyKind kind(Room room, @Nullable Epoch last, Wish wish) {
    boolean leaving = room.members().stream().anyMatch(Member::isLeaving);
    boolean newer = last == null || last.rekey().g() < room.header().standing().generation();
    if (leaving || newer || wish == Wish.RESET) {
      return RekeyKind.IMMEDIATE_RESET;
    }
    boolean arriving =
        room.header().history() != History.FULL
            && room.members().stream().anyMatch(Member::isArriving);
    return arriving || wish == Wish.RATCHET ? RekeyKind.RATCHET : null;
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
  private Future<Void> index(Room room) {
    List<Future<Void>> updates = new ArrayList<>();
    for (var tag : room.unindexed()) {
      Member member = room.member(tag).orElseThrow();
      var present = room.present(member.account());
      updates.add(
          present.isPresent() && present.get().firstEpoch() > 0
              ? index.put(Membership.of(room.id(), present.get()))
              : index.remove(member.account(), room.id()));
    }
    return Future.all(updates)
        .map(
            all -> {
              room.unindexed().clear();
              return null;
            });
  }
}
