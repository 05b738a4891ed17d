package dev.zamok.crypto;

import dev.zamok.protocol.MalformedException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Locale;

/**
 * A secret of 16 bytes that people write down and type in: 28 characters of Crockford's base32 in
 * groups of four. The last 12 bits check the others: the first of {@code kdf(code, -,
 * ctx("code-check"))}.
 */
public final class HumanCode {
  /** The size of a code, in bytes. */
  public static final int SIZE = 16;

  private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final int CHARACTERS = 28;
  private static final int GROUP = 4;

  private HumanCode() {}

  public static SecretBytes generate(SecureRandom random) {
    return SecretBytes.random(random, SIZE);
  }

  /** The code as text, {@code XXXX-XXXX-XXXX-XXXX-XXXX-XXXX-XXXX}: show it, store it nowhere. */
  public static String toText(SecretBytes code) {
    byte[] raw = checked(code);
    StringBuilder text = new StringBuilder(CHARACTERS + CHARACTERS / GROUP);
    for (int i = 0; i < CHARACTERS; i++) {
      if (i > 0 && i % GROUP == 0) {
        text.append('-');
      }
      int value = 0;
      for (int bit = i * 5; bit < i * 5 + 5; bit++) {
        value = value << 1 | (raw[bit >> 3] >> (7 - (bit & 7)) & 1);
      }
      text.append(ALPHABET.charAt(value));
    }
    Arrays.fill(raw, (byte) 0);
    return text.toString();
  }

  /**
   * Takes small letters, O for 0, I and L for 1, and any spaces and hyphens. Fails with {@link
   * MalformedException}, also when the check does not fit.
   */
  public static SecretBytes parse(String text) {
    byte[] raw = new byte[SIZE + 2];
    int at = 0;
    for (char c : text.toUpperCase(Locale.ROOT).toCharArray()) {
      if (c == '-' || c == ' ') {
        continue;
      }
      char plain = c == 'O' ? '0' : c == 'I' || c == 'L' ? '1' : c;
      int value = ALPHABET.indexOf(plain);
      if (value < 0 || at == CHARACTERS) {
        throw new MalformedException("not a code");
      }
      for (int k = 0; k < 5; k++) {
        int bit = at * 5 + k;
        raw[bit >> 3] |= (byte) ((value >> (4 - k) & 1) << (7 - (bit & 7)));
      }
      at++;
    }
    SecretBytes code = SecretBytes.wrap(Arrays.copyOf(raw, SIZE));
    if (at != CHARACTERS || !Arrays.equals(checked(code), raw)) {
      throw new MalformedException("not a code");
    }
    return code;
  }

  /** The code, its 12 check bits, and 4 bits of zero. */
  private static byte[] checked(SecretBytes code) {
    Hash check = Kdf.commit(code.requireSize(SIZE), Context.of("code-check"));
    byte[] raw = Arrays.copyOf(code.toByteArray(), SIZE + 2);
    raw[SIZE] = check.bytes().get(0);
    raw[SIZE + 1] = (byte) (check.bytes().get(1) & 0xf0);
    return raw;
  }
}
