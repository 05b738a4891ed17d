package dev.zamok.app.chat;

import dev.zamok.app.UserError;
import dev.zamok.app.chat.show.Visible;
import dev.zamok.client.problem.ClientProblem;
import java.net.URI;

/** One clear sentence for what went wrong: what it is, and what to do. */
final class Sentences {
  private Sentences() {}

  /** What a future of the client failed with; anything but its problems is a bug. */
  static UserError error(Throwable failure, URI server) {
    return new UserError(of(ClientProblem.in(failure), server));
  }

  static String of(ClientProblem problem, URI server) {
    String text = Visible.line(String.valueOf(problem.getMessage()));
    return switch (problem.kind()) {
      case UNAVAILABLE ->
          problem.outcomeUnknown()
              ? text + ": it may have happened or not; look before you try again"
              : text + " (" + server + "): is the address right, and the server running?";
      case WRONG_PASSWORD -> "the login name or a password is wrong (" + text + ")";
      case LOGGED_OUT -> text + ": log in again";
      case NOT_ALLOWED -> text + ": you are no member, or lack the right";
      case GENERATION_OWED ->
          text + ": wait until a member who may make new keys is online, then try again";
      case KEYS_BEHIND -> text + ": try again in a moment";
      case SERVER_UNTRUSTED ->
          "DANGER: "
              + text
              + ". Somebody may sit between you and the server. Only if the administrator confirms"
              + " a new certificate, start once with --fingerprint";
      case CARD_CHANGED ->
          "DANGER: " + text + ". Compare fingerprints over another channel before you go on";
      case CHAIN_ALARM -> "DANGER: " + text + ". Do not trust this room";
      case TAMPERED -> "DANGER: " + text + ". It was refused";
      case REFUSED, PROFILE, CLOSED -> text;
    };
  }
}
