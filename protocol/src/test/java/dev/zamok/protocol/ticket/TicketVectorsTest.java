package dev.zamok.protocol.ticket;

import static dev.zamok.protocol.ticket.Fixed.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zamok.protocol.ConnectionId;
import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.Rejection;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.SessionId;
import dev.zamok.protocol.Vectors;
import dev.zamok.protocol.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs the file that every signer and verifier of tickets runs. */
class TicketVectorsTest {
  static Stream<Map<String, Object>> tickets() {
    return Vectors.cases("tickets.json", "tickets").stream();
  }

  static Stream<Map<String, Object>> keySets() {
    return Vectors.cases("tickets.json", "keySets").stream();
  }

  @ParameterizedTest
  @MethodSource("tickets")
  void ticketGivesTheseClaimsOrThisError(Map<String, Object> vector) {
    TicketKeys keys =
        TicketKeys.parse(Json.write(Json.object(utf8("{\"keys\":" + keyList() + "}"))));
    String token = (String) vector.get("token");
    Instant now = Instant.ofEpochSecond((Long) vector.get("now"));
    boolean service = vector.get("as").equals("service");
    if (vector.get("claims") instanceof Map<?, ?> claims) {
      assertThat(
              service ? Tickets.verifyService(token, keys, now) : Tickets.verify(token, keys, now))
          .isEqualTo(service ? serviceTicket(claims) : ticket(claims));
      return;
    }
    assertThatThrownBy(
            () -> {
              if (service) {
                Tickets.verifyService(token, keys, now);
              } else {
                Tickets.verify(token, keys, now);
              }
            })
        .isInstanceOfSatisfying(
            Rejection.class, e -> assertThat(e.code().name()).isEqualTo(vector.get("error")));
    if (!vector.get("check").equals("P-112")) {
      assertThatThrownBy(
              () -> {
                if (service) {
                  Tickets.readService(token, keys, now);
                } else {
                  Tickets.read(token, keys, now);
                }
              })
          .isInstanceOf(MalformedException.class)
          .hasMessageStartingWith(vector.get("check") + " ");
    }
  }

  @ParameterizedTest
  @MethodSource("keySets")
  void keySetGivesTheseKeysOrBreaksTheNamedCheck(Map<String, Object> vector) {
    byte[] set = utf8((String) vector.get("set"));
    if (vector.get("kids") instanceof List<?> kids) {
      TicketKeys keys = TicketKeys.parse(set);
      assertThat(kids).allSatisfy(kid -> assertThat(keys.find((String) kid)).isPresent());
    } else {
      assertThatThrownBy(() -> TicketKeys.parse(set))
          .hasMessageStartingWith(vector.get("check") + " ");
    }
  }

  @Test
  void everyAlgorithmOccurs() {
    assertThat(tickets().filter(vector -> vector.containsKey("claims")).map(v -> v.get("alg")))
        .contains("EdDSA", "ES256", "HS256");
  }

  @Test
  void fileIsWhatTheSamplesMake() {
    Map<String, Object> file = new LinkedHashMap<>();
    file.put(
        "about",
        "Tickets under keys, verified at now (seconds since 1970), as a client's or a service's:"
            + " claims, or the error that is told and the check of PROTOCOL.md that failed. ECDSA is"
            + " random: those signatures were made once. keySets: JWK sets as JSON text, with the"
            + " kids they hold or the check that fails.");
    file.put("keys", Json.list(Json.object(utf8(Fixed.set(Fixed.ED, Fixed.EC, Fixed.HS))), "keys"));
    file.put("tickets", TicketCases.all());
    file.put("keySets", TicketCases.keySets());
    Vectors.check("tickets.json", file);
  }

  private static String keyList() {
    List<?> keys = Json.list(Vectors.read("tickets.json"), "keys");
    return new String(Json.write(keys), StandardCharsets.UTF_8);
  }

  private static Ticket ticket(Map<?, ?> claims) {
    List<Grant> grants = new ArrayList<>();
    for (Object row : (List<?>) claims.get("rooms")) {
      List<?> fields = (List<?>) row;
      grants.add(
          new Grant(
              RoomId.parse((String) fields.get(0)),
              MemberTag.parse((String) fields.get(1)),
              Right.unpack(number(fields.get(2))),
              number(fields.get(3)),
              number(fields.get(4))));
    }
    return new Ticket(
        SessionId.parse((String) claims.get("sid")),
        ConnectionId.parse((String) claims.get("cid")),
        time(claims, "iat"),
        time(claims, "exp"),
        grants);
  }

  private static ServiceTicket serviceTicket(Map<?, ?> claims) {
    Set<ServiceTicket.Scope> scopes = EnumSet.noneOf(ServiceTicket.Scope.class);
    for (Object scope : (List<?>) claims.get("scope")) {
      scopes.add(ServiceTicket.Scope.parse((String) scope));
    }
    return new ServiceTicket(
        (String) claims.get("svc"), time(claims, "iat"), time(claims, "exp"), scopes);
  }

  private static int number(Object value) {
    return Math.toIntExact((Long) value);
  }

  private static Instant time(Map<?, ?> claims, String name) {
    return Instant.ofEpochSecond((Long) claims.get(name));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void nowOfTheFileIsTheMomentOfTheSamples() {
    assertThat(tickets().map(vector -> vector.get("now"))).contains(NOW.getEpochSecond());
  }
}
