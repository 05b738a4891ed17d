package dev.zamok.authority.store;

import dev.zamok.protocol.Unavailable;

/**
 * What became of a change or a batch, which happens whole or not at all.
 *
 * @param change the index of the change that was in conflict
 * @param present the version of the row that was in its way; 0 when there is none
 */
public record Outcome(State state, int change, long present) {
  /** The three ends of a compare-and-set. */
  public enum State {
    APPLIED,
    /** Nothing was changed: another version is there, or other content. */
    CONFLICT,
    /** It may have happened. Read before trying again. */
    UNKNOWN
  }

  public static final Outcome APPLIED = new Outcome(State.APPLIED, 0, 0);
  public static final Outcome UNKNOWN = new Outcome(State.UNKNOWN, 0, 0);

  public static Outcome conflict(int change, long present) {
    return new Outcome(State.CONFLICT, change, present);
  }

  /**
   * True when applied, false when in conflict; fails with {@link Unavailable} when that is unknown.
   */
  public boolean applied() {
    if (state == State.UNKNOWN) {
      throw new Unavailable("the store did not answer in time", true);
    }
    return state == State.APPLIED;
  }
}
