package dev.zamok.protocol.ticket;

/** One key that verifies. Thread-safe. */
@FunctionalInterface
public interface SignatureCheck {
  /** Whether {@code signature}, of the length that the algorithm has, is one of {@code message}. */
  boolean holds(byte[] message, byte[] signature);
}
