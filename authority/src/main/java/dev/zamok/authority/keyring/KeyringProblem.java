package dev.zamok.authority.keyring;

/**
 * The keyring cannot be used. The message is for the operator: what is wrong, and what to do. It
 * names paths and key ids, no keys.
 */
public final class KeyringProblem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public KeyringProblem(String message) {
    super(message);
  }

  public KeyringProblem(String message, Throwable cause) {
    super(message, cause);
  }
}
