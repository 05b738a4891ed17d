package dev.zamok.roomlog;

import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.Entry;
import dev.zamok.protocol.EntryKind;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.MessageId;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import org.jspecify.annotations.Nullable;

/**
 * An entry to be. Fails with {@link dev.zamok.protocol.MalformedException} where {@link Entry}
 * would.
 *
 * @param memberVersion the version of the author's membership, checked against evictions; ignored
 *     for {@link MemberTag#NONE}
 * @param epoch must be accepted by the room now, except for {@link EntryKind#REKEY}, whose epoch is
 *     the new one
 * @param control for authority kinds, and only for them
 */
public record Append(
    RoomId room,
    EntryKind kind,
    MemberTag tag,
    int memberVersion,
    int epoch,
    MessageId id,
    Bytes body,
    @Nullable Control control) {
  public Append {
    if (kind.isAuthority() != (control != null)) {
      throw new IllegalArgumentException("control goes with the authority's kinds");
    }
    if (memberVersion < 0 || epoch < 0) {
      throw new IllegalArgumentException("negative number");
    }
    if (control != null && control.minEpoch() > epoch) {
      throw new IllegalArgumentException("no epoch would be accepted");
    }
    if (kind == EntryKind.REKEY && control != null && epoch <= control.expectedEpoch()) {
      throw new IllegalArgumentException("a rekey raises the epoch");
    }
    // The entry checks itself: what could not become one must fail here, not in the log.
    Position first = Position.of(0, 1);
    Entry unused = new Entry(room, first, Position.ZERO, 0, kind, tag, epoch, id, body);
  }

  /** A member's message. */
  public static Append message(
      RoomId room, MemberTag tag, int memberVersion, int epoch, MessageId id, Bytes envelope) {
    return new Append(room, EntryKind.MESSAGE, tag, memberVersion, epoch, id, envelope, null);
  }

  /** A hint of the authority that changes no state of the room: {@code MEMBER} or {@code ITEM}. */
  public static Append hint(RoomId room, EntryKind kind, int epoch, MessageId id, Bytes body) {
    return new Append(room, kind, MemberTag.NONE, 0, epoch, id, body, null);
  }

  /**
   * What an authority kind does to the room's state, atomically with the append.
   *
   * <p>All of them expect the current epoch to be {@code expectedEpoch}, else {@code FENCED}.
   * {@code REKEY}: makes {@link Append#epoch}, which must be greater, current and {@code minEpoch}
   * the lowest accepted; expecting 0 it creates the room. {@code CLOSE}: raises the lowest accepted
   * epoch to {@code minEpoch}; above the current one, the room is <em>held</em>: it takes no entry
   * of a member until a rekey. {@code EVICT}: admits {@code evictTag} again only from {@code
   * evictBelow} on. {@code ANNOUNCE}: nothing. The lowest accepted epoch and the lowest admitted
   * version never fall. Authority kinds are not checked against the accepted epochs.
   *
   * @param leaseToken of the room's partition
   */
  public record Control(
      long leaseToken, int expectedEpoch, int minEpoch, MemberTag evictTag, int evictBelow) {}

  public static Append rekey(
      RoomId room, int epoch, int minEpoch, long leaseToken, MessageId id, Bytes rekey) {
    Control control = new Control(leaseToken, epoch - 1, minEpoch, MemberTag.NONE, 0);
    return new Append(room, EntryKind.REKEY, MemberTag.NONE, 0, epoch, id, rekey, control);
  }

  public static Append close(RoomId room, int epoch, int minEpoch, long leaseToken, MessageId id) {
    Control control = new Control(leaseToken, epoch, minEpoch, MemberTag.NONE, 0);
    return new Append(room, EntryKind.CLOSE, MemberTag.NONE, 0, epoch, id, Bytes.EMPTY, control);
  }

  /** Closes the current epoch before there is a next one: see {@link Control}. */
  public static Append hold(RoomId room, int epoch, long leaseToken, MessageId id) {
    Control control = new Control(leaseToken, epoch, epoch + 1, MemberTag.NONE, 0);
    EntryKind kind = EntryKind.CLOSE;
    return new Append(room, kind, MemberTag.NONE, 0, epoch + 1, id, Bytes.EMPTY, control);
  }

  public static Append announce(
      RoomId room, int epoch, long leaseToken, MessageId id, Bytes announcement) {
    Control control = new Control(leaseToken, epoch, 0, MemberTag.NONE, 0);
    return new Append(
        room, EntryKind.ANNOUNCE, MemberTag.NONE, 0, epoch, id, announcement, control);
  }

  /** The body is {@code tag ‖ u32 below}. */
  public static Append evict(
      RoomId room, int epoch, MemberTag tag, int below, long leaseToken, MessageId id) {
    Control control = new Control(leaseToken, epoch, 0, tag, below);
    ByteWriter body = new ByteWriter();
    tag.write(body);
    body.u32(below);
    return new Append(room, EntryKind.EVICT, MemberTag.NONE, 0, epoch, id, body.toBytes(), control);
  }
}
