package dev.zamok.protocol.ticket;

import dev.zamok.protocol.MalformedException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What every kind of ticket demands of its times. */
final class Lifetime {
  private Lifetime() {}

  static void check(Instant issuedAt, Instant expiresAt, Duration max) {
    if (!isWhole(issuedAt) || !isWhole(expiresAt) || issuedAt.isBefore(Instant.EPOCH)) {
      throw new MalformedException("P-108 ticket times are whole seconds since 1970");
    }
    if (!expiresAt.isAfter(issuedAt) || expiresAt.isAfter(issuedAt.plus(max))) {
      throw new MalformedException("P-108 ticket that is valid for too long, or never");
    }
  }

  private static boolean isWhole(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).equals(time);
  }
}
