package dev.zamok.crypto.message;

/** What an envelope is. Each kind counts its own sequence numbers. */
public enum EnvelopeKind {
  /** An entry of the log, published under an id. */
  MESSAGE(1),
  /** Never stored, without an id. */
  SIGNAL(2);

  private final int code;

  EnvelopeKind(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }
}
