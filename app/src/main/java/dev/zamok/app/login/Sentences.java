package dev.zamok.app.login;

import dev.zamok.app.UserError;
import dev.zamok.app.chat.show.Visible;
import dev.zamok.client.problem.ClientProblem;
import java.net.URI;

/** One clear sentence for what went wrong: what it is, and what to do. */
public final class Sentences {
  private Sentences() {}

  /** What a future of the client failed with; anything but its problems is a bug. */
  public static UserError error(Throwable failure, URI server) {
    ClientProblem problem = ClientProblem.in(failure);
    return new UserError(of(problem, server), exitCode(problem));
  }

  private static int exitCode(ClientProblem problem) {
    return switch (problem.kind()) {
      case REFUSED ->
          switch (problem.refusal()) {
            case "not-found" -> UserError.NOT_FOUND;
            case "version-conflict" -> UserError.CONFLICT;
            case "registration-closed" -> UserError.NOT_ALLOWED;
            default -> 1;
          };
      case NOT_ALLOWED -> UserError.NOT_ALLOWED;
      case TAMPERED, CARD_CHANGED, CHAIN_ALARM -> UserError.DOES_NOT_VERIFY;
      default -> 1;
    };
  }

  public static String of(ClientProblem problem, URI server) {
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
