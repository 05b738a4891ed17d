package dev.zamok.crypto.published;

import dev.zamok.protocol.Bytes;

/** Hexadecimal text as standards print it, with blanks. */
final class Hex {
  private Hex() {}

  static byte[] raw(String text) {
    return bytes(text).toByteArray();
  }

  static Bytes bytes(String text) {
    return Bytes.fromHex(text.replaceAll("\\s", ""));
  }
}
