package dev.zamok.protocol.frame;

import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.ConnectionId;
import dev.zamok.protocol.ErrorCode;
import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.MessageId;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import java.util.List;

/** A frame from the hub to a client. */
public sealed interface HubFrame {
  <R> R accept(Visitor<R> visitor);

  /**
   * Answers HELLO, and TICKET when the new ticket was taken.
   *
   * @param expiresAtMillis when the connection ends unless its ticket is renewed, milliseconds
   *     since 1970
   */
  record Welcome(ConnectionId connection, Limits limits, long expiresAtMillis) implements HubFrame {
    public Welcome {
      Check.millis(expiresAtMillis);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.welcome(this);
    }
  }

  /**
   * What one connection may do. Each is at least 1.
   *
   * @param heartbeatSeconds send a frame at least this often; silence of twice as long ends the
   *     connection
   */
  record Limits(
      int frameBytesMax,
      int roomsMax,
      int publishesPerSecond,
      int joinsPerSecond,
      int heartbeatSeconds) {
    public Limits {
      if (Math.min(frameBytesMax, roomsMax) < 1
          || Math.min(publishesPerSecond, joinsPerSecond) < 1
          || heartbeatSeconds < 1) {
        throw new MalformedException("P-020 WELCOME with a limit below 1");
      }
    }
  }

  /**
   * Answers one room of a JOIN. ENTRY frames for what was missed follow, up to {@code head}.
   *
   * @param rekeys the bodies of the rekeys after the epoch the client knew, oldest first; the
   *     newest is the current one; at most {@value #REKEYS_MAX}, each at most {@link
   *     dev.zamok.protocol.Entry#REKEY_BYTES_MAX} bytes
   * @param present how many sessions are in the room
   */
  record Joined(
      RoomId room, Position head, Recovery recovery, int epoch, List<Bytes> rekeys, int present)
      implements HubFrame {
    public static final int REKEYS_MAX = 64;

    public Joined {
      rekeys = List.copyOf(rekeys);
      if (rekeys.size() > REKEYS_MAX) {
        throw new MalformedException("P-022 JOINED with " + rekeys.size() + " rekeys");
      }
      for (Bytes rekey : rekeys) {
        if (rekey.size() > dev.zamok.protocol.Entry.REKEY_BYTES_MAX) {
          throw new MalformedException("P-023 rekey of " + rekey.size() + " bytes");
        }
      }
      room.trust();
      Check.u32(epoch);
      Check.u32(present);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.joined(this);
    }
  }

  /** Whether the entries that follow JOINED are everything after {@code resumeAfter}. */
  enum Recovery {
    /** They are not, or nothing was to be resumed: repair from history. */
    INCOMPLETE(0),
    /** They are. */
    COMPLETE(1),
    /** The log no longer has what the client saw: withdraw it unless history has it. */
    LOST(2);

    private final int code;

    Recovery(int code) {
      this.code = code;
    }

    int code() {
      return code;
    }

    static Recovery of(int code) {
      return switch (code) {
        case 0 -> INCOMPLETE;
        case 1 -> COMPLETE;
        case 2 -> LOST;
        default -> throw new MalformedException("P-021 unknown recovery " + code);
      };
    }
  }

  /** One committed entry of a room. */
  record Entry(dev.zamok.protocol.Entry entry) implements HubFrame {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.entry(this);
    }
  }

  /** The message is as durable as the acknowledgement level says, at this position. */
  record Ack(RoomId room, MessageId id, Position position) implements HubFrame {
    public Ack {
      room.trust();
      Check.id(id);
      if (position.equals(Position.ZERO)) {
        throw new MalformedException("P-034 ACK at position zero");
      }
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.ack(this);
    }
  }

  /**
   * One request was refused; the connection goes on. A JOIN is refused room by room.
   *
   * @param room {@link RoomId#NONE} for TICKET, and only there
   * @param id of the message for PUBLISH, otherwise {@link MessageId#NONE}
   * @param retryAfterMillis do not try again earlier; means nothing when the code says not to retry
   */
  record Reject(Request request, RoomId room, MessageId id, ErrorCode code, int retryAfterMillis)
      implements HubFrame {
    public Reject {
      if (room.equals(RoomId.NONE) != (request == Request.TICKET)) {
        throw new MalformedException("P-036 REJECT of TICKET names no room, every other one does");
      }
      if (request != Request.TICKET) {
        room.trust();
      }
      if (id.equals(MessageId.NONE) == (request == Request.PUBLISH)) {
        throw new MalformedException("P-037 REJECT of PUBLISH names the message, no other does");
      }
      Check.u32(retryAfterMillis);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.reject(this);
    }
  }

  /** What a REJECT answers. */
  enum Request {
    JOIN(2),
    PUBLISH(4),
    SIGNAL(5),
    TICKET(6);

    private final int code;

    Request(int code) {
      this.code = code;
    }

    /** The type of the client frame that was refused. */
    int code() {
      return code;
    }

    static Request of(int code) {
      for (Request request : values()) {
        if (request.code == code) {
          return request;
        }
      }
      throw new MalformedException("P-035 REJECT of unknown request " + code);
    }
  }

  /**
   * A signal of a member, one's own included.
   *
   * @param tag its author; {@link MemberTag#NONE} if a server sent it
   * @param head of the room when the hub passed it on, so that a lost last entry is noticed
   */
  record Signal(RoomId room, MemberTag tag, Position head, Bytes envelope) implements HubFrame {
    public Signal {
      room.trust();
      Check.signal(envelope);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.signal(this);
    }
  }

  /**
   * The entries of (from, to] were not sent: repair from history; what follows {@code to} is live
   * again.
   */
  record Gap(RoomId room, Position from, Position to) implements HubFrame {
    public Gap {
      room.trust();
      if (!to.isAfter(from)) {
        throw new MalformedException("P-039 GAP that is empty");
      }
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.gap(this);
    }
  }

  /** The connection is out of this room. */
  record Evicted(RoomId room, ErrorCode code) implements HubFrame {
    public Evicted {
      room.trust();
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.evicted(this);
    }
  }

  /**
   * Who is in a room, by session.
   *
   * @param count how many sessions are present
   * @param tags who, each once (a member may have several sessions); empty when more than {@value
   *     #LIST_MAX} sessions are present
   */
  record Presence(RoomId room, int count, List<MemberTag> tags) implements HubFrame {
    public static final int LIST_MAX = 200;

    public Presence {
      tags = List.copyOf(tags);
      room.trust();
      Check.u32(count);
      if (tags.size() > LIST_MAX || (count > LIST_MAX && !tags.isEmpty())) {
        throw new MalformedException("P-040 PRESENCE that lists too many");
      }
      if (tags.size() > count || tags.contains(MemberTag.NONE)) {
        throw new MalformedException("P-041 PRESENCE that lists who is not there");
      }
      Check.distinct(tags, "P-041 PRESENCE that lists a member twice");
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.presence(this);
    }
  }

  record Pong(long nonce) implements HubFrame {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.pong(this);
    }
  }

  /** One method per frame, so that a new one breaks the build wherever it is unhandled. */
  interface Visitor<R> {
    R welcome(Welcome frame);

    R joined(Joined frame);

    R entry(Entry frame);

    R ack(Ack frame);

    R reject(Reject frame);

    R signal(Signal frame);

    R gap(Gap frame);

    R evicted(Evicted frame);

    R presence(Presence frame);

    R pong(Pong frame);
  }
}
