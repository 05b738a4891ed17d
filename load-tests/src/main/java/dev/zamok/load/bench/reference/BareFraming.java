package dev.zamok.load.bench.reference;

import io.netty.buffer.ByteBuf;

/** Headers of binary frames from a server (RFC 6455 §5.2), for messages below 64 KiB. */
final class BareFraming {
  private static final int BINARY_FINAL = 0x82;
  private static final int SHORT_MAX = 125;
  private static final int LENGTH_16 = 126;

  private BareFraming() {}

  static void header(ByteBuf out, int length) {
    out.writeByte(BINARY_FINAL);
    if (length <= SHORT_MAX) {
      out.writeByte(length);
    } else {
      out.writeByte(LENGTH_16).writeShort(length);
    }
  }
}
