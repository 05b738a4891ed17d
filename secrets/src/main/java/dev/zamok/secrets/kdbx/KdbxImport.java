package dev.zamok.secrets.kdbx;

import dev.zamok.client.secret.SecretText;
import dev.zamok.secrets.intake.BoundedInput;
import dev.zamok.secrets.intake.ImportFailure;
import dev.zamok.secrets.intake.ImportLimits;
import dev.zamok.secrets.intake.Imported;
import dev.zamok.secrets.intake.Intake;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.linguafranca.pwdb.Credentials;
import org.linguafranca.pwdb.kdbx.KdbxCreds;
import org.linguafranca.pwdb.kdbx.KdbxHeader;
import org.linguafranca.pwdb.kdbx.KdbxSerializer;

/**
 * Reads databases of KeePass 2, KeePassXC and their like: KDBX 3.1 and 4 with AES-256 or ChaCha20,
 * under AES-KDF, Argon2d or Argon2id, with a password, a key file or both. The library opens the
 * envelope; the XML inside is read by {@link KdbxXml}.
 */
public final class KdbxImport {
  private static final int KEY_FILE_BYTES_MAX = 1 << 20;

  private KdbxImport() {}

  /**
   * Fails with {@link ImportFailure}; then nothing was taken. Slow, and hungry for as much memory
   * as the database asks for, at most 1 GiB.
   *
   * @param keyFile the content of the key file, where there is one
   */
  public static Imported read(
      byte[] file, @Nullable SecretText password, byte @Nullable [] keyFile) {
    ImportLimits.checkFile(file);
    KdbxShape.check(file);
    try {
      KdbxHeader header = new StretchedHeader();
      InputStream xml =
          KdbxSerializer.createUnencryptedInputStream(
              credentials(password, keyFile), header, new ByteArrayInputStream(file));
      Intake intake = new Intake();
      InputStream bounded = new BoundedInput(xml, ImportLimits.UNPACKED_BYTES_MAX);
      new KdbxXml(intake, header.getInnerStreamEncryptor()::decrypt).read(bounded);
      return intake.done();
    } catch (ImportFailure e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // The library has many exceptions for a wrong password, and their words are its own.
      throw ImportFailure.wrongPassword();
    }
  }

  private static Credentials credentials(@Nullable SecretText password, byte @Nullable [] keyFile) {
    if (password == null && keyFile == null) {
      throw new ImportFailure("the database is encrypted: its password is needed");
    }
    if (keyFile != null && keyFile.length > KEY_FILE_BYTES_MAX) {
      throw new ImportFailure("the key file has more than " + KEY_FILE_BYTES_MAX + " bytes");
    }
    byte[] typed =
        password == null ? new byte[0] : password.reveal().getBytes(StandardCharsets.UTF_8);
    try {
      if (keyFile == null) {
        return new KdbxCreds(typed);
      }
      InputStream key = new ByteArrayInputStream(keyFile);
      return password == null ? new KdbxCreds(key) : new KdbxCreds(typed, key);
    } finally {
      Arrays.fill(typed, (byte) 0);
    }
  }
}
