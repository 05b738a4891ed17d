package dev.zamok.crypto.password;

import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MalformedException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A PHC string: parameters, salt and, where it is not a mere recipe, the hash.
 *
 * <pre>
 * $argon2id$v=19$m=65536,t=3,p=1$salt[$hash]
 * $pbkdf2-sha512$i=600000$salt[$hash]
 * </pre>
 *
 * <p>Salt 16 and hash 32 bytes, in unpadded standard base64. Only the canonical text is taken.
 *
 * @param hash null in a recipe
 */
public record Phc(KdfParams params, Bytes salt, @Nullable Bytes hash) {
  public static final int SALT_SIZE = 16;
  public static final int HASH_SIZE = 32;

  /** No string of ours is longer, in characters. */
  public static final int LENGTH_MAX = 128;

  /** Fails with {@link MalformedException} for other sizes. */
  public Phc {
    if (salt.size() != SALT_SIZE || (hash != null && hash.size() != HASH_SIZE)) {
      throw new MalformedException("salt or hash of a wrong size");
    }
  }

  /** Fails with {@link MalformedException}, also for parameters out of bounds. */
  public static Phc parse(String text) {
    if (text.length() <= LENGTH_MAX) {
      String[] parts = text.split("\\$", -1);
      try {
        Phc phc = read(parts);
        if (phc.text().equals(text)) {
          return phc;
        }
      } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
        throw new MalformedException("not a password hash within bounds");
      }
    }
    throw new MalformedException("not a password hash");
  }

  /** The inverse of {@link #parse}. With a hash it allows guessing: keep it sealed. */
  public String text() {
    String recipe = params.phc() + "$" + encode(salt);
    return hash == null ? recipe : recipe + "$" + encode(hash);
  }

  /** The same without the hash. */
  public Phc recipe() {
    return new Phc(params, salt, null);
  }

  /** Lenient: whatever it takes too much of is caught by comparing the canonical text. */
  private static Phc read(String[] parts) {
    boolean argon = parts[1].equals("argon2id");
    int salt = argon ? 4 : 3;
    KdfParams params =
        argon
            ? new KdfParams.Argon2id(
                number(parts[3], 0, "m="), number(parts[3], 1, "t="), number(parts[3], 2, "p="))
            : new KdfParams.Pbkdf2(number(parts[2], 0, "i="));
    boolean hashed = parts.length > salt + 1;
    return new Phc(params, decode(parts[salt]), hashed ? decode(parts[salt + 1]) : null);
  }

  private static int number(String list, int index, String name) {
    return Integer.parseInt(list.split(",", -1)[index].substring(name.length()));
  }

  private static Bytes decode(String text) {
    return Bytes.wrap(Base64.getDecoder().decode(text));
  }

  private static String encode(Bytes bytes) {
    return Base64.getEncoder().withoutPadding().encodeToString(bytes.toByteArray());
  }

  /** Names the parameters alone. */
  @Override
  public String toString() {
    return "Phc[" + params.phc() + "]";
  }
}
