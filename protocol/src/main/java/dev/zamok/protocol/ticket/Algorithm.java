package dev.zamok.protocol.ticket;

import dev.zamok.protocol.MalformedException;

/** The signature algorithms of tickets (RFC 7518, RFC 8037). A key has exactly one. */
public enum Algorithm {
  EDDSA("EdDSA", 64),
  ES256("ES256", 64),
  HS256("HS256", 32);

  private final String text;
  private final int signatureBytes;

  Algorithm(String text, int signatureBytes) {
    this.text = text;
    this.signatureBytes = signatureBytes;
  }

  /** As in {@code alg}. */
  public String text() {
    return text;
  }

  int signatureBytes() {
    return signatureBytes;
  }

  /** Fails with {@link MalformedException} for any other, {@code none} among them. */
  public static Algorithm parse(String text) {
    for (Algorithm algorithm : values()) {
      if (algorithm.text.equals(text)) {
        return algorithm;
      }
    }
    throw new MalformedException("P-122 unknown signature algorithm");
  }
}
