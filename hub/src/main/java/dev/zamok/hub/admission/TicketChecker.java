package dev.zamok.hub.admission;

import dev.zamok.hub.limit.Time;
import dev.zamok.hub.metrics.Counter;
import dev.zamok.hub.metrics.HubMetrics;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.ErrorCode;
import dev.zamok.protocol.Rejection;
import dev.zamok.protocol.SessionId;
import dev.zamok.protocol.ticket.ServiceTicket;
import dev.zamok.protocol.ticket.Ticket;
import dev.zamok.protocol.ticket.TicketKeys;
import dev.zamok.protocol.ticket.Tickets;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Checks tickets, and remembers those that were good: signatures on a bounded pool of workers, off
 * the event loops; a short ticket under a secret at once, since to hand it over would cost more
 * than its HMAC. One for all event loops; thread-safe.
 *
 * <p>Fails with {@link Rejection}: {@code TICKET_INVALID}, {@code TICKET_EXPIRED}, or {@code
 * OVERLOADED} when too many wait already.
 */
public final class TicketChecker {
  /** Grants in remembered tickets: some 20 MB. */
  private static final int GRANTS_KEPT_MAX = 200_000;

  private static final int SERVICE_TICKETS_KEPT_MAX = 1_000;

  /** Tickets of some thirty rooms: tens of microseconds to check and parse. Longer ones wait. */
  private static final int AT_ONCE_CHARACTERS_MAX = 4_096;

  private final WorkerExecutor workers;
  private final TicketKeys keys;
  private final boolean secrets;
  private final Time time;
  private final int waitingMax;
  private final HubMetrics metrics;
  private final AtomicInteger waiting = new AtomicInteger();
  private final CheckedTokens<Pass> passes = new CheckedTokens<>(GRANTS_KEPT_MAX);
  private final CheckedTokens<ServiceTicket> services =
      new CheckedTokens<>(SERVICE_TICKETS_KEPT_MAX);
  private final Revocations revocations = new Revocations();

  public TicketChecker(
      WorkerExecutor workers, TicketKeys keys, Time time, int waitingMax, HubMetrics metrics) {
    this.workers = workers;
    this.keys = keys;
    this.secrets = keys.areSecrets();
    this.time = time;
    this.waitingMax = waitingMax;
    this.metrics = metrics;
  }

  /** Call on a Vert.x context; completes there, or before this returns. */
  public Future<Pass> check(String token) {
    Bytes hash = CheckedTokens.hash(token);
    Pass known = found(passes.find(hash, time.now()));
    if (known != null) {
      return Future.succeededFuture(known);
    }
    return checked(
        token,
        () -> {
          Ticket ticket = Tickets.verify(token, keys, time.now());
          Pass pass = new Pass(ticket);
          passes.keep(hash, pass, ticket.expiresAt(), 1 + ticket.grants().size());
          return pass;
        });
  }

  /** As {@link #check}, for the server API. */
  public Future<ServiceTicket> checkService(String token) {
    Bytes hash = CheckedTokens.hash(token);
    ServiceTicket known = found(services.find(hash, time.now()));
    if (known != null) {
      return Future.succeededFuture(known);
    }
    return checked(
        token,
        () -> {
          ServiceTicket ticket = Tickets.verifyService(token, keys, time.now());
          services.keep(hash, ticket, ticket.expiresAt(), 1);
          return ticket;
        });
  }

  /** Its tickets are refused until all of them have expired. */
  public void revoke(SessionId session) {
    revocations.add(session, time.now());
  }

  /** The sessions revoked so lately that tickets of theirs may still be valid. */
  public List<SessionId> revoked() {
    return revocations.all(time.now());
  }

  boolean isRevoked(SessionId session) {
    return revocations.contains(session, time.now());
  }

  long nowMillis() {
    return time.wall().millis();
  }

  private <T> @Nullable T found(@Nullable T known) {
    if (known != null) {
      metrics.count(Counter.TICKETS_CACHED);
    }
    return known;
  }

  private <T> Future<T> checked(String token, Supplier<T> check) {
    if (!secrets || token.length() > AT_ONCE_CHARACTERS_MAX) {
      return onWorker(check);
    }
    metrics.count(Counter.TICKETS_CHECKED);
    try {
      return Future.succeededFuture(check.get());
    } catch (RuntimeException e) {
      return Future.failedFuture(e);
    }
  }

  private <T> Future<T> onWorker(Supplier<T> check) {
    if (waiting.incrementAndGet() > waitingMax) {
      waiting.decrementAndGet();
      return Future.failedFuture(new Rejection(ErrorCode.OVERLOADED));
    }
    metrics.count(Counter.TICKETS_CHECKED);
    return workers.executeBlocking(check::get, false).onComplete(done -> waiting.decrementAndGet());
  }
}
