package dev.zamok.client.connection;

import dev.zamok.client.authority.Answers;
import dev.zamok.client.loop.Futures;
import dev.zamok.client.loop.Loop;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.protocol.RoomId;
import java.time.Duration;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Renews the ticket of an open connection, in time. */
final class Renewal {
  /** Renews when between 60 and 80 per cent of the time is over. */
  static final double EARLIEST = 0.6;

  static final double SPREAD = 0.2;
  static final Duration RETRY = Duration.ofSeconds(10);
  static final Duration PAUSE_MIN = Duration.ofSeconds(1);

  private final Loop loop;
  private final RandomGenerator random;
  private final TicketKeeper tickets;
  private final Outcome outcome;

  /** Rises when the connection ends, so that an answer to an older one is not heeded. */
  private int connection;

  private Loop.Timer timer = Loop.Timer.NONE;

  /** What becomes of it. */
  interface Outcome {
    Set<RoomId> wanted();

    void renewed(Answers.Ticket ticket);

    /** There will be no ticket any more. */
    void failed(ClientProblem problem);
  }

  Renewal(Loop loop, RandomGenerator random, TicketKeeper tickets, Outcome outcome) {
    this.loop = loop;
    this.random = random;
    this.tickets = tickets;
    this.outcome = outcome;
  }

  void scheduleBefore(long expiresAtMillis) {
    long remaining = Math.max(0, expiresAtMillis - loop.wallMillis());
    double part = EARLIEST + SPREAD * random.nextDouble();
    long delay = Math.max(PAUSE_MIN.toMillis(), (long) (remaining * part));
    after(Duration.ofMillis(delay));
  }

  void retry() {
    after(RETRY.dividedBy(2).plusMillis(random.nextLong(RETRY.toMillis() / 2 + 1)));
  }

  void now() {
    after(Duration.ZERO);
  }

  void stop() {
    timer.cancel();
    connection++;
  }

  private void renew() {
    int mine = connection;
    Futures.fire(
        tickets
            .renew(outcome.wanted())
            .whenComplete(
                (ticket, failure) -> {
                  if (mine != connection) {
                    return;
                  }
                  if (failure == null) {
                    outcome.renewed(ticket);
                  } else if (ClientProblem.is(failure, ClientProblem.Kind.UNAVAILABLE)) {
                    retry();
                  } else {
                    outcome.failed(ClientProblem.in(failure));
                  }
                }));
  }

  private void after(Duration delay) {
    timer.cancel();
    timer = loop.after(delay, this::renew);
  }
}
