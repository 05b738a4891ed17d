package dev.zamok.load.bench.drive;

/**
 * What each receiver got: every message of a room exactly once, in the order of their numbers,
 * which begin with 0. A message that comes late counts as lost and as doubled. Not thread-safe.
 */
public final class Ledger {
  private final long[] next;
  private long delivered;
  private long lost;
  private long doubled;

  /**
   * @param receivers pairs of a connection and a room
   */
  public Ledger(int receivers) {
    next = new long[receivers];
  }

  /** Returns whether the message was new to the receiver. */
  public boolean take(int receiver, long number) {
    long expected = next[receiver];
    if (number < expected) {
      doubled++;
      return false;
    }
    lost += number - expected;
    next[receiver] = number + 1;
    delivered++;
    return true;
  }

  /** At the end: {@code sent} messages went to the receiver. */
  public void close(int receiver, long sent) {
    if (next[receiver] < sent) {
      lost += sent - next[receiver];
      next[receiver] = sent;
    } else if (next[receiver] > sent) {
      throw new IllegalStateException("more came than was sent");
    }
  }

  public long delivered() {
    return delivered;
  }

  public long lost() {
    return lost;
  }

  public long doubled() {
    return doubled;
  }
}
