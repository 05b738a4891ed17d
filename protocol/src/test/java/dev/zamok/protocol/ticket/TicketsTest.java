package dev.zamok.protocol.ticket;

import static dev.zamok.protocol.ticket.Fixed.KEYS;
import static dev.zamok.protocol.ticket.Fixed.NOW;
import static dev.zamok.protocol.ticket.Fixed.ROOM;
import static dev.zamok.protocol.ticket.Fixed.TAG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zamok.protocol.Checks;
import dev.zamok.protocol.ConnectionId;
import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.SessionId;
import dev.zamok.protocol.frame.ClientFrame;
import dev.zamok.protocol.frame.ClientFrames;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TicketsTest {
  @ParameterizedTest
  @ValueSource(strings = {"ed", "ec", "hs"})
  void ticketComesBackAsItWasUnderEveryAlgorithm(String kid) {
    Ticket ticket = Fixed.ticket(3);
    String token = Tickets.sign(ticket, Fixed.key(kid));
    assertThat(Tickets.verify(token, KEYS, NOW)).isEqualTo(ticket);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ed", "ec", "hs"})
  void serviceTicketComesBackAsItWasUnderEveryAlgorithm(String kid) {
    ServiceTicket ticket = Fixed.service();
    String token = Tickets.sign(ticket, Fixed.key(kid));
    assertThat(Tickets.verifyService(token, KEYS, NOW)).isEqualTo(ticket);
  }

  @Test
  void ticketWithoutRoomsIsGood() {
    Ticket ticket = Fixed.ticket(0);
    String token = Tickets.sign(ticket, Fixed.key("ed"));
    assertThat(Tickets.verify(token, KEYS, NOW)).isEqualTo(ticket);
    assertThat(token).isEqualTo(Fixed.token(Fixed.claims()));
  }

  @Test
  void headerMaySayThatItIsAJwtAndItsOrderDoesNotMatter() {
    String token =
        Fixed.token(
            "{ \"typ\":\"JWT\", \"kid\":\"ed\", \"alg\":\"EdDSA\" }",
            Fixed.claims(),
            Fixed.key("ed"));
    assertThat(Tickets.verify(token, KEYS, NOW)).isEqualTo(Fixed.ticket(0));
  }

  /** The claim of the design: 512 rooms are 48 KB, here with the largest numbers there are. */
  @Test
  void ticketFor512RoomsFitsIn48KilobytesAndInAFrame() {
    List<Grant> grants =
        IntStream.range(0, 512)
            .mapToObj(
                i ->
                    new Grant(
                        new RoomId(-1L >>> 7, i | -1L << 32),
                        new MemberTag(-1),
                        EnumSet.allOf(Right.class),
                        Integer.MAX_VALUE,
                        Integer.MAX_VALUE))
            .toList();
    Ticket ticket =
        new Ticket(
            new SessionId(-1, -1),
            new ConnectionId(-1, -1),
            Instant.parse("9999-12-31T23:00:00Z"),
            Instant.parse("9999-12-31T23:15:00Z"),
            grants);
    String token = Tickets.sign(ticket, Fixed.key("ed"));
    assertThat(token.length()).isBetween(45_000, 45_500);
    ClientFrame.Hello hello = new ClientFrame.Hello(token);
    assertThat(ClientFrames.decode(ClientFrames.encode(hello))).isEqualTo(hello);
    assertThat(Tickets.verify(token, KEYS, ticket.issuedAt())).isEqualTo(ticket);
  }

  @Test
  @Checks("P-110")
  void ticketFor513RoomsCannotBeMade() {
    assertThatThrownBy(() -> Fixed.ticket(513)).hasMessageStartingWith("P-110");
  }

  @Test
  @Checks("P-110")
  void ticketThatNamesARoomTwiceCannotBeMade() {
    Grant grant = new Grant(ROOM, TAG, Set.of(Right.READ), 1, 1);
    Grant other = new Grant(ROOM, new MemberTag(5), Set.of(), 1, 1);
    assertThatThrownBy(() -> Fixed.ticket(List.of(grant, other))).hasMessageStartingWith("P-110");
  }

  @Test
  @Checks("P-108")
  void lifetimesEndAtTheirLimits() {
    SessionId session = new SessionId(1, 2);
    ConnectionId connection = new ConnectionId(3, 4);
    Instant end = NOW.plus(Ticket.LIFETIME_MAX);
    assertThat(new Ticket(session, connection, NOW, end, List.of()).expiresAt()).isEqualTo(end);
    for (Instant bad :
        List.of(end.plusSeconds(1), NOW, NOW.minusSeconds(1), NOW.plusMillis(1_500))) {
      assertThatThrownBy(() -> new Ticket(session, connection, NOW, bad, List.of()))
          .hasMessageStartingWith("P-108");
    }
    Instant day = NOW.plus(Duration.ofHours(24));
    assertThat(new ServiceTicket("a", NOW, day, Set.of()).expiresAt()).isEqualTo(day);
    assertThatThrownBy(() -> new ServiceTicket("a", NOW, day.plusSeconds(1), Set.of()))
        .hasMessageStartingWith("P-108");
  }

  @Test
  @Checks("P-109")
  void grantIsOfAMemberAndItsNumbersAreNotNegative() {
    assertThatThrownBy(() -> new Grant(ROOM, MemberTag.NONE, Set.of(), 0, 0))
        .hasMessageStartingWith("P-109");
    assertThatThrownBy(() -> new Grant(ROOM, TAG, Set.of(), -1, 0)).hasMessageStartingWith("P-109");
    assertThatThrownBy(() -> new Grant(ROOM, TAG, Set.of(), 0, -1)).hasMessageStartingWith("P-109");
    assertThatThrownBy(() -> new Grant(RoomId.NONE, TAG, Set.of(), 0, 0))
        .hasMessageStartingWith("P-006");
  }

  @Test
  @Checks("P-109")
  void rightsAreABitEach() {
    for (int packed = 0; packed < 16; packed++) {
      assertThat(Right.pack(Right.unpack(packed))).isEqualTo(packed);
    }
    assertThat(Right.unpack(1)).containsExactly(Right.READ);
    assertThat(Right.unpack(2)).containsExactly(Right.PUBLISH);
    assertThat(Right.unpack(4)).containsExactly(Right.SIGNAL);
    assertThat(Right.unpack(8)).containsExactly(Right.PRESENCE);
    for (int packed : new int[] {16, 31, -1, Integer.MIN_VALUE}) {
      assertThatThrownBy(() -> Right.unpack(packed)).isInstanceOf(MalformedException.class);
    }
  }

  @Test
  @Checks("P-113")
  void serviceNameIsShortAndPlain() {
    assertThat(new ServiceTicket("a".repeat(64), NOW, NOW.plusSeconds(1), Set.of()).scopes())
        .isEmpty();
    for (String name : List.of("", "a".repeat(65), "A", "a b", "a\n", "é")) {
      assertThatThrownBy(() -> new ServiceTicket(name, NOW, NOW.plusSeconds(1), Set.of()))
          .hasMessageStartingWith("P-113");
    }
  }

  @Test
  void secretsDoNotAppearInToString() {
    String secret = "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ";
    assertThat(Fixed.HS).contains(secret);
    assertThat(Fixed.key("hs").toString()).isEqualTo("TicketKey[hs, HS256]");
    assertThat(KEYS.toString()).doesNotContain(secret);
    TicketKeyMaker.Made made =
        TicketKeyMaker.make(Algorithm.HS256, new java.security.SecureRandom());
    assertThat(made).hasToString("Made[secret]");
  }
}
