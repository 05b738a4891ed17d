package dev.zamok.crypto.password;

import dev.zamok.crypto.SecretBytes;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;

/**
 * What somebody typed in, as Unicode NFKC in UTF-8, so that the same password typed on another
 * keyboard gives the same bytes.
 */
public final class Password {
  /** After normalisation, in bytes of UTF-8. */
  public static final int BYTES_MAX = 1024;

  private final SecretBytes utf8;

  private Password(SecretBytes utf8) {
    this.utf8 = utf8;
  }

  /**
   * The caller may zero {@code typed} afterwards. Fails with {@link IllegalArgumentException} when
   * empty, too long, or not Unicode.
   */
  public static Password of(char[] typed) {
    // Longer text is not worth normalising: no character takes less than a byte.
    if (typed.length == 0 || typed.length > BYTES_MAX) {
      throw new IllegalArgumentException("password of unacceptable length");
    }
    String normal = Normalizer.normalize(CharBuffer.wrap(typed), Normalizer.Form.NFKC);
    try {
      ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(normal));
      byte[] utf8 = new byte[encoded.remaining()];
      encoded.get(utf8);
      if (utf8.length == 0 || utf8.length > BYTES_MAX) {
        throw new IllegalArgumentException("password of unacceptable length");
      }
      return new Password(SecretBytes.wrap(utf8));
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("password that is not Unicode");
    }
  }

  /** Where the text is a string already, such as in a request body. */
  public static Password of(String typed) {
    return of(typed.toCharArray());
  }

  SecretBytes utf8() {
    return utf8;
  }

  /** Zeroes the bytes. */
  public void destroy() {
    utf8.destroy();
  }

  @Override
  public String toString() {
    return "Password[]";
  }
}
