package dev.zamok.app;

/**
 * Something the user can mend. The message says what is wrong and what to do; it is printed without
 * a stack.
 */
public final class UserError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Exit codes that scripts can tell apart; 1 is any other failure, 2 wrong usage. */
  public static final int NOT_FOUND = 3;

  public static final int CONFLICT = 4;
  public static final int NOT_ALLOWED = 5;
  public static final int DOES_NOT_VERIFY = 6;

  /** What somebody with the right to write did not write as it should be: no sign of tampering. */
  public static final int UNREADABLE = 7;

  private final int exitCode;

  public UserError(String message) {
    this(message, 1);
  }

  /** One that scripts can tell from others. */
  public UserError(String message, int exitCode) {
    super(message, null, false, false);
    this.exitCode = exitCode;
  }

  public int exitCode() {
    return exitCode;
  }
}
