package dev.zamok.protocol.ticket;

import dev.zamok.protocol.ConnectionId;
import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.SessionId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a client may do at the hub, for at most {@link #LIFETIME_MAX}. The audience is {@value
 * #AUDIENCE}.
 *
 * @param session by which connections are revoked; the same on every ticket of a login
 * @param connection random; the same on the renewals of a connection
 * @param issuedAt whole seconds
 * @param expiresAt whole seconds
 * @param grants at most {@value #GRANTS_MAX}, no room twice
 */
public record Ticket(
    SessionId session,
    ConnectionId connection,
    Instant issuedAt,
    Instant expiresAt,
    List<Grant> grants) {
  public static final String AUDIENCE = "zamok-hub";
  public static final int GRANTS_MAX = 512;
  public static final Duration LIFETIME_MAX = Duration.ofMinutes(15);

  public Ticket {
    grants = List.copyOf(grants);
    Lifetime.check(issuedAt, expiresAt, LIFETIME_MAX);
    if (grants.size() > GRANTS_MAX) {
      throw new MalformedException("P-110 ticket for " + grants.size() + " rooms");
    }
    Set<RoomId> rooms = new HashSet<>();
    for (Grant grant : grants) {
      if (!rooms.add(grant.room())) {
        throw new MalformedException("P-110 ticket that names a room twice");
      }
    }
  }
}
