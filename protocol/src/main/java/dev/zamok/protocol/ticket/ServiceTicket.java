package dev.zamok.protocol.ticket;

import dev.zamok.protocol.MalformedException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;

/**
 * What a backend may do with the server API of a hub. The audience is {@value #AUDIENCE}.
 *
 * @param service a name for the log, 1 to 64 characters of {@code a-z 0-9 - .}
 */
public record ServiceTicket(
    String service, Instant issuedAt, Instant expiresAt, Set<Scope> scopes) {
  public static final String AUDIENCE = "zamok-service";
  public static final Duration LIFETIME_MAX = Duration.ofHours(24);

  public ServiceTicket {
    scopes = Set.copyOf(scopes);
    Lifetime.check(issuedAt, expiresAt, LIFETIME_MAX);
    if (!service.matches("[a-z0-9.-]{1,64}")) {
      throw new MalformedException("P-113 service name that is not a-z 0-9 - .");
    }
  }

  /** A part of the server API. */
  public enum Scope {
    /** Push entries and signals. */
    PUSH,
    /** Start, rekey and close epochs. */
    REKEY,
    /** Put members out of rooms, end sessions. */
    EVICT,
    /** Read the hot log and the state of rooms. */
    READ,
    /** See who is present. */
    PRESENCE;

    String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Scope parse(String text) {
      for (Scope scope : values()) {
        if (scope.text().equals(text)) {
          return scope;
        }
      }
      throw new MalformedException("P-113 unknown scope");
    }
  }
}
