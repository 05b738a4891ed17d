package dev.zamok.load.audit;

import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.MessageId;
import dev.zamok.protocol.Position;
import java.util.List;

/** What a client's user was told about one room, in order. */
public sealed interface Seen {
  <R> R accept(Visitor<R> visitor);

  /** A message, opened and verified. */
  record Message(Position position, MemberTag tag, MessageId id, String content) implements Seen {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.message(this);
    }
  }

  /** (from, to] is missing. */
  record Missing(Position from, Position to) implements Seen {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.missing(this);
    }
  }

  /** (from, to] was missing and is here now. */
  record Repaired(Position from, Position to) implements Seen {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.repaired(this);
    }
  }

  /** These were taken back. */
  record Withdrawn(List<Position> positions) implements Seen {
    public Withdrawn {
      positions = List.copyOf(positions);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.withdrawn(this);
    }
  }

  /** A warning. */
  record Warned(Warning kind, Position position, String text) implements Seen {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.warned(this);
    }
  }

  /** How bad a warning is. */
  enum Warning {
    /** Something does not verify, or cannot be opened. */
    ALARM,
    /** Something is missing for good. */
    INCOMPLETE,
    /** A sender's numbers skip, which a message that was given up explains. */
    HOLE
  }

  /** One method per variant. */
  interface Visitor<R> {
    R message(Message message);

    R missing(Missing missing);

    R repaired(Repaired repaired);

    R withdrawn(Withdrawn withdrawn);

    R warned(Warned warned);
  }
}
