package dev.zamok.secrets.strength;

/**
 * What a password is worth against somebody who guesses cleverly.
 *
 * @param bits the logarithm to base 2 of the guesses it takes, rounded down
 */
public record Strength(int bits) {
  /** In five steps, for a meter. */
  public Grade grade() {
    for (Grade grade : Grade.values()) {
      if (bits < grade.bitsBelow) {
        return grade;
      }
    }
    return Grade.EXCELLENT;
  }

  /** Grades by the guesses they withstand. */
  public enum Grade {
    /** Falls to a few guesses on line. */
    VERY_WEAK(20),
    /** Falls to anybody who got hold of a hash. */
    WEAK(40),
    /** Withstands guessing on line, not a determined attack on a stolen hash. */
    FAIR(56),
    /** Withstands all but the richest attackers. */
    GOOD(75),
    /** Beyond guessing. */
    EXCELLENT(Integer.MAX_VALUE);

    private final int bitsBelow;

    Grade(int bitsBelow) {
      this.bitsBelow = bitsBelow;
    }
  }
}
