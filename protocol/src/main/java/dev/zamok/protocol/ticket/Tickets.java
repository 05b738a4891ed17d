package dev.zamok.protocol.ticket;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.ConnectionId;
import dev.zamok.protocol.ErrorCode;
import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.Rejection;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.SessionId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The codec of tickets: JWTs in compact form.
 *
 * <pre>
 * header   {"alg":"EdDSA","kid":"..."}                  exactly these two, in any order, and "typ":"JWT" if present
 * ticket   {"aud":"zamok-hub","iat":s,"exp":s,"sid":"16 bytes","cid":"16 bytes",
 *           "rooms":[["room 16","tag 8",rights,epoch,memberVersion], ...]}
 *           rights: 1 read | 2 publish | 4 signal | 8 presence
 * service  {"aud":"zamok-service","iat":s,"exp":s,"svc":"name","scope":["push", ...]}
 * </pre>
 *
 * Bytes are unpadded base64url, times whole seconds since 1970. Unknown members are refused.
 *
 * <p>Verification takes up to a millisecond of CPU: keep it off event loops. Thread-safe.
 */
public final class Tickets {
  /** How far clocks of authority and hub may be apart. */
  public static final Duration CLOCK_SKEW_MAX = Duration.ofSeconds(60);

  private static final int CHARACTERS_MAX = 60_000;

  private Tickets() {}

  public static String sign(Ticket ticket, TicketKey key) {
    return token(
        key,
        json -> {
          json.writeStringField("aud", Ticket.AUDIENCE);
          json.writeNumberField("iat", ticket.issuedAt().getEpochSecond());
          json.writeNumberField("exp", ticket.expiresAt().getEpochSecond());
          json.writeStringField("sid", ticket.session().toString());
          json.writeStringField("cid", ticket.connection().toString());
          json.writeArrayFieldStart("rooms");
          for (Grant grant : ticket.grants()) {
            json.writeStartArray();
            json.writeString(grant.room().toString());
            json.writeString(grant.tag().toString());
            json.writeNumber(Right.pack(grant.rights()));
            json.writeNumber(grant.epoch());
            json.writeNumber(grant.memberVersion());
            json.writeEndArray();
          }
          json.writeEndArray();
        });
  }

  public static String sign(ServiceTicket ticket, TicketKey key) {
    return token(
        key,
        json -> {
          json.writeStringField("aud", ServiceTicket.AUDIENCE);
          json.writeNumberField("iat", ticket.issuedAt().getEpochSecond());
          json.writeNumberField("exp", ticket.expiresAt().getEpochSecond());
          json.writeStringField("svc", ticket.service());
          json.writeArrayFieldStart("scope");
          for (ServiceTicket.Scope scope : ticket.scopes()) {
            json.writeString(scope.text());
          }
          json.writeEndArray();
        });
  }

  /**
   * Fails with {@link Rejection}: {@code TICKET_INVALID}, or {@code TICKET_EXPIRED} if nothing else
   * is wrong.
   */
  public static Ticket verify(String token, TicketKeys keys, Instant now) {
    try {
      Map<String, Object> claims = claims(token, keys);
      demand(claims, Ticket.AUDIENCE, Set.of("aud", "iat", "exp", "sid", "cid", "rooms"));
      List<Grant> grants = new ArrayList<>();
      for (Object room : Json.list(claims.get("rooms"), "rooms")) {
        grants.add(grant(Json.list(room, "rooms")));
      }
      Ticket ticket =
          new Ticket(
              SessionId.parse(Json.text(claims, "sid")),
              ConnectionId.parse(Json.text(claims, "cid")),
              instant(claims, "iat"),
              instant(claims, "exp"),
              grants);
      checkTime(ticket.issuedAt(), ticket.expiresAt(), now);
      return ticket;
    } catch (MalformedException e) {
      throw new Rejection(ErrorCode.TICKET_INVALID);
    }
  }

  /** As {@link #verify}, for the server API. */
  public static ServiceTicket verifyService(String token, TicketKeys keys, Instant now) {
    try {
      Map<String, Object> claims = claims(token, keys);
      demand(claims, ServiceTicket.AUDIENCE, Set.of("aud", "iat", "exp", "svc", "scope"));
      Set<ServiceTicket.Scope> scopes = new HashSet<>();
      for (Object scope : Json.list(claims.get("scope"), "scope")) {
        scopes.add(ServiceTicket.Scope.parse(String.valueOf(scope)));
      }
      ServiceTicket ticket =
          new ServiceTicket(
              Json.text(claims, "svc"), instant(claims, "iat"), instant(claims, "exp"), scopes);
      checkTime(ticket.issuedAt(), ticket.expiresAt(), now);
      return ticket;
    } catch (MalformedException e) {
      throw new Rejection(ErrorCode.TICKET_INVALID);
    }
  }

  private static Map<String, Object> claims(String token, TicketKeys keys) {
    if (token.length() > CHARACTERS_MAX) {
      throw new MalformedException("ticket too long");
    }
    String[] parts = token.split("\\.", -1);
    if (parts.length != 3) {
      throw new MalformedException("not a compact JWT");
    }
    Map<String, Object> header = Json.object(decode(parts[0]));
    if (!Set.of("alg", "kid", "typ").containsAll(header.keySet())) {
      throw new MalformedException("unknown header");
    }
    if (header.containsKey("typ") && !Json.text(header, "typ").equals("JWT")) {
      throw new MalformedException("not a JWT");
    }
    TicketKey key =
        keys.find(Json.text(header, "kid"))
            .orElseThrow(() -> new MalformedException("unknown key"));
    if (!Json.text(header, "alg").equals(key.algorithm().text())) {
      throw new MalformedException("not the algorithm of the key");
    }
    byte[] input = (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII);
    if (!key.verify(input, decode(parts[2]))) {
      throw new MalformedException("bad signature");
    }
    return Json.object(decode(parts[1]));
  }

  private static void demand(Map<String, Object> claims, String audience, Set<String> names) {
    if (!claims.keySet().equals(names)) {
      throw new MalformedException("missing or unknown claims");
    }
    if (!Json.text(claims, "aud").equals(audience)) {
      throw new MalformedException("for another audience");
    }
  }

  private static Grant grant(List<?> fields) {
    if (fields.size() != 5
        || !(fields.get(0) instanceof String room)
        || !(fields.get(1) instanceof String tag)) {
      throw new MalformedException("room of another shape");
    }
    return new Grant(
        RoomId.parse(room),
        MemberTag.parse(tag),
        Right.unpack(u31(fields.get(2))),
        u31(fields.get(3)),
        u31(fields.get(4)));
  }

  private static int u31(Object value) {
    long number = Json.number(value, "rooms");
    if (number < 0 || number > Integer.MAX_VALUE) {
      throw new MalformedException("number out of range");
    }
    return (int) number;
  }

  private static Instant instant(Map<String, Object> claims, String name) {
    long seconds = Json.number(claims, name);
    if (seconds < 0 || seconds > 253_402_300_799L) {
      throw new MalformedException("time out of range");
    }
    return Instant.ofEpochSecond(seconds);
  }

  private static void checkTime(Instant issuedAt, Instant expiresAt, Instant now) {
    if (issuedAt.isAfter(now.plus(CLOCK_SKEW_MAX))) {
      throw new MalformedException("issued in the future");
    }
    if (!expiresAt.isAfter(now)) {
      throw new Rejection(ErrorCode.TICKET_EXPIRED);
    }
  }

  private static byte[] decode(String part) {
    try {
      return Bytes.fromBase64Url(part).toByteArray();
    } catch (IllegalArgumentException e) {
      throw new MalformedException("not base64url");
    }
  }

  private interface Members {
    void write(JsonGenerator json) throws IOException;
  }

  private static String token(TicketKey key, Members payload) {
    String header =
        object(
            json -> {
              json.writeStringField("alg", key.algorithm().text());
              json.writeStringField("kid", key.id());
            });
    String input = header + "." + object(payload);
    byte[] signature = key.sign(input.getBytes(StandardCharsets.US_ASCII));
    return input + "." + Bytes.wrap(signature).toBase64Url();
  }

  private static String object(Members members) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = Json.FACTORY.createGenerator(out)) {
      json.writeStartObject();
      members.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Bytes.wrap(out.toByteArray()).toBase64Url();
  }
}
