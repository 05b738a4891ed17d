package dev.zamok.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.hub.limit.HubLimits;
import dev.zamok.hub.limit.Rate;
import dev.zamok.hub.metrics.Counter;
import dev.zamok.protocol.ErrorCode;
import dev.zamok.protocol.MessageId;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.frame.ClientFrame;
import dev.zamok.protocol.frame.HubFrame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Too much of everything: first a rejection, then the end; the clock stands still meanwhile. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FloodTest {
  private static final Rate FEW = new Rate(1, 5);

  private final HubFixture fixture =
      new HubFixture(
          config ->
              config.withLimits(
                  HubLimits.defaults()
                      .with(new HubLimits.Rates(FEW, FEW, FEW, FEW, new Rate(100, 200), FEW))
                      .with(new HubLimits.Counts(1_000, 20, 2, 64, 64, 4))));
  private final RoomId room = fixture.room(1);
  private final RoomId own = fixture.room(2);
  private Bystanders bystanders;

  @BeforeAll
  void begin() throws Exception {
    // quick talkers need a burst of their own: one message each is within it
    bystanders = new Bystanders(fixture, room);
  }

  @AfterAll
  void end() throws Exception {
    fixture.close();
  }

  @Test
  void publishingTooFastIsRejectedThenEndsTheConnection() throws Exception {
    TestClient mallory = fixture.member(1, own);
    mallory.join(own);
    for (int i = 1; i <= 11; i++) {
      mallory.publish(own, i, "spam");
    }
    List<Integer> waits = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      HubFrame.Reject reject = mallory.await(HubFrame.Reject.class);
      assertThat(reject.code()).isEqualTo(ErrorCode.RATE_LIMITED);
      assertThat(reject.id()).isNotEqualTo(MessageId.NONE);
      waits.add(reject.retryAfterMillis());
    }
    assertThat(waits).allMatch(wait -> wait > 0 && wait <= 1_000);
    assertThat(mallory.closeCode()).isEqualTo(4503);
    bystanders.noticeNothing();
  }

  @Test
  void whoWaitsAsToldMayGoOn() throws Exception {
    TestClient carl = fixture.member(2, own);
    carl.join(own);
    for (int i = 21; i <= 26; i++) {
      carl.publish(own, i, "eager");
    }
    HubFrame.Reject reject = carl.await(HubFrame.Reject.class);
    fixture.advance(Duration.ofMillis(reject.retryAfterMillis()));
    carl.publish(own, 26, "eager");
    while (!carl.await(HubFrame.Ack.class).id().equals(new MessageId(7, 26))) {
      // those before it
    }
  }

  @Test
  void joiningTooFastIsRejectedThenEndsTheConnection() throws Exception {
    TestClient mallory = fixture.member(3, own);
    for (int i = 0; i < 11; i++) {
      mallory.send(new ClientFrame.Join(List.of(new ClientFrame.Join.Request(own, null, 0))));
    }
    HubFrame.Reject reject = mallory.await(HubFrame.Reject.class);
    assertThat(reject.request()).isEqualTo(HubFrame.Request.JOIN);
    assertThat(reject.code()).isEqualTo(ErrorCode.RATE_LIMITED);
    assertThat(mallory.closeCode()).isEqualTo(4503);
  }

  @Test
  void signallingTooFastIsRejectedThenEndsTheConnection() throws Exception {
    TestClient mallory = fixture.member(4, own);
    mallory.join(own);
    for (int i = 0; i < 11; i++) {
      mallory.send(new ClientFrame.Signal(own, TestClient.bytes("x")));
    }
    assertThat(mallory.await(HubFrame.Reject.class).code()).isEqualTo(ErrorCode.RATE_LIMITED);
    assertThat(mallory.closeCode()).isEqualTo(4503);
  }

  @Test
  void renewingTooFastIsRejectedThenEndsTheConnection() throws Exception {
    TestClient mallory = fixture.member(5, own);
    ClientFrame renewal = new ClientFrame.Renew(fixture.tickets.sign(5, own));
    for (int i = 0; i < 11; i++) {
      mallory.send(renewal);
    }
    HubFrame.Reject reject = mallory.await(HubFrame.Reject.class);
    assertThat(reject.request()).isEqualTo(HubFrame.Request.TICKET);
    assertThat(mallory.closeCode()).isEqualTo(4503);
  }

  @Test
  void pingsOfEitherKindEndTheConnectionWhenThereAreTooMany() throws Exception {
    TestClient mallory = fixture.member(6, own);
    TestClient oscar = fixture.member(7, own);
    for (int i = 0; i < 210; i++) {
      mallory.send(new ClientFrame.Ping(i));
      oscar.write(RawClient.frame(0x89, new byte[0]));
    }
    assertThat(mallory.closeCode()).isEqualTo(4503);
    assertThat(oscar.closeCode()).isEqualTo(4503);
  }

  @Test
  void moreRoomsThanAllowedAreRejected() throws Exception {
    RoomId third = fixture.room(3);
    TestClient mallory = fixture.member(8, room, own, third);
    mallory.join(room);
    mallory.join(own);
    mallory.send(new ClientFrame.Join(List.of(new ClientFrame.Join.Request(third, null, 0))));
    assertThat(mallory.expect(HubFrame.Reject.class).code()).isEqualTo(ErrorCode.TOO_MANY_ROOMS);
    mallory.join(own);
  }

  @Test
  void tooManyConnectionsOfOneAddressAreToldSo() throws Exception {
    long before = open();
    List<TestClient> many = new ArrayList<>();
    int told = 0;
    for (int i = 0; i < 25 && told == 0; i++) {
      TestClient client = fixture.connect();
      many.add(client);
      client.write(RawClient.frame(0x89, new byte[0]));
      RawClient.Received first = client.read();
      if (first.opcode() == 8) {
        assertThat(first.closeCode()).isEqualTo(4004);
        told++;
      }
    }
    assertThat(told).isPositive();
    bystanders.noticeNothing();
    for (TestClient client : many) {
      client.close();
    }
    // or the next test would be refused
    HubFixture.until(() -> open() <= before);
  }

  private long open() {
    return fixture.hub.metrics().value(Counter.CONNECTIONS_OPENED)
        - fixture.hub.metrics().value(Counter.CONNECTIONS_CLOSED);
  }
}
