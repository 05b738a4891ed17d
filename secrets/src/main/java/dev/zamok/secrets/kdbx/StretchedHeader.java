package dev.zamok.secrets.kdbx;

import dev.zamok.secrets.intake.ImportFailure;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.UUID;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.jspecify.annotations.Nullable;
import org.linguafranca.pwdb.kdbx.KdbxHeader;
import org.linguafranca.pwdb.security.Encryption;
import org.linguafranca.pwdb.security.VariantDictionary;

/**
 * The header of a database, as the library reads it, and in addition: Argon2id, which the library
 * does not know; bounds of the work it asks for; and the key is stretched once, not three times.
 */
final class StretchedHeader extends KdbxHeader {
  private static final UUID ARGON2ID = UUID.fromString("9e298b19-56db-4773-b23d-fc3ec6f0a1e6");
  private static final long AES_ROUNDS_MAX = 100_000_000;
  private static final long ARGON2_BYTES_MAX = 1L << 30;
  private static final long ARGON2_PASSES_MAX = 100;
  private static final long ARGON2_LANES_MAX = 64;
  private static final int KEY_BYTES = 32;

  private @Nullable VariantDictionary argon2id;
  private byte @Nullable [] stretched;

  @Override
  public void setKdfParameters(VariantDictionary parameters) {
    if (parameters.mustGet("$UUID").asUuid().equals(ARGON2ID)) {
      argon2id = parameters;
    } else {
      super.setKdfParameters(parameters);
    }
  }

  /** For one key only: a header belongs to one file, which has one. */
  @Override
  public byte[] getTransformedKeyDigest(byte[] key) {
    if (stretched == null) {
      checkWork();
      stretched = argon2id == null ? super.getTransformedKeyDigest(key) : argon2id(key, argon2id);
    }
    return stretched.clone();
  }

  private void checkWork() {
    if (getVersion() < 4) {
      within(getTransformRounds(), AES_ROUNDS_MAX);
    } else if (argon2id == null
        && getKeyDerivationFunction() == Encryption.KeyDerivationFunction.AES) {
      within(number(getKdfParameters(), "R"), AES_ROUNDS_MAX);
    } else {
      VariantDictionary parameters = argon2id == null ? getKdfParameters() : argon2id;
      within(number(parameters, "M"), ARGON2_BYTES_MAX);
      within(number(parameters, "I"), ARGON2_PASSES_MAX);
      within(number(parameters, "P"), ARGON2_LANES_MAX);
    }
  }

  private static byte[] argon2id(byte[] key, VariantDictionary parameters) {
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion((int) number(parameters, "V"))
            .withMemoryAsKB((int) (number(parameters, "M") / 1024))
            .withIterations((int) number(parameters, "I"))
            .withParallelism((int) number(parameters, "P"))
            .withSalt(parameters.mustGet("S").asByteArray())
            .build());
    byte[] out = new byte[KEY_BYTES];
    generator.generateBytes(key, out);
    return out;
  }

  private static long number(VariantDictionary parameters, String name) {
    byte[] value = parameters.mustGet(name).asByteArray();
    if (value.length > 8) {
      throw KdbxShape.damaged();
    }
    byte[] padded = java.util.Arrays.copyOf(value, 8);
    return ByteBuffer.wrap(padded).order(ByteOrder.LITTLE_ENDIAN).getLong();
  }

  private static void within(long value, long max) {
    if (value < 1 || value > max) {
      throw new ImportFailure("the database asks for more work than is allowed");
    }
  }
}
