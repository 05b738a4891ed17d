package dev.zamok.load.bench.server;

import dev.zamok.load.bench.wire.RoomNames;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.ConnectionId;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.SessionId;
import dev.zamok.protocol.ticket.Grant;
import dev.zamok.protocol.ticket.Right;
import dev.zamok.protocol.ticket.ServiceTicket;
import dev.zamok.protocol.ticket.Ticket;
import dev.zamok.protocol.ticket.TicketKey;
import dev.zamok.protocol.ticket.Tickets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Signs tickets as a backend does, each for somebody else. */
public record TicketDesk(TicketKey key, RoomNames names, Random random) {
  private static final Duration LIFETIME = Duration.ofMinutes(14);
  private static final Set<Right> RIGHTS = Set.of(Right.READ, Right.PUBLISH, Right.SIGNAL);

  /** For one connection in these rooms. */
  public String ticket(List<Integer> rooms) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    MemberTag tag = MemberTag.of(some(MemberTag.SIZE));
    List<Grant> grants =
        rooms.stream().map(room -> new Grant(names.id(room), tag, RIGHTS, 0, 0)).toList();
    Ticket ticket =
        new Ticket(
            SessionId.of(some(SessionId.SIZE)),
            ConnectionId.of(some(ConnectionId.SIZE)),
            now,
            now.plus(LIFETIME),
            grants);
    return Tickets.sign(ticket, key);
  }

  /** For the server API. */
  public String service(Set<ServiceTicket.Scope> scopes) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    return Tickets.sign(new ServiceTicket("bench", now, now.plus(LIFETIME), scopes), key);
  }

  private Bytes some(int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return Bytes.wrap(bytes);
  }
}
