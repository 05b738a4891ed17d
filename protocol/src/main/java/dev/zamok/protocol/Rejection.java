package dev.zamok.protocol;

/**
 * A request refused by the fault of its caller: nothing was changed. Cheap to throw; carries no
 * stack.
 */
public final class Rejection extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;

  public Rejection(ErrorCode code) {
    super(code.text(), null, false, false);
    this.code = code;
  }

  public ErrorCode code() {
    return code;
  }
}
