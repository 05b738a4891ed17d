package dev.zamok.load.audit;

import dev.zamok.protocol.Position;

/**
 * One message that was published, with what became of it.
 *
 * @param content no two messages of a run have the same
 * @param position where it was acknowledged, {@link Position#ZERO} when it was not
 * @param startNanos monotonic, one clock for the whole run
 */
public record Send(
    String content, Outcome outcome, Position position, long startNanos, long endNanos) {
  /** What the sender was told. */
  public enum Outcome {
    ACKNOWLEDGED,
    /** It is certainly not in the log. */
    REFUSED,
    /** Nobody knows. */
    UNKNOWN
  }
}
