package dev.zamok.hub.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zamok.hub.HubFixture;
import dev.zamok.hub.TestTickets;
import dev.zamok.hub.TestTime;
import dev.zamok.hub.metrics.Counter;
import dev.zamok.hub.metrics.HubMetrics;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.Rejection;
import dev.zamok.protocol.ticket.Algorithm;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TicketCheckerTest {
  private final Vertx vertx = Vertx.vertx();
  private final WorkerExecutor worker = vertx.createSharedWorkerExecutor("checks", 1);
  private final TestTime clock = new TestTime();
  private final TestTickets tickets = new TestTickets();
  private final HubMetrics metrics = new HubMetrics();
  private final TicketChecker checker =
      new TicketChecker(worker, tickets.keys(), clock.time(), 2, metrics);

  @AfterEach
  void end() {
    HubFixture.await(vertx.close());
  }

  @Test
  void tooManyTicketsAtOnceAreRefused() {
    CountDownLatch release = new CountDownLatch(1);
    worker.executeBlocking(
        () -> {
          release.await();
          return null;
        });
    Future<Pass> first = checker.check(tickets.sign(1));
    Future<Pass> second = checker.check(tickets.sign(2));
    assertThatThrownBy(() -> HubFixture.await(checker.check(tickets.sign(3))))
        .isInstanceOf(Rejection.class)
        .hasMessageContaining("too much");
    release.countDown();
    HubFixture.await(first);
    HubFixture.await(second);
    HubFixture.await(checker.check(tickets.sign(3)));
  }

  @Test
  void aShortTicketUnderASecretIsCheckedAtOnceAndALongOneByAWorker() {
    TestTickets secret = new TestTickets(Algorithm.HS256);
    TicketChecker atOnce = new TicketChecker(worker, secret.keys(), clock.time(), 0, metrics);
    assertThat(atOnce.check(secret.sign(1)).isComplete()).isTrue();
    assertThat(atOnce.check(tickets.sign(1)).cause())
        .isInstanceOf(Rejection.class)
        .hasMessageContaining("ticket");
    // no worker may be waited for here
    assertThat(atOnce.check(longTicket(secret)).cause())
        .isInstanceOf(Rejection.class)
        .hasMessageContaining("too much");
    assertThat(metrics.value(Counter.TICKETS_CHECKED)).isEqualTo(2);
  }

  private String longTicket(TestTickets of) {
    return of.sign(
        2,
        IntStream.range(0, 100).mapToObj(i -> TestTickets.grant(TestTickets.room(i), 1)).toList());
  }

  @Test
  void aCheckedTicketIsRememberedAsLongAsItIsValid() {
    String ticket = tickets.sign(1);
    HubFixture.await(checker.check(ticket));
    assertThat(checker.check(ticket).isComplete()).isTrue();
    assertThat(metrics.value(Counter.TICKETS_CHECKED)).isEqualTo(1);
    clock.advance(Duration.ofMinutes(10));
    assertThatThrownBy(() -> HubFixture.await(checker.check(ticket)))
        .isInstanceOf(Rejection.class)
        .hasMessageContaining("expired");
  }

  @Test
  void whatIsRememberedIsBounded() {
    CheckedTokens<String> tokens = new CheckedTokens<>(10);
    Instant end = TestTime.START.plusSeconds(60);
    Bytes[] hashes = new Bytes[4];
    for (int i = 0; i < 4; i++) {
      hashes[i] = CheckedTokens.hash("token " + i);
      tokens.keep(hashes[i], "value " + i, end, 3);
      // the first is used again and again
      assertThat(tokens.find(hashes[0], TestTime.START)).isEqualTo("value 0");
    }
    assertThat(tokens.find(hashes[1], TestTime.START)).isNull();
    assertThat(tokens.find(hashes[3], TestTime.START)).isEqualTo("value 3");
    assertThat(tokens.find(hashes[3], end)).isNull();
    tokens.keep(hashes[2], "heavy", end, 11);
    assertThat(tokens.find(hashes[2], TestTime.START)).isNull();
  }
}
