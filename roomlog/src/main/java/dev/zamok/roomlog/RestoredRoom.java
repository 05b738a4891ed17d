package dev.zamok.roomlog;

import dev.zamok.protocol.Entry;
import dev.zamok.protocol.EntryKind;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the store knows of a room that the log lost.
 *
 * @param head its last entry; the room's next one names it as its previous
 * @param epoch the current one
 * @param minEpoch the lowest that appends may use; the one after {@code epoch} in a room that is
 *     held
 * @param archived entries up to it are in the store; normally {@code head}
 * @param rekey the entry that started {@code epoch}, null for a room that never had one
 * @param admitted the lowest member version admitted, per tag that was ever evicted
 */
public record RestoredRoom(
    RoomId room,
    Position head,
    int epoch,
    int minEpoch,
    Position archived,
    @Nullable Entry rekey,
    Map<MemberTag, Integer> admitted) {
  public RestoredRoom {
    room.trust();
    admitted = Map.copyOf(admitted);
    if (minEpoch < 0 || minEpoch > epoch + 1 || archived.isAfter(head)) {
      throw new IllegalArgumentException("no state of a room");
    }
    if (rekey != null
        && (rekey.kind() != EntryKind.REKEY
            || !rekey.room().equals(room)
            || rekey.epoch() != epoch
            || rekey.position().isAfter(head))) {
      throw new IllegalArgumentException("not the rekey of the current epoch");
    }
  }

  /** The state that it has afterwards. */
  public RoomState state() {
    return new RoomState(head, epoch, minEpoch, head, archived, admitted);
  }
}
