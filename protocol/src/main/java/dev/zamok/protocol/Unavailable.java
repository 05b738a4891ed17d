package dev.zamok.protocol;

/** A dependency failed. */
public final class Unavailable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean outcomeUnknown;

  /**
   * @param outcomeUnknown the change may have happened; repeating it under the same id is safe
   */
  public Unavailable(String what, boolean outcomeUnknown) {
    super(what, null, false, false);
    this.outcomeUnknown = outcomeUnknown;
  }

  public Unavailable(String what, boolean outcomeUnknown, Throwable cause) {
    super(what, cause);
    this.outcomeUnknown = outcomeUnknown;
  }

  public boolean outcomeUnknown() {
    return outcomeUnknown;
  }
}
