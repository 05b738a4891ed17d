package dev.zamok.roomlog;

import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.Position;
import java.util.Map;

/**
 * What the log knows of a room.
 *
 * @param epoch the current one
 * @param minEpoch the lowest that appends may use; above {@code epoch} while the room is held
 * @param floor entries up to it may be gone from the log
 * @param archived entries up to it are in the store
 * @param admitted the lowest member version admitted, per tag that was ever evicted
 */
public record RoomState(
    Position head,
    int epoch,
    int minEpoch,
    Position floor,
    Position archived,
    Map<MemberTag, Integer> admitted) {
  public RoomState {
    admitted = Map.copyOf(admitted);
  }

  /** Whether no entry of a member is taken until the next epoch. */
  public boolean isHeld() {
    return minEpoch > epoch;
  }

  public boolean admits(MemberTag tag, int memberVersion) {
    return memberVersion >= admitted.getOrDefault(tag, 0);
  }
}
