package dev.zamok.protocol.frame;

import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.Entry;
import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.MessageId;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A frame from a client to the hub: well-formed, but nothing in it is checked yet. */
public sealed interface ClientFrame {
  <R> R accept(Visitor<R> visitor);

  /** The first frame of a connection. The ticket is a JWT in compact form. */
  record Hello(String ticket) implements ClientFrame {
    public Hello {
      Check.ticket(ticket);
    }

    /** The ticket is a credential: it is not told. */
    @Override
    public String toString() {
      return "Hello[ticket of " + ticket.length() + " characters]";
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.hello(this);
    }
  }

  /** Asks for one or more rooms at once, 1 to {@value #ROOMS_MAX}, none twice. */
  record Join(List<Request> requests) implements ClientFrame {
    public static final int ROOMS_MAX = 512;

    public Join {
      requests = List.copyOf(requests);
      if (requests.isEmpty() || requests.size() > ROOMS_MAX) {
        throw new MalformedException("P-012 JOIN of " + requests.size() + " rooms");
      }
      Check.distinct(
          requests.stream().map(Request::room).toList(), "P-013 JOIN that names a room twice");
    }

    /**
     * One room.
     *
     * @param resumeAfter the last position seen, or null for live entries only
     * @param epochKnown the newest epoch whose rekey the client has; 0 for none
     */
    public record Request(RoomId room, @Nullable Position resumeAfter, int epochKnown) {
      public Request {
        room.trust();
        Check.u32(epochKnown);
      }
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.join(this);
    }
  }

  record Leave(RoomId room) implements ClientFrame {
    public Leave {
      room.trust();
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.leave(this);
    }
  }

  /**
   * Idempotent by (room, tag, id).
   *
   * @param id never {@link MessageId#NONE}
   * @param envelope 1 to {@link dev.zamok.protocol.Entry#BODY_BYTES_MAX} bytes
   */
  record Publish(RoomId room, MessageId id, int epoch, Bytes envelope) implements ClientFrame {
    public Publish {
      room.trust();
      Check.id(id);
      Check.u32(epoch);
      if (envelope.isEmpty() || envelope.size() > Entry.BODY_BYTES_MAX) {
        throw new MalformedException("P-015 envelope of " + envelope.size() + " bytes");
      }
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.publish(this);
    }
  }

  /**
   * Typing, cursors: passed on to those connected now, never stored.
   *
   * @param envelope 1 to {@link ClientFrames#SIGNAL_BYTES_MAX} bytes
   */
  record Signal(RoomId room, Bytes envelope) implements ClientFrame {
    public Signal {
      room.trust();
      Check.signal(envelope);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.signal(this);
    }
  }

  /** Replaces the ticket of the connection by a newer one of the same session. */
  record Renew(String ticket) implements ClientFrame {
    public Renew {
      Check.ticket(ticket);
    }

    @Override
    public String toString() {
      return "Renew[ticket of " + ticket.length() + " characters]";
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.renew(this);
    }
  }

  /** Keeps the connection alive; comes back as PONG with the same number. */
  record Ping(long nonce) implements ClientFrame {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.ping(this);
    }
  }

  /** One method per frame, so that a new one breaks the build wherever it is unhandled. */
  interface Visitor<R> {
    R hello(Hello frame);

    R join(Join frame);

    R leave(Leave frame);

    R publish(Publish frame);

    R signal(Signal frame);

    R renew(Renew frame);

    R ping(Ping frame);
  }
}
