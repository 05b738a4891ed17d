package dev.zamok.client.problem;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/**
 * Why something the user asked for did not happen. Every future of the client fails with this
 * class, or with one of its own bugs. The text is safe to show: it holds no key, password or
 * content.
 */
public final class ClientProblem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The closed set of causes. */
  public enum Kind {
    /** The server refused the request; {@link #refusal} says why. */
    REFUSED,
    /** A server cannot be reached or cannot serve now; see {@link #outcomeUnknown}. */
    UNAVAILABLE,
    /** The member lacks the right, or is no member. */
    NOT_ALLOWED,
    /** The login or the master password is wrong; servers do not tell which part of a login. */
    WRONG_PASSWORD,
    /** The session has ended: log in again. */
    LOGGED_OUT,
    /** Something a server or a member sent does not verify. Loud: show it to the user. */
    TAMPERED,
    /** An account shows a card that the pinned one did not sign. Loud. */
    CARD_CHANGED,
    /**
     * The membership log of a room is shorter than, or differs from, what was seen before. Loud.
     */
    CHAIN_ALARM,
    /** The room waits for a new secret after somebody left: nobody sends until then. */
    GENERATION_OWED,
    /** The keys of the room cannot be brought up to date: sending stopped. */
    KEYS_BEHIND,
    /** The server's certificate is not the pinned one, or no pin is there yet. */
    SERVER_UNTRUSTED,
    /** The profile directory is in use, belongs to another account or cannot be written. */
    PROFILE,
    /** The client or the session was closed by its user. */
    CLOSED
  }

  private final Kind kind;
  private final String refusal;
  private final boolean outcomeUnknown;
  private final long retryAfterMillis;

  private ClientProblem(
      Kind kind, String text, String refusal, boolean outcomeUnknown, long retryAfterMillis) {
    super(text, null, false, false);
    this.kind = kind;
    this.refusal = refusal;
    this.outcomeUnknown = outcomeUnknown;
    this.retryAfterMillis = retryAfterMillis;
  }

  public static ClientProblem of(Kind kind, String text) {
    return new ClientProblem(kind, text, "", false, 0);
  }

  /**
   * What a server refused.
   *
   * @param refusal the stable name of the refusal, such as {@code chain-conflict}
   */
  public static ClientProblem refused(
      Kind kind, String refusal, String text, long retryAfterMillis) {
    return new ClientProblem(kind, text, refusal, false, retryAfterMillis);
  }

  public static ClientProblem unavailable(String text, boolean outcomeUnknown) {
    return new ClientProblem(Kind.UNAVAILABLE, text, "", outcomeUnknown, 0);
  }

  public static ClientProblem tampered(String what) {
    return of(Kind.TAMPERED, what);
  }

  /** The same, for a change that may have happened in an earlier attempt. */
  public ClientProblem perhapsDone() {
    return new ClientProblem(kind, String.valueOf(getMessage()), refusal, true, retryAfterMillis);
  }

  /** The problem inside what a future failed with; anything else is a bug and is thrown on. */
  public static ClientProblem in(Throwable failure) {
    Throwable cause = unwrap(failure);
    if (cause instanceof ClientProblem problem) {
      return problem;
    }
    throw new IllegalStateException("bug in the client", cause);
  }

  /** Without the wrappers that futures put around a failure. */
  public static Throwable unwrap(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException || cause instanceof ExecutionException) {
      Throwable inner = cause.getCause();
      if (inner == null) {
        return cause;
      }
      cause = inner;
    }
    return cause;
  }

  public static boolean is(Throwable failure, Kind kind) {
    return unwrap(failure) instanceof ClientProblem problem && problem.kind == kind;
  }

  /** Whether the servers refused for exactly this reason. */
  public static boolean isRefusal(Throwable failure, String refusal) {
    return unwrap(failure) instanceof ClientProblem problem && problem.refusal.equals(refusal);
  }

  public Kind kind() {
    return kind;
  }

  /** The stable name a server gave, empty if none did. */
  public String refusal() {
    return refusal;
  }

  /**
   * The change may have happened. Mostly with {@link Kind#UNAVAILABLE}; with any other kind when
   * the last of several attempts was refused and the answer to an earlier one was lost.
   */
  public boolean outcomeUnknown() {
    return outcomeUnknown;
  }

  /** When trying again makes sense, milliseconds from now; 0 when nobody said. */
  public long retryAfterMillis() {
    return retryAfterMillis;
  }

  /** Whether a user must see this even when the program could go on. */
  public boolean isLoud() {
    return switch (kind) {
      case TAMPERED, CARD_CHANGED, CHAIN_ALARM, SERVER_UNTRUSTED -> true;
      default -> false;
    };
  }
}
