package dev.zamok.app;

/**
 * Something the user can mend. The message says what is wrong and what to do; it is printed without
 * a stack.
 */
public final class UserError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UserError(String message) {
    super(message, null, false, false);
  }
}
