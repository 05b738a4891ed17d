package dev.zamok.authority.room;

import dev.zamok.authority.epoch.Epoch;
import dev.zamok.authority.epoch.EpochIds;
import dev.zamok.authority.epoch.Rotation;
import dev.zamok.authority.lease.Leases;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.EntryKind;
import dev.zamok.protocol.MessageId;
import dev.zamok.roomlog.Append;
import dev.zamok.roomlog.Notice;
import dev.zamok.roomlog.RoomLog;
import io.vertx.core.Future;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the log, and with it the hubs, who is out and that members changed. */
final class Evictions {
  private static final Logger LOG = LoggerFactory.getLogger(Evictions.class);

  private final RoomLog log;
  private final Leases leases;
  private final Rotation rotation;
  private final Unfinished unfinished;

  Evictions(RoomLog log, Leases leases, Rotation rotation, Unfinished unfinished) {
    this.log = log;
    this.leases = leases;
    this.rotation = rotation;
    this.unfinished = unfinished;
  }

  /**
   * Appends an EVICT for each. Should the log refuse, the room is blocked until somebody settles it
   * and all hubs have been told without the log.
   */
  Future<Void> evict(Room room, List<Member> members) {
    if (members.isEmpty() || room.header().epoch().n() == 0) {
      return Future.succeededFuture();
    }
    return leases.whileHeld(room.id(), () -> evictAll(room, members));
  }

  private Future<Void> evictAll(Room room, List<Member> members) {
    for (Member member : members) {
      log.broadcast(new Notice.Evict(room.id(), member.tag(), member.evictBelow()))
          .onFailure(failure -> LOG.warn("a notice of eviction was lost", failure));
    }
    Future<Integer> epoch = log.state(room.id()).map(state -> state.epoch());
    Future<Void> evicted = epoch.mapEmpty();
    for (Member member : members) {
      evicted = evicted.compose(v -> evict(room, epoch.result(), member));
    }
    return evicted.recover(
        failure -> {
          rotation.note(room.id(), failure);
          return unfinished.block(room.id()).transform(v -> Future.failedFuture(failure));
        });
  }

  private Future<Void> evict(Room room, int epoch, Member member) {
    int below = member.evictBelow();
    MessageId id = EpochIds.evict(room.id(), member.tag(), below);
    long token = leases.token(room.id());
    return leases
        .append(log, Append.evict(room.id(), epoch, member.tag(), below, token, id))
        .mapEmpty();
  }

  /**
   * Tells the members that items changed: the body is the length of the chain u32. Lost ones do no
   * harm: tickets tell too.
   */
  Future<Void> hintItems(Room room) {
    int length = room.header().standing().chainLength();
    MessageId id = EpochIds.items(room.id(), length);
    return log.append(
            Append.hint(
                room.id(),
                EntryKind.ITEM,
                room.header().epoch().n(),
                id,
                RoomTables.number(length)))
        .<Void>mapEmpty()
        .recover(
            failure -> {
              LOG.warn("a hint of changed items was lost", failure);
              return Future.succeededFuture();
            });
  }

  /** Tells the members that the list of members changed. Lost ones do no harm: tickets tell too. */
  Future<Epoch> hint(Room room, Epoch epoch) {
    MessageId id = EpochIds.hint(room.id(), room.header().standing().memberVersion());
    return log.append(Append.hint(room.id(), EntryKind.MEMBER, epoch.n(), id, Bytes.EMPTY))
        .map(epoch)
        .recover(
            failure -> {
              LOG.warn("a hint of a change of members was lost", failure);
              return Future.succeededFuture(epoch);
            });
  }
}
