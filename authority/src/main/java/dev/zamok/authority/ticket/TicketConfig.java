package dev.zamok.authority.ticket;

import dev.zamok.protocol.ticket.Ticket;
import io.vertx.core.json.JsonArray;
import java.time.Duration;
import java.util.List;

/**
 * How tickets are made.
 *
 * @param hub the address of the hub, or a path on this host, as clients are told while no hub tells
 *     that it lives
 * @param lifetime of a ticket, in whole seconds
 */
public record TicketConfig(String hub, Duration lifetime) {
  public static final Duration LIFETIME_DEFAULT = Duration.ofMinutes(10);

  /** The hub to be tried first, of those that were chosen; the configured one when none was. */
  public String first(List<String> chosen) {
    return chosen.isEmpty() ? hub : chosen.get(0);
  }

  /** All of them. */
  public JsonArray all(List<String> chosen) {
    return new JsonArray(chosen.isEmpty() ? List.of(hub) : List.copyOf(chosen));
  }

  public TicketConfig {
    if (lifetime.toSeconds() < 1 || lifetime.compareTo(Ticket.LIFETIME_MAX) > 0) {
      throw new IllegalArgumentException("tickets live 1 s to " + Ticket.LIFETIME_MAX);
    }
  }
}
