package dev.zamok.client.connection;

import dev.zamok.client.authority.Answers;
import dev.zamok.client.authority.SessionApi;
import dev.zamok.client.loop.Loop;
import dev.zamok.protocol.RoomId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The newest ticket. It serves any number of connections until it expires, so that a storm of
 * reconnects does not reach the authority.
 */
final class TicketKeeper {
  /** A ticket that ends sooner is not worth a connection. */
  static final long REMAINING_MILLIS_MIN = 5_000;

  private final Loop loop;
  private final SessionApi authority;
  private Answers.@Nullable Ticket ticket;
  private Set<RoomId> asked = Set.of();

  TicketKeeper(Loop loop, SessionApi authority) {
    this.loop = loop;
    this.authority = authority;
  }

  /** One that is still good and was made for all these rooms, or a new one. */
  CompletableFuture<Answers.Ticket> get(Set<RoomId> rooms) {
    Answers.Ticket current = ticket;
    if (current != null && isGood(current) && asked.containsAll(rooms)) {
      return CompletableFuture.completedFuture(current);
    }
    return renew(rooms);
  }

  CompletableFuture<Answers.Ticket> renew(Set<RoomId> rooms) {
    Answers.Ticket current = ticket;
    Set<RoomId> now = new HashSet<>(rooms);
    return authority
        .ticket(current == null ? null : current.connection(), List.copyOf(now))
        .thenApply(
            renewed -> {
              ticket = renewed;
              asked = Set.copyOf(now);
              return renewed;
            });
  }

  /** For which rooms the newest ticket was made. */
  Set<RoomId> asked() {
    return asked;
  }

  boolean covers(Set<RoomId> rooms) {
    return asked.containsAll(rooms);
  }

  /** The hub did not take it. */
  void drop() {
    ticket = null;
    asked = Set.of();
  }

  private boolean isGood(Answers.Ticket current) {
    return current.expiresAtMillis() - loop.wallMillis() > REMAINING_MILLIS_MIN;
  }
}
