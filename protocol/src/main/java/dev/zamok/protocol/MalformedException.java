package dev.zamok.protocol;

/**
 * Bytes or text from outside that break the format they claim. The text is safe to show and names
 * no content.
 */
public final class MalformedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String why;

  public MalformedException(String why) {
    super(why, null, false, false);
    this.why = why;
  }

  @Override
  public String getMessage() {
    return why;
  }
}
