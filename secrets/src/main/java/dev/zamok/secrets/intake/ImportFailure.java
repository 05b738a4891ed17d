package dev.zamok.secrets.intake;

/**
 * A file cannot be read as a whole, and nothing of it was taken. The message is ours and quotes
 * nothing of the file: what parsers say often does, so there is no cause.
 */
public final class ImportFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String why;

  public ImportFailure(String why) {
    super(why, null, false, false);
    this.why = why;
  }

  /** The one message for a wrong password and for a file that was changed. */
  public static ImportFailure wrongPassword() {
    return new ImportFailure("the password is wrong, or the file is damaged");
  }

  @Override
  public String getMessage() {
    return why;
  }
}
