package dev.zamok.protocol;

import java.util.function.Function;
import java.util.random.RandomGenerator;

/** What all identifiers share. */
final class Ids {
  private Ids() {}

  static <T> T exactly(Bytes bytes, int size, Function<ByteReader, T> read) {
    if (bytes.size() != size) {
      throw new MalformedException("identifier of " + bytes.size() + " bytes, not " + size);
    }
    return read.apply(bytes.reader());
  }

  /**
   * The first 8 bytes of an identifier that people hand to commands: with the highest bit clear,
   * base64url never starts with the hyphen that would make it look like an option.
   */
  static long startingWithALetter(RandomGenerator random) {
    return random.nextLong() & Long.MAX_VALUE;
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
