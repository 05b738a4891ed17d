package dev.zamok.load.simulation;

import java.time.Duration;

/** A parameter of a simulation, by system property. */
final class Knob {
  private Knob() {}

  /**
   * @param least what makes sense; fails with {@link IllegalArgumentException} below it
   */
  static int number(String property, int usual, int least) {
    String given = System.getProperty(property);
    try {
      int value = given == null ? usual : Integer.parseInt(given);
      if (value >= least) {
        return value;
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw new IllegalArgumentException(
        "-D" + property + "=" + given + ": a number from " + least + " on is needed");
  }

  static Duration seconds(String property, int usual) {
    return Duration.ofSeconds(number(property, usual, 1));
  }

  static long seed() {
    return number("zamok.seed", 1, 0);
  }
}
