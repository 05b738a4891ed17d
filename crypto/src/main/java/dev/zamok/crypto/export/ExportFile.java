package dev.zamok.crypto.export;

import dev.zamok.crypto.Context;
import dev.zamok.crypto.CryptoFailure;
import dev.zamok.crypto.Kdf;
import dev.zamok.crypto.SecretBytes;
import dev.zamok.crypto.password.KdfParams;
import dev.zamok.crypto.password.Password;
import dev.zamok.crypto.password.PasswordKdf;
import dev.zamok.crypto.password.Phc;
import dev.zamok.crypto.seal.Seal02;
import dev.zamok.protocol.ByteReader;
import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MalformedException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;

/**
 * A file that one password opens.
 *
 * <pre>
 * file   = header ‖ Suite 02 of the content
 * header = ctx("export", L(recipe)), also the context of the seal
 * key    = kdf(KDF(password, recipe), -, ctx("export-key"))
 * </pre>
 *
 * <p>The recipe is a PHC string without a hash; its bounds are those of master passwords. Slow: see
 * {@link PasswordKdf}.
 */
public final class ExportFile {
  /** The largest content, in bytes. */
  public static final int CONTENT_BYTES_MAX = 64 << 20;

  private static final String LABEL = "export";
  private static final int HEADER_BYTES_MAX = 256;

  private ExportFile() {}

  /**
   * Seals {@code content} under a password.
   *
   * @param params the client's choice; normally {@link KdfParams#DEFAULT}
   */
  public static Bytes seal(
      Password password, KdfParams params, byte[] content, SecureRandom random) {
    if (content.length > CONTENT_BYTES_MAX) {
      throw new IllegalArgumentException("content of " + content.length + " bytes");
    }
    byte[] salt = new byte[Phc.SALT_SIZE];
    random.nextBytes(salt);
    Phc recipe = new Phc(params, Bytes.wrap(salt), null);
    Bytes header = header(recipe);
    Bytes sealed = key(password, recipe).seal(header, content, random);
    return new ByteWriter(header.size() + sealed.size()).bytes(header).bytes(sealed).toBytes();
  }

  /**
   * The content, which belongs to the caller. Fails with {@link MalformedException} when it is no
   * such file, and with {@link CryptoFailure} for a wrong password or a changed file.
   */
  public static byte[] open(Password password, Bytes file) {
    if (file.size() > CONTENT_BYTES_MAX + Seal02.OVERHEAD_BYTES + HEADER_BYTES_MAX) {
      throw new MalformedException("file of " + file.size() + " bytes");
    }
    ByteReader reader = file.reader();
    Context.expect(reader, LABEL);
    String text = new String(reader.sized().toByteArray(), StandardCharsets.ISO_8859_1);
    Phc recipe = Phc.parse(text);
    if (recipe.hash() != null) {
      throw new MalformedException("recipe with a hash");
    }
    return key(password, recipe).open(header(recipe), reader.rest());
  }

  /** Whether this begins like such a file. */
  public static boolean isOne(Bytes file) {
    try {
      Context.expect(file.reader(), LABEL);
      return true;
    } catch (MalformedException e) {
      return false;
    }
  }

  private static Bytes header(Phc recipe) {
    return Context.of(LABEL).sized(recipe.text()).toBytes();
  }

  private static Seal02 key(Password password, Phc recipe) {
    SecretBytes stretched = PasswordKdf.derive(password, recipe);
    try {
      return Seal02.with(Kdf.derive(stretched, Context.of("export-key")));
    } finally {
      stretched.destroy();
    }
  }
}
