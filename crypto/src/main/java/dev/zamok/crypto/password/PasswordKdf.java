package dev.zamok.crypto.password;

import dev.zamok.crypto.SecretBytes;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Stretches passwords. Slow and hungry by purpose (64 MiB and 0.2 s with the defaults): run it on a
 * bounded pool, never on an event loop.
 */
public final class PasswordKdf {
  private PasswordKdf() {}

  /** 32 bytes of {@code password} under the parameters and the salt of {@code recipe}. */
  public static SecretBytes derive(Password password, Phc recipe) {
    byte[] utf8 = password.utf8().toByteArray();
    try {
      return SecretBytes.wrap(
          recipe.params() instanceof KdfParams.Argon2id argon
              ? argon2id(utf8, recipe, argon)
              : pbkdf2(utf8, recipe, (KdfParams.Pbkdf2) recipe.params()));
    } finally {
      Arrays.fill(utf8, (byte) 0);
    }
  }

  private static byte[] argon2id(byte[] utf8, Phc recipe, KdfParams.Argon2id params) {
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(params.memoryKib())
            .withIterations(params.passes())
            .withParallelism(params.lanes())
            .withSalt(recipe.salt().toByteArray())
            .build());
    byte[] out = new byte[Phc.HASH_SIZE];
    generator.generateBytes(utf8, out);
    return out;
  }

  private static byte[] pbkdf2(byte[] utf8, Phc recipe, KdfParams.Pbkdf2 params) {
    CharBuffer decoded = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(utf8));
    char[] chars = new char[decoded.remaining()];
    decoded.get(chars);
    PBEKeySpec spec =
        new PBEKeySpec(chars, recipe.salt().toByteArray(), params.iterations(), Phc.HASH_SIZE * 8);
    Arrays.fill(chars, '\0');
    try {
      // The platform turns the characters into UTF-8 again.
      return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512").generateSecret(spec).getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("PBKDF2 is not available", e);
    } finally {
      spec.clearPassword();
    }
  }
}
