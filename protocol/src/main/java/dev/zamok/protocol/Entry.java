package dev.zamok.protocol;

/**
 * One committed element of the log of a room.
 *
 * @param room of an assigned kind
 * @param previous the position of the entry before this one in the room, {@link Position#ZERO} for
 *     the first
 * @param timeMillis when the log took it, milliseconds since 1970; never falls within a partition
 * @param tag its author, or {@link MemberTag#NONE}; always that for the kinds of the authority
 * @param epoch the key epoch of a message; for {@link EntryKind#REKEY} the new one
 * @param id chosen by the author, never {@link MessageId#NONE}; at most one entry per (tag, id)
 * @param body at most {@value #BODY_BYTES_MAX} bytes, {@value #REKEY_BYTES_MAX} for {@link
 *     EntryKind#REKEY}; ciphertext where members write it
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

  /** So that a JOINED holds many of them. */
  public static final int REKEY_BYTES_MAX = 1_024;

  /** The largest whole number that JavaScript holds exactly. */
  public static final long TIME_MILLIS_MAX = (1L << 53) - 1;

  public Entry {
    room.trust();
    if (id.equals(MessageId.NONE)) {
      throw new MalformedException("P-007 message id zero");
    }
    if (!position.isAfter(previous)) {
      throw new MalformedException("P-030 entry that does not follow its previous one");
    }
    if (timeMillis < 0 || timeMillis > TIME_MILLIS_MAX || epoch < 0) {
      throw new MalformedException("P-005 number out of range in an entry");
    }
    if (body.size() > (kind == EntryKind.REKEY ? REKEY_BYTES_MAX : BODY_BYTES_MAX)) {
      throw new MalformedException("P-032 entry body of " + body.size() + " bytes");
    }
    if (kind.isAuthority() && !tag.equals(MemberTag.NONE)) {
      throw new MalformedException("P-033 entry of the authority under the tag of a member");
    }
  }
}
