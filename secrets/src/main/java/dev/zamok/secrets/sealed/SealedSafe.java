package dev.zamok.secrets.sealed;

import dev.zamok.client.secret.SecretCodec;
import dev.zamok.client.secret.SecretText;
import dev.zamok.crypto.CryptoFailure;
import dev.zamok.crypto.export.ExportFile;
import dev.zamok.crypto.password.KdfParams;
import dev.zamok.crypto.password.Password;
import dev.zamok.protocol.ByteReader;
import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MalformedException;
import dev.zamok.secrets.intake.ImportFailure;
import dev.zamok.secrets.intake.ImportLimits;
import dev.zamok.secrets.intake.Imported;
import dev.zamok.secrets.intake.PlacedSecret;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The content of a sealed file.
 *
 * <pre>
 * content = version u8, 1 ‖ count u32 ‖ secret…
 * secret  = depth u8 ‖ L(name of folder)… ‖ size u32 ‖ body of SECRET.md
 * </pre>
 *
 * <p>Reading is strict. Attachments name items of the room they came from; their contents are not
 * in the file.
 */
public final class SealedSafe {
  private static final int VERSION = 1;

  private SealedSafe() {}

  /**
   * Slow, as the password is stretched. Fails with {@link IllegalArgumentException} when there are
   * more secrets, or longer ones, than a file holds; or for a password that is none.
   */
  public static byte[] write(
      List<PlacedSecret> secrets, SecretText password, KdfParams params, SecureRandom random) {
    if (secrets.size() > ImportLimits.SECRETS_MAX) {
      throw new IllegalArgumentException("more than " + ImportLimits.SECRETS_MAX + " secrets");
    }
    ByteWriter writer = new ByteWriter(1 << 16).u8(VERSION).u32(secrets.size());
    for (PlacedSecret placed : secrets) {
      writer.u8(placed.folders().size());
      placed.folders().forEach(name -> writer.sized(utf8(name)));
      byte[] body = SecretCodec.encode(placed.secret());
      writer.u32(body.length).bytes(body);
      Arrays.fill(body, (byte) 0);
      if (writer.size() > ExportFile.CONTENT_BYTES_MAX) {
        throw new IllegalArgumentException(
            "the secrets have more than " + ExportFile.CONTENT_BYTES_MAX + " bytes");
      }
    }
    byte[] content = writer.toByteArray();
    Password typed = Password.of(password.reveal());
    try {
      return ExportFile.seal(typed, params, content, random).toByteArray();
    } finally {
      Arrays.fill(content, (byte) 0);
      typed.destroy();
    }
  }

  public static boolean isOne(byte[] file) {
    return ExportFile.isOne(Bytes.wrap(file));
  }

  /** Fails with {@link ImportFailure}; then nothing was taken. Slow. */
  public static Imported read(byte[] file, SecretText password) {
    Password typed = password(password);
    try {
      byte[] content = ExportFile.open(typed, Bytes.copyOf(file));
      Imported imported = new Imported(secrets(Bytes.wrap(content).reader()), List.of());
      Arrays.fill(content, (byte) 0);
      return imported;
    } catch (CryptoFailure e) {
      throw ImportFailure.wrongPassword();
    } catch (MalformedException e) {
      throw new ImportFailure("the file is no sealed file of Zamok, or a later version's");
    } finally {
      typed.destroy();
    }
  }

  private static Password password(SecretText password) {
    try {
      return Password.of(password.reveal());
    } catch (IllegalArgumentException e) {
      throw ImportFailure.wrongPassword();
    }
  }

  private static List<PlacedSecret> secrets(ByteReader reader) {
    if (reader.u8() != VERSION) {
      throw new MalformedException("version that is not known");
    }
    int count = reader.u32();
    ImportLimits.checkCount(count);
    List<PlacedSecret> secrets = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int depth = reader.u8();
      List<String> folders = new ArrayList<>();
      for (int k = 0; k < depth; k++) {
        folders.add(text(reader.sized()));
      }
      Bytes body = reader.bytes(reader.u32());
      secrets.add(new PlacedSecret(folders, SecretCodec.decode(body.toByteArray())));
    }
    reader.end();
    return secrets;
  }

  private static Bytes utf8(String text) {
    try {
      ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      byte[] bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      return Bytes.wrap(bytes);
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("name of a folder with half a character");
    }
  }

  private static String text(Bytes utf8) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(utf8.asByteBuffer()).toString();
    } catch (CharacterCodingException e) {
      throw new MalformedException("name of a folder that is not UTF-8");
    }
  }
}
