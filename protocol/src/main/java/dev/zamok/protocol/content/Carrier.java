package dev.zamok.protocol.content;

/** How a content travels. */
public enum Carrier {
  /** In the log of the room. */
  MESSAGE(60_000),
  /** To those connected now, never stored. */
  SIGNAL(3_800);

  private final int bytesMax;

  Carrier(int bytesMax) {
    this.bytesMax = bytesMax;
  }

  /** What fits an envelope together with the fixed fields, padding, signature and seal. */
  public int bytesMax() {
    return bytesMax;
  }
}
