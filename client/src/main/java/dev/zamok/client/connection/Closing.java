package dev.zamok.client.connection;

import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.problem.ClientProblem.Kind;
import dev.zamok.protocol.frame.CloseCode;

/** What follows from the code with which a hub closed a connection. */
final class Closing {
  private Closing() {}

  /** Whether the ticket is the reason. */
  static boolean isTicket(int code) {
    return code == CloseCode.TICKET_EXPIRED.number() || code == CloseCode.TICKET_INVALID.number();
  }

  /** Why the connection ended; {@code UNAVAILABLE} where another attempt makes sense. */
  static ClientProblem problem(int code) {
    if (code == CloseCode.REVOKED.number()) {
      return ClientProblem.of(Kind.LOGGED_OUT, CloseCode.REVOKED.text());
    }
    if (CloseCode.reconnect(code)) {
      return ClientProblem.unavailable("the connection to the hub was lost", false);
    }
    String text = CloseCode.of(code).map(CloseCode::text).orElse("the hub refuses this client");
    return ClientProblem.refused(Kind.REFUSED, "close-" + code, text, 0);
  }
}
