package dev.zamok.hub.admission;

import dev.zamok.protocol.SessionId;
import dev.zamok.protocol.ticket.Ticket;
import dev.zamok.protocol.ticket.Tickets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Sessions revoked so lately that a ticket of theirs may still be valid. Bounded; when it is full
 * the oldest are forgotten. Thread-safe.
 */
final class Revocations {
  private static final int SESSIONS_MAX = 65_536;
  private static final Duration KEPT = Ticket.LIFETIME_MAX.plus(Tickets.CLOCK_SKEW_MAX);

  private final Map<SessionId, Instant> until =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<SessionId, Instant> eldest) {
          return size() > SESSIONS_MAX;
        }
      };

  synchronized void add(SessionId session, Instant now) {
    until.remove(session);
    until.put(session, now.plus(KEPT));
  }

  synchronized boolean contains(SessionId session, Instant now) {
    Instant end = until.get(session);
    return end != null && end.isAfter(now);
  }

  /** Those whose tickets may still be valid. */
  synchronized List<SessionId> all(Instant now) {
    return until.entrySet().stream()
        .filter(entry -> entry.getValue().isAfter(now))
        .map(Map.Entry::getKey)
        .toList();
  }
}
