package dev.zamok.client.connection;

import dev.zamok.client.authority.Answers;
import java.util.List;

/**
 * Which hub of a ticket to connect to: the first one, and another one after each failure. When none
 * of them takes us, the authority should be asked which others there are.
 */
final class HubChoice {
  /** With fewer hubs, one is tried so often: the fault may be in the network. */
  private static final int FAILURES_MIN = 3;

  private List<String> hubs = List.of();
  private int failures;

  String of(Answers.Ticket ticket) {
    if (!ticket.hubs().equals(hubs)) {
      hubs = ticket.hubs();
      failures = 0;
    }
    return hubs.get(failures % hubs.size());
  }

  /** The hub that was chosen does not take us, or sends us away. */
  void failed() {
    failures++;
  }

  /** It took us: whatever comes next, it is worth another try. */
  void opened() {
    failures = failures % Math.max(1, hubs.size());
  }

  /**
   * Whether a new list is wanted now; then counting begins anew. Never where the hub is a path on
   * the server: there is no other, and a ticket in hand spares the server much when all come back
   * at once.
   */
  boolean takeExhausted() {
    boolean exhausted =
        !hubs.isEmpty()
            && !hubs.get(0).startsWith("/")
            && failures >= Math.max(FAILURES_MIN, hubs.size());
    if (exhausted) {
      hubs = List.of();
    }
    return exhausted;
  }
}
