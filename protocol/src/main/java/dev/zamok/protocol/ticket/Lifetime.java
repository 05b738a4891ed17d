package dev.zamok.protocol.ticket;

import dev.zamok.protocol.MalformedException;
import java.time.Duration;
import java.time.Instant;

/** What every kind of ticket demands of its times. */
final class Lifetime {
  private Lifetime() {}

  static void check(Instant issuedAt, Instant expiresAt, Duration max) {
    if (issuedAt.getNano() != 0 || expiresAt.getNano() != 0 || issuedAt.getEpochSecond() < 0) {
      throw new MalformedException("ticket times are whole seconds since 1970");
    }
    if (!expiresAt.isAfter(issuedAt) || expiresAt.isAfter(issuedAt.plus(max))) {
      throw new MalformedException("ticket that is valid for too long, or never");
    }
  }
}
