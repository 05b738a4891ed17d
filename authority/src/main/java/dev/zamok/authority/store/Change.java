package dev.zamok.authority.store;

import dev.zamok.protocol.Bytes;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One change of one row. What expires is gone for every reader from that time on. */
public sealed interface Change {
  Bytes sort();

  /** The version of the row that it finds; 0 for none. */
  long expected();

  /** How much is written. */
  int bodyBytes();

  <R> R accept(Visitor<R> visitor);

  /** A row that is not there yet; its version becomes 1. */
  static Change insert(Bytes sort, Bytes body) {
    return new Insert(sort, body, null);
  }

  /** Replaces the row of version {@code expected}; its version becomes one more. */
  static Change put(Bytes sort, long expected, Bytes body) {
    return new Put(sort, expected, body, null);
  }

  /** Removes the row of version {@code expected}. */
  static Change delete(Bytes sort, long expected) {
    return new Delete(sort, expected);
  }

  /** See {@link #insert(Bytes, Bytes)}. */
  record Insert(Bytes sort, Bytes body, @Nullable Instant expires) implements Change {
    @Override
    public long expected() {
      return 0;
    }

    @Override
    public int bodyBytes() {
      return body.size();
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.insert(this);
    }
  }

  /** See {@link #put(Bytes, long, Bytes)}. */
  record Put(Bytes sort, long expected, Bytes body, @Nullable Instant expires) implements Change {
    public Put {
      requireVersion(expected);
    }

    @Override
    public int bodyBytes() {
      return body.size();
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.put(this);
    }
  }

  /** See {@link #delete(Bytes, long)}. */
  record Delete(Bytes sort, long expected) implements Change {
    public Delete {
      requireVersion(expected);
    }

    @Override
    public int bodyBytes() {
      return 0;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.delete(this);
    }
  }

  private static void requireVersion(long expected) {
    if (expected < 1) {
      throw new IllegalArgumentException("version " + expected);
    }
  }

  /** One method per change, so that a new one breaks the build wherever it is unhandled. */
  interface Visitor<R> {
    R insert(Insert change);

    R put(Put change);

    R delete(Delete change);
  }
}
