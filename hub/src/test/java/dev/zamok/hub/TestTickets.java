package dev.zamok.hub;

import dev.zamok.protocol.ConnectionId;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.SessionId;
import dev.zamok.protocol.ticket.Algorithm;
import dev.zamok.protocol.ticket.Grant;
import dev.zamok.protocol.ticket.Right;
import dev.zamok.protocol.ticket.ServiceTicket;
import dev.zamok.protocol.ticket.Ticket;
import dev.zamok.protocol.ticket.TicketKey;
import dev.zamok.protocol.ticket.TicketKeyMaker;
import dev.zamok.protocol.ticket.TicketKeys;
import dev.zamok.protocol.ticket.Tickets;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Signs tickets as an authority would. */
public final class TestTickets {
  /** All but presence, whose frames come at any time. */
  public static final Set<Right> TALK = EnumSet.of(Right.READ, Right.PUBLISH, Right.SIGNAL);

  private final TicketKeys keys;

  public TestTickets() {
    this(Algorithm.EDDSA);
  }

  public TestTickets(Algorithm algorithm) {
    keys = keys(algorithm);
  }

  public static TicketKeys keys(Algorithm algorithm) {
    String set = TicketKeyMaker.make(algorithm, new SecureRandom()).whole();
    return TicketKeys.parse(set.getBytes(StandardCharsets.UTF_8));
  }

  public TicketKeys keys() {
    return keys;
  }

  public TicketKey key() {
    return keys.signing();
  }

  /** A room of the managed kind. */
  public static RoomId room(int number) {
    return new RoomId(0x01L << 56, number);
  }

  public static Grant grant(RoomId room, int tag) {
    return grant(room, tag, TALK, 1);
  }

  public static Grant grant(RoomId room, int tag, Set<Right> rights, int version) {
    return new Grant(room, new MemberTag(tag), rights, 0, version);
  }

  public static Ticket ticket(int session, Instant from, Duration valid, List<Grant> grants) {
    Instant issued = from.truncatedTo(ChronoUnit.SECONDS);
    return new Ticket(
        new SessionId(9, session),
        new ConnectionId(3, session),
        issued,
        issued.plus(valid),
        grants);
  }

  /** Valid for ten minutes from {@link TestTime#START}; one tag, the rights to talk. */
  public String sign(int session, RoomId... rooms) {
    List<Grant> grants = new ArrayList<>();
    for (RoomId room : rooms) {
      grants.add(grant(room, session));
    }
    return sign(session, grants);
  }

  public String sign(int session, List<Grant> grants) {
    return sign(ticket(session, TestTime.START, Duration.ofMinutes(10), grants));
  }

  public String sign(Ticket ticket) {
    return Tickets.sign(ticket, key());
  }

  public String service(ServiceTicket.Scope... scopes) {
    Instant issued = TestTime.START.truncatedTo(ChronoUnit.SECONDS);
    return Tickets.sign(
        new ServiceTicket("test", issued, issued.plus(Duration.ofHours(1)), Set.of(scopes)), key());
  }
}
