package dev.zamok.protocol;

/**
 * One committed element of the log of a room.
 *
 * @param previous the position of the entry before this one in the room, {@link Position#ZERO} for
 *     the first
 * @param timeMillis when the log took it, milliseconds since 1970; never falls within a partition
 * @param tag its author, or {@link MemberTag#NONE}
 * @param epoch the key epoch of a message; for {@link EntryKind#REKEY} the new one
 * @param id chosen by the author; at most one entry per (tag, id)
 * @param body at most {@value #BODY_BYTES_MAX} bytes; ciphertext where members write it
 */
public record Entry(
    RoomId room,
    Position position,
    Position previous,
    long timeMillis,
    EntryKind kind,
    MemberTag tag,
    int epoch,
    MessageId id,
    Bytes body) {
  /** A frame of 64 KiB less the fixed part of ENTRY, rounded down. */
  public static final int BODY_BYTES_MAX = 65_000;

  public Entry {
    if (!position.isAfter(previous)) {
      throw new MalformedException("entry that does not follow its previous one");
    }
    if (timeMillis < 0 || epoch < 0) {
      throw new MalformedException("negative number in an entry");
    }
    if (body.size() > BODY_BYTES_MAX) {
      throw new MalformedException("entry body of " + body.size() + " bytes");
    }
  }
}
