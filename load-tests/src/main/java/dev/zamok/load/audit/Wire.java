package dev.zamok.load.audit;

import dev.zamok.protocol.Position;
import dev.zamok.protocol.frame.HubFrame.Recovery;
import org.jspecify.annotations.Nullable;

/** What the hub sent for one room over one client's connections, in the order of its coming. */
public sealed interface Wire {
  <R> R accept(Visitor<R> visitor);

  /**
   * The room was joined: a new stretch of entries begins.
   *
   * @param after what was to be resumed, null for live entries only
   */
  record Joined(@Nullable Position after, Position head, Recovery recovery) implements Wire {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.joined(this);
    }
  }

  record Entry(LogEntry entry) implements Wire {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.entry(this);
    }
  }

  /** The hub said that it left out (from, to]. */
  record Gap(Position from, Position to) implements Wire {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.gap(this);
    }
  }

  /** One method per variant. */
  interface Visitor<R> {
    R joined(Joined joined);

    R entry(Entry entry);

    R gap(Gap gap);
  }
}
