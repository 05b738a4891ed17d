package dev.zamok.authority.ticket;

import dev.zamok.protocol.ticket.Ticket;
import java.time.Duration;

/**
 * How tickets are made.
 *
 * @param hub the address of the hub, or a path on this host, as clients are told
 * @param lifetime of a ticket, in whole seconds
 */
public record TicketConfig(String hub, Duration lifetime) {
  public static final Duration LIFETIME_DEFAULT = Duration.ofMinutes(10);

  public TicketConfig {
    if (lifetime.toSeconds() < 1 || lifetime.compareTo(Ticket.LIFETIME_MAX) > 0) {
      throw new IllegalArgumentException("tickets live 1 s to " + Ticket.LIFETIME_MAX);
    }
  }
}
