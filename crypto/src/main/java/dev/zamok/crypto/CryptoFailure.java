package dev.zamok.crypto;

/**
 * Something does not open or does not verify. There is one message for every cause, so that nobody
 * learns from it which check failed. Cheap to throw; carries no stack and no cause.
 */
public final class CryptoFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The message of every instance. */
  public static final String MESSAGE = "does not open or verify";

  public CryptoFailure() {
    super(MESSAGE, null, false, false);
  }
}
