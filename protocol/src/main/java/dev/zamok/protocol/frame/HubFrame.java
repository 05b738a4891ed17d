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
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.welcome(this);
    }
  }

  /**
   * What one connection may do.
   *
   * @param heartbeatSeconds send a frame at least this often; silence of twice as long ends the
   *     connection
   */
  record Limits(
      int frameBytesMax,
      int roomsMax,
      int publishesPerSecond,
      int joinsPerSecond,
      int heartbeatSeconds) {}

  /**
   * Answers one room of a JOIN. ENTRY frames for what was missed follow, up to {@code head}.
   *
   * @param rekeys the bodies of the rekeys after the epoch the client knew, oldest first; the
   *     newest is the current one
   * @param present how many sessions are in the room
   */
  record Joined(
      RoomId room, Position head, Recovery recovery, int epoch, List<Bytes> rekeys, int present)
      implements HubFrame {
    public static final int REKEYS_MAX = 64;

    public Joined {
      rekeys = List.copyOf(rekeys);
      if (rekeys.size() > REKEYS_MAX) {
        throw new MalformedException("JOINED with " + rekeys.size() + " rekeys");
      }
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
        default -> throw new MalformedException("unknown recovery " + code);
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
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.ack(this);
    }
  }

  /**
   * One request was refused; the connection goes on.
   *
   * @param id of the message for PUBLISH, otherwise {@link MessageId#NONE}
   * @param retryAfterMillis do not try again earlier; 0 when the code says not to retry or gives no
   *     time
   */
  record Reject(Request request, RoomId room, MessageId id, ErrorCode code, int retryAfterMillis)
      implements HubFrame {
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
      throw new MalformedException("REJECT of unknown request " + code);
    }
  }

  /**
   * A signal of another member.
   *
   * @param head of the room when the hub passed it on, so that a lost last entry is noticed
   */
  record Signal(RoomId room, MemberTag tag, Position head, Bytes envelope) implements HubFrame {
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
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.gap(this);
    }
  }

  /** The connection is out of this room. */
  record Evicted(RoomId room, ErrorCode code) implements HubFrame {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.evicted(this);
    }
  }

  /**
   * Who is in a room, by session.
   *
   * @param count how many sessions are present
   * @param tags who, each once; empty when more than {@value #LIST_MAX} sessions are present
   */
  record Presence(RoomId room, int count, List<MemberTag> tags) implements HubFrame {
    public static final int LIST_MAX = 200;

    public Presence {
      tags = List.copyOf(tags);
      if (tags.size() > LIST_MAX) {
        throw new MalformedException("PRESENCE of " + tags.size() + " tags");
      }
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
