package dev.zamok.crypto.chain;

/** A statement that a chain does not accept; the chain is unchanged. Safe to show. */
public final class ChainException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ChainFault fault;

  public ChainException(ChainFault fault) {
    super(fault.text(), null, false, false);
    this.fault = fault;
  }

  public ChainFault fault() {
    return fault;
  }
}
