package dev.zamok.authority.alert;

import java.time.Duration;

/**
 * When people are told.
 *
 * @param every how often everything is looked at
 * @param raiseAfter how long something must be wrong until people are told
 * @param clearAfter how long it must be right again
 */
public record AlertConfig(Duration every, Duration raiseAfter, Duration clearAfter) {
  public static final AlertConfig DEFAULT =
      new AlertConfig(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(30));
}
