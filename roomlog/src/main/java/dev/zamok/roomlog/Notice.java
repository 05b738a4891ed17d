package dev.zamok.roomlog;

import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.SessionId;

/** What every hub and authority is told at once, beside the log. */
public sealed interface Notice {
  <R> R accept(Visitor<R> visitor);

  /** Ends all connections of a session. */
  record Revoke(SessionId session) implements Notice {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.revoke(this);
    }
  }

  /** Puts a member out of a room at once, while its EVICT entry waits for the log. */
  record Evict(RoomId room, MemberTag tag, int below) implements Notice {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.evict(this);
    }
  }

  /** A node lives. Each node hears its own beats too. */
  record Beat(NodeBeat beat) implements Notice {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.beat(this);
    }
  }

  /** One method per notice, so that a new one breaks the build wherever it is unhandled. */
  interface Visitor<R> {
    R revoke(Revoke notice);

    R evict(Evict notice);

    R beat(Beat notice);
  }
}
