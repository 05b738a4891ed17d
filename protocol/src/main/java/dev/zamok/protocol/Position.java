package dev.zamok.protocol;

/**
 * The place of an entry in its partition of the log: generation (24 bits) · counter (40 bits),
 * ordered as an unsigned number.
 *
 * <p>The generation rises whenever the log was opened anew; the counter never restarts.
 */
public record Position(long packed) implements Comparable<Position> {
  public static final int SIZE = 8;
  public static final int GENERATION_MAX = (1 << 24) - 1;
  public static final long COUNTER_MAX = (1L << 40) - 1;

  /** Before every entry. */
  public static final Position ZERO = new Position(0);

  public static Position of(int generation, long counter) {
    if (generation < 0 || generation > GENERATION_MAX || counter < 0 || counter > COUNTER_MAX) {
      throw new IllegalArgumentException("no such position: " + generation + "-" + counter);
    }
    return new Position((long) generation << 40 | counter);
  }

  public static Position read(ByteReader reader) {
    return new Position(reader.u64());
  }

  /** The inverse of {@link #toString}; fails with {@link MalformedException}. */
  public static Position parse(String text) {
    int dash = text.indexOf('-');
    try {
      Position position =
          of(
              Integer.parseInt(text, 0, dash, 10),
              Long.parseLong(text, dash + 1, text.length(), 10));
      if (position.toString().equals(text)) {
        return position;
      }
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new MalformedException("not a position");
    }
    throw new MalformedException("not a position");
  }

  public int generation() {
    return (int) (packed >>> 40);
  }

  public long counter() {
    return packed & COUNTER_MAX;
  }

  public boolean isAfter(Position other) {
    return compareTo(other) > 0;
  }

  public void write(ByteWriter writer) {
    writer.u64(packed);
  }

  @Override
  public int compareTo(Position other) {
    return Long.compareUnsigned(packed, other.packed);
  }

  /** {@code generation-counter}, decimal. */
  @Override
  public String toString() {
    return generation() + "-" + counter();
  }
}
