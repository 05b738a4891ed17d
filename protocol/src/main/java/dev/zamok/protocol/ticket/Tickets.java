package dev.zamok.protocol.ticket;

import dev.zamok.protocol.ConnectionId;
import dev.zamok.protocol.ErrorCode;
import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.Rejection;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.SessionId;
import dev.zamok.protocol.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The codec of tickets: JWTs in compact form.
 *
 * <pre>
 * header   {"alg":"EdDSA","kid":"..."}      exactly these two, and "typ":"JWT" if present
 * ticket   {"aud":"zamok-hub","iat":s,"exp":s,"sid":"16 bytes","cid":"16 bytes",
 *           "rooms":[["room 16","tag 8",rights,epoch,memberVersion], ...]}
 *           rights: 1 read | 2 publish | 4 signal | 8 presence
 * service  {"aud":"zamok-service","iat":s,"exp":s,"svc":"name","scope":["push", ...]}
 * </pre>
 *
 * Bytes are unpadded base64url, times whole seconds since 1970. Unknown members are refused. The
 * checks are {@code P-101} to {@code P-113} of {@code PROTOCOL.md}; a stranger learns only whether
 * the ticket is invalid or expired.
 *
 * <p>Verification takes up to a millisecond of CPU: keep it off event loops. Thread-safe.
 */
public final class Tickets {
  /** How far the clock of the hub may lag behind that of the signer. */
  public static final Duration CLOCK_SKEW_MAX = Duration.ofSeconds(60);

  /** 512 rooms take at most 45,500. */
  public static final int CHARACTERS_MAX = 60_000;

  private static final long SECONDS_MAX = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();
  private static final Map<String, Class<?>> CLAIMS =
      Map.of(
          "aud", String.class,
          "iat", Long.class,
          "exp", Long.class,
          "sid", String.class,
          "cid", String.class,
          "rooms", List.class);
  private static final Map<String, Class<?>> SERVICE_CLAIMS =
      Map.of(
          "aud", String.class,
          "iat", Long.class,
          "exp", Long.class,
          "svc", String.class,
          "scope", List.class);

  private Tickets() {}

  public static String sign(Ticket ticket, TicketKey key) {
    Map<String, Object> claims = claims(Ticket.AUDIENCE, ticket.issuedAt(), ticket.expiresAt());
    claims.put("sid", ticket.session().toString());
    claims.put("cid", ticket.connection().toString());
    claims.put("rooms", ticket.grants().stream().map(Tickets::row).toList());
    return Jwt.sign(claims, key);
  }

  public static String sign(ServiceTicket ticket, TicketKey key) {
    Map<String, Object> claims =
        claims(ServiceTicket.AUDIENCE, ticket.issuedAt(), ticket.expiresAt());
    claims.put("svc", ticket.service());
    claims.put("scope", ticket.scopes().stream().sorted().map(ServiceTicket.Scope::text).toList());
    return Jwt.sign(claims, key);
  }

  /**
   * Fails with {@link Rejection}: {@code TICKET_INVALID}, or {@code TICKET_EXPIRED} if nothing else
   * is wrong.
   */
  public static Ticket verify(String token, TicketKeys keys, Instant now) {
    Ticket ticket;
    try {
      ticket = read(token, keys, now);
    } catch (MalformedException e) {
      throw new Rejection(ErrorCode.TICKET_INVALID);
    }
    return live(ticket, ticket.expiresAt(), now);
  }

  /** As {@link #verify}, for the server API. */
  public static ServiceTicket verifyService(String token, TicketKeys keys, Instant now) {
    ServiceTicket ticket;
    try {
      ticket = readService(token, keys, now);
    } catch (MalformedException e) {
      throw new Rejection(ErrorCode.TICKET_INVALID);
    }
    return live(ticket, ticket.expiresAt(), now);
  }

  /** All checks but the end; the text of the failure names the one that failed. */
  static Ticket read(String token, TicketKeys keys, Instant now) {
    Map<String, Object> claims = claims(token, keys, Ticket.AUDIENCE, CLAIMS);
    List<Grant> grants = new ArrayList<>();
    for (Object row : Json.list(claims, "rooms")) {
      grants.add(Numbered.under("P-109", () -> grant(row)));
    }
    return new Ticket(
        Numbered.under("P-106", () -> SessionId.parse(Json.text(claims, "sid"))),
        Numbered.under("P-106", () -> ConnectionId.parse(Json.text(claims, "cid"))),
        past(instant(claims, "iat"), now),
        instant(claims, "exp"),
        grants);
  }

  static ServiceTicket readService(String token, TicketKeys keys, Instant now) {
    Map<String, Object> claims = claims(token, keys, ServiceTicket.AUDIENCE, SERVICE_CLAIMS);
    Set<ServiceTicket.Scope> scopes = EnumSet.noneOf(ServiceTicket.Scope.class);
    for (Object scope : Json.list(claims, "scope")) {
      if (!(scope instanceof String text) || !scopes.add(ServiceTicket.Scope.parse(text))) {
        throw new MalformedException("P-113 scope twice, or not a text");
      }
    }
    return new ServiceTicket(
        Json.text(claims, "svc"),
        past(instant(claims, "iat"), now),
        instant(claims, "exp"),
        scopes);
  }

  private static Map<String, Object> claims(
      String token, TicketKeys keys, String audience, Map<String, Class<?>> types) {
    Map<String, Object> claims = Jwt.verify(token, keys);
    if (!audience.equals(claims.get("aud"))) {
      throw new MalformedException("P-107 for another audience");
    }
    if (!claims.keySet().equals(types.keySet())) {
      throw new MalformedException("P-106 missing or unknown claims");
    }
    types.forEach(
        (name, type) -> {
          if (!type.isInstance(claims.get(name))) {
            throw new MalformedException("P-106 claim \"" + name + "\" of another type");
          }
        });
    return claims;
  }

  private static Map<String, Object> claims(String audience, Instant issued, Instant expires) {
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("aud", audience);
    claims.put("iat", issued.getEpochSecond());
    claims.put("exp", expires.getEpochSecond());
    return claims;
  }

  private static List<Object> row(Grant grant) {
    return List.of(
        grant.room().toString(),
        grant.tag().toString(),
        Right.pack(grant.rights()),
        grant.epoch(),
        grant.memberVersion());
  }

  private static Grant grant(Object row) {
    if (row instanceof List<?> fields
        && fields.size() == 5
        && fields.get(0) instanceof String room
        && fields.get(1) instanceof String tag) {
      return new Grant(
          RoomId.parse(room),
          MemberTag.parse(tag),
          Right.unpack(u31(fields.get(2))),
          u31(fields.get(3)),
          u31(fields.get(4)));
    }
    throw new MalformedException("P-109 room of another shape");
  }

  private static int u31(Object value) {
    if (value instanceof Long number && number >= 0 && number <= Integer.MAX_VALUE) {
      return number.intValue();
    }
    throw new MalformedException("P-109 number out of range");
  }

  private static Instant instant(Map<String, Object> claims, String name) {
    long seconds = Json.number(claims, name);
    if (seconds < 0 || seconds > SECONDS_MAX) {
      throw new MalformedException("P-108 time out of range");
    }
    return Instant.ofEpochSecond(seconds);
  }

  private static Instant past(Instant issuedAt, Instant now) {
    if (issuedAt.isAfter(now.plus(CLOCK_SKEW_MAX))) {
      throw new MalformedException("P-111 issued in the future");
    }
    return issuedAt;
  }

  /** P-112. */
  private static <T> T live(T ticket, Instant expiresAt, Instant now) {
    if (!expiresAt.isAfter(now)) {
      throw new Rejection(ErrorCode.TICKET_EXPIRED);
    }
    return ticket;
  }
}
