package dev.zamok.client.connection;

import dev.zamok.client.authority.Answers;
import dev.zamok.client.authority.SessionApi;
import dev.zamok.client.loop.Loop;
import dev.zamok.protocol.RoomId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
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
  private Set<RoomId> named = Set.of();

  TicketKeeper(Loop loop, SessionApi authority) {
    this.loop = loop;
    this.authority = authority;
  }

  /** One that is still good and names all these rooms, or a new one. */
  CompletableFuture<Answers.Ticket> get(Set<RoomId> rooms) {
    Answers.Ticket current = ticket;
    if (current != null && isGood(current) && covers(rooms)) {
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
              named =
                  renewed.rooms().stream()
                      .map(Answers.TicketRoom::room)
                      .collect(Collectors.toUnmodifiableSet());
              return renewed;
            });
  }

  /** For which rooms the newest ticket was made. */
  Set<RoomId> asked() {
    return asked;
  }

  /**
   * Whether the newest ticket names all these. A room that it was asked for and did not name is
   * wanted again only by somebody who believes that this has changed.
   */
  boolean covers(Set<RoomId> rooms) {
    return named.containsAll(rooms);
  }

  /** The hub did not take it. */
  void drop() {
    ticket = null;
    asked = Set.of();
    named = Set.of();
  }

  private boolean isGood(Answers.Ticket current) {
    return current.expiresAtMillis() - loop.wallMillis() > REMAINING_MILLIS_MIN;
  }
}
