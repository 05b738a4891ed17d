package dev.zamok.secrets.bitwarden;

import static dev.zamok.secrets.intake.ForeignJson.text;

import com.fasterxml.jackson.databind.JsonNode;
import dev.zamok.client.secret.SecretText;
import dev.zamok.secrets.intake.ImportFailure;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.bouncycastle.crypto.params.HKDFParameters;
import org.jspecify.annotations.Nullable;

/**
 * Opens an export under a password: the password is stretched with PBKDF2-HMAC-SHA256 or Argon2id
 * (salt {@code SHA-256(salt)}), expanded to two keys with HKDF-SHA256, and every {@code
 * 2.iv|ciphertext|mac} is AES-256-CBC under HMAC-SHA256. The MAC is checked before anything is
 * decrypted. An old construction, read here and written nowhere.
 */
final class ProtectedExport {
  private static final int KEY_BYTES = 32;
  private static final int ITERATIONS_MIN = 5_000;
  private static final int ITERATIONS_MAX = 10_000_000;
  private static final int PASSES_MAX = 20;
  private static final int MEMORY_MIB_MIN = 8;
  private static final int MEMORY_MIB_MAX = 512;
  private static final int LANES_MAX = 16;

  private ProtectedExport() {}

  static byte[] open(JsonNode export, @Nullable SecretText password) {
    if (!export.path("passwordProtected").asBoolean(false)) {
      throw new ImportFailure(
          "the export is encrypted for one Bitwarden account: export it again, protected by a"
              + " password");
    }
    if (password == null || password.isEmpty()) {
      throw new ImportFailure("the export is protected: its password is needed");
    }
    byte[] stretched = stretch(export, password);
    byte[] encryption = expand(stretched, "enc");
    byte[] mac = expand(stretched, "mac");
    try {
      decrypt(text(export, "encKeyValidation_DO_NOT_EDIT"), encryption, mac);
      return decrypt(text(export, "data"), encryption, mac);
    } finally {
      Arrays.fill(stretched, (byte) 0);
      Arrays.fill(encryption, (byte) 0);
      Arrays.fill(mac, (byte) 0);
    }
  }

  private static byte[] stretch(JsonNode export, SecretText password) {
    byte[] salt = text(export, "salt").getBytes(StandardCharsets.UTF_8);
    int iterations = export.path("kdfIterations").asInt(0);
    try {
      return switch (export.path("kdfType").asInt(-1)) {
        case 0 -> pbkdf2(iterations, salt, password);
        case 1 ->
            argon2id(
                export, iterations, MessageDigest.getInstance("SHA-256").digest(salt), password);
        default -> throw new ImportFailure("the export is protected in a way that is not known");
      };
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new ImportFailure("the export is protected in a way that is not known");
    }
  }

  private static byte[] pbkdf2(int iterations, byte[] salt, SecretText password)
      throws GeneralSecurityException {
    checkBounds(iterations >= ITERATIONS_MIN && iterations <= ITERATIONS_MAX);
    PBEKeySpec spec =
        new PBEKeySpec(password.reveal().toCharArray(), salt, iterations, KEY_BYTES * 8);
    try {
      return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded();
    } finally {
      spec.clearPassword();
    }
  }

  private static byte[] argon2id(JsonNode export, int passes, byte[] salt, SecretText password) {
    int memory = export.path("kdfMemory").asInt(0);
    int lanes = export.path("kdfParallelism").asInt(0);
    checkBounds(
        passes >= 1
            && passes <= PASSES_MAX
            && memory >= MEMORY_MIB_MIN
            && memory <= MEMORY_MIB_MAX
            && lanes >= 1
            && lanes <= LANES_MAX);
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(memory * 1024)
            .withIterations(passes)
            .withParallelism(lanes)
            .withSalt(salt)
            .build());
    byte[] key = new byte[KEY_BYTES];
    generator.generateBytes(password.reveal().getBytes(StandardCharsets.UTF_8), key);
    return key;
  }

  private static void checkBounds(boolean within) {
    if (!within) {
      throw new ImportFailure("the export asks for more or less work than is allowed");
    }
  }

  private static byte[] expand(byte[] key, String info) {
    HKDFBytesGenerator hkdf = new HKDFBytesGenerator(new SHA256Digest());
    hkdf.init(HKDFParameters.skipExtractParameters(key, info.getBytes(StandardCharsets.US_ASCII)));
    byte[] out = new byte[KEY_BYTES];
    hkdf.generateBytes(out, 0, KEY_BYTES);
    return out;
  }

  private static byte[] decrypt(String text, byte[] encryption, byte[] macKey) {
    if (!text.startsWith("2.")) {
      throw new ImportFailure("the export is encrypted in a way that is not known");
    }
    String[] parts = text.substring(2).split("\\|", -1);
    if (parts.length != 3) {
      throw new ImportFailure("the export is encrypted in a way that is not known");
    }
    try {
      byte[] iv = Base64.getDecoder().decode(parts[0]);
      byte[] ciphertext = Base64.getDecoder().decode(parts[1]);
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(macKey, "HmacSHA256"));
      mac.update(iv);
      mac.update(ciphertext);
      if (!MessageDigest.isEqual(mac.doFinal(), Base64.getDecoder().decode(parts[2]))) {
        throw ImportFailure.wrongPassword();
      }
      Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
      cipher.init(
          Cipher.DECRYPT_MODE, new SecretKeySpec(encryption, "AES"), new IvParameterSpec(iv));
      return cipher.doFinal(ciphertext);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw ImportFailure.wrongPassword();
    }
  }
}
