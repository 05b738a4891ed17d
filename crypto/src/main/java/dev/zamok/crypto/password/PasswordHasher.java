package dev.zamok.crypto.password;

import dev.zamok.crypto.SecretBytes;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MalformedException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * Hashes and verifies login passwords as PHC strings, each under a salt of its own. Thread-safe;
 * slow: see {@link PasswordKdf}.
 */
public final class PasswordHasher {
  private final KdfParams params;
  private final SecureRandom random;
  private final Phc decoy;

  /**
   * A hasher.
   *
   * @param params for new hashes
   */
  public PasswordHasher(KdfParams params, SecureRandom random) {
    this.params = params;
    this.random = random;
    this.decoy = new Phc(params, salt(), null);
  }

  /** A PHC string with a fresh salt. */
  public String hash(Password password) {
    Phc recipe = new Phc(params, salt(), null);
    Bytes hash = Bytes.wrap(PasswordKdf.derive(password, recipe).toByteArray());
    return new Phc(params, recipe.salt(), hash).text();
  }

  /** Compares in constant time. Fails with {@link MalformedException} for a broken string. */
  public boolean verify(Password password, String phc) {
    return verify(password, Phc.parse(phc));
  }

  /**
   * Takes as long as {@link #verify} under the current parameters: for accounts that do not exist,
   * so that the time tells nobody which do.
   */
  public void verifyNothing(Password password) {
    PasswordKdf.derive(password, decoy).destroy();
  }

  /** Whether the string was made with another kind of function or weaker parameters than now. */
  public boolean needsRehash(String phc) {
    return Phc.parse(phc).params().isWeakerThan(params);
  }

  private static boolean verify(Password password, Phc phc) {
    Bytes expected = phc.hash();
    if (expected == null) {
      throw new MalformedException("password recipe without a hash");
    }
    SecretBytes derived = PasswordKdf.derive(password, phc);
    byte[] actual = derived.toByteArray();
    try {
      return MessageDigest.isEqual(expected.toByteArray(), actual);
    } finally {
      Arrays.fill(actual, (byte) 0);
      derived.destroy();
    }
  }

  private Bytes salt() {
    byte[] salt = new byte[Phc.SALT_SIZE];
    random.nextBytes(salt);
    return Bytes.wrap(salt);
  }

  @Override
  public String toString() {
    return "PasswordHasher[" + params.phc() + "]";
  }
}
