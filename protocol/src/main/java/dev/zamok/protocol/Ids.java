package dev.zamok.protocol;

import java.util.function.Function;

/** What all identifiers share. */
final class Ids {
  private Ids() {}

  static <T> T exactly(Bytes bytes, int size, Function<ByteReader, T> read) {
    if (bytes.size() != size) {
      throw new MalformedException("identifier of " + bytes.size() + " bytes, not " + size);
    }
    return read.apply(bytes.reader());
  }

  static Bytes parse(String text, int size) {
    if (text.length() > 2 * size) {
      throw new MalformedException("identifier too long");
    }
    try {
      return Bytes.fromBase64Url(text);
    } catch (IllegalArgumentException e) {
      throw new MalformedException("identifier is not base64url");
    }
  }
}
