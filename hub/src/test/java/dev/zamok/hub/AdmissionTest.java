package dev.zamok.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.hub.metrics.Counter;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.ErrorCode;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.frame.ClientFrame;
import dev.zamok.protocol.frame.HubFrame;
import dev.zamok.protocol.ticket.Algorithm;
import dev.zamok.protocol.ticket.ServiceTicket;
import dev.zamok.protocol.ticket.Ticket;
import dev.zamok.protocol.ticket.TicketKey;
import dev.zamok.protocol.ticket.Tickets;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Tickets that must not open the hub. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AdmissionTest {
  private final HubFixture fixture = new HubFixture();
  private final RoomId room = fixture.room(1);
  private final Ticket good =
      TestTickets.ticket(
          5, TestTime.START, Duration.ofMinutes(10), List.of(TestTickets.grant(room, 5)));
  private Bystanders bystanders;

  @BeforeAll
  void begin() throws Exception {
    bystanders = new Bystanders(fixture, room);
  }

  @AfterAll
  void end() throws Exception {
    fixture.close();
  }

  private void closes(int code, String ticket) throws Exception {
    TestClient mallory = fixture.connect();
    mallory.send(new ClientFrame.Hello(ticket));
    assertThat(mallory.closeCode()).isEqualTo(code);
    bystanders.noticeNothing();
  }

  private static String text(String base64Url) {
    return new String(Bytes.fromBase64Url(base64Url).toByteArray(), StandardCharsets.UTF_8);
  }

  private static String base64(String text) {
    return Bytes.wrap(text.getBytes(StandardCharsets.UTF_8)).toBase64Url();
  }

  @Test
  void aTicketThatIsNoTicketIsRefused() throws Exception {
    closes(4501, "rubbish");
    closes(4501, "a.b.c");
  }

  @Test
  void aTicketWithoutASignatureIsRefused() throws Exception {
    String[] parts = fixture.tickets.sign(good).split("\\.");
    String none = base64(text(parts[0]).replace("EdDSA", "none"));
    closes(4501, none + "." + parts[1] + ".");
    closes(4501, parts[0] + "." + parts[1] + ".");
  }

  @Test
  void aTicketWithAnotherAlgorithmThanItsKeysIsRefused() throws Exception {
    String[] parts = fixture.tickets.sign(good).split("\\.");
    String other = base64(text(parts[0]).replace("EdDSA", "HS256"));
    closes(4501, other + "." + parts[1] + "." + parts[2]);
  }

  @Test
  void aTicketOfAnUnknownKeyIsRefused() throws Exception {
    closes(4501, Tickets.sign(good, TestTickets.keys(Algorithm.EDDSA).signing()));
  }

  @Test
  void aTicketOfAnotherKeyUnderTheSameNameIsRefused() throws Exception {
    TicketKey stranger = TestTickets.keys(Algorithm.EDDSA).signing();
    String[] parts = Tickets.sign(good, stranger).split("\\.");
    String header = text(parts[0]).replace(stranger.id(), fixture.tickets.key().id());
    closes(4501, base64(header) + "." + parts[1] + "." + parts[2]);
  }

  @Test
  void aTicketWhoseRightsWereRaisedIsRefused() throws Exception {
    Ticket modest =
        TestTickets.ticket(
            5,
            TestTime.START,
            Duration.ofMinutes(10),
            List.of(TestTickets.grant(room, 5, java.util.Set.of(), 1)));
    String[] parts = fixture.tickets.sign(modest).split("\\.");
    String raised = text(parts[1]).replace(",0,0,1]", ",15,0,1]");
    assertThat(raised).isNotEqualTo(text(parts[1]));
    closes(4501, parts[0] + "." + base64(raised) + "." + parts[2]);
  }

  @Test
  void aTicketForAnotherAudienceIsRefused() throws Exception {
    closes(4501, fixture.tickets.service(ServiceTicket.Scope.PUSH));
  }

  @Test
  void aTicketOfTheFutureIsRefused() throws Exception {
    Ticket future =
        TestTickets.ticket(
            5, fixture.clock.now().plusSeconds(120), Duration.ofMinutes(1), List.of());
    closes(4501, fixture.tickets.sign(future));
  }

  @Test
  void anExpiredTicketIsRefusedInAWayThatLetsTheClientComeBack() throws Exception {
    Ticket old =
        TestTickets.ticket(
            5, fixture.clock.now().minusSeconds(700), Duration.ofMinutes(10), List.of());
    closes(4001, fixture.tickets.sign(old));
  }

  @Test
  void aTicketThatWasCheckedIsNotCheckedAgainUntilItExpires() throws Exception {
    String ticket = fixture.tickets.sign(77, room);
    TestClient.admitted(fixture.hub.port(), ticket).close();
    long checked = fixture.hub.metrics().value(Counter.TICKETS_CHECKED);
    TestClient.admitted(fixture.hub.port(), ticket).close();
    assertThat(fixture.hub.metrics().value(Counter.TICKETS_CHECKED)).isEqualTo(checked);
  }

  @Test
  void theWelcomeTellsTheLimitsAndTheEnd() throws Exception {
    TestClient client = fixture.connect();
    client.send(new ClientFrame.Hello(fixture.tickets.sign(good)));
    HubFrame.Welcome welcome = client.expect(HubFrame.Welcome.class);
    assertThat(welcome.connection()).isEqualTo(good.connection());
    assertThat(welcome.expiresAtMillis()).isEqualTo(good.expiresAt().toEpochMilli());
    assertThat(welcome.limits()).isEqualTo(new HubFrame.Limits(65_536, 512, 100, 128, 30));
  }

  @Test
  void aRenewalByAnotherSessionIsRefusedAndTheOldTicketStays() throws Exception {
    TestClient mallory = fixture.member(8, room);
    RoomId other = fixture.room(2);
    mallory.send(new ClientFrame.Renew(fixture.tickets.sign(9, room, other)));
    HubFrame.Reject reject = mallory.expect(HubFrame.Reject.class);
    assertThat(reject.request()).isEqualTo(HubFrame.Request.TICKET);
    assertThat(reject.code()).isEqualTo(ErrorCode.TICKET_INVALID);
    mallory.join(room);
    mallory.send(new ClientFrame.Join(List.of(new ClientFrame.Join.Request(other, null, 0))));
    assertThat(mallory.expect(HubFrame.Reject.class).code()).isEqualTo(ErrorCode.UNKNOWN_ROOM);
  }

  @Test
  void aRenewalByAnOlderTicketIsRefused() throws Exception {
    TestClient mallory = fixture.member(8, room);
    Ticket older =
        TestTickets.ticket(8, TestTime.START.minusSeconds(60), Duration.ofMinutes(14), List.of());
    mallory.send(new ClientFrame.Renew(fixture.tickets.sign(older)));
    assertThat(mallory.expect(HubFrame.Reject.class).code()).isEqualTo(ErrorCode.TICKET_INVALID);
  }

  @Test
  void aForgedRenewalIsRefused() throws Exception {
    TestClient mallory = fixture.member(8, room);
    mallory.send(
        new ClientFrame.Renew(Tickets.sign(good, TestTickets.keys(Algorithm.EDDSA).signing())));
    assertThat(mallory.expect(HubFrame.Reject.class).code()).isEqualTo(ErrorCode.TICKET_INVALID);
    bystanders.noticeNothing();
  }
}
