package dev.zamok.crypto.item;

import dev.zamok.crypto.CryptoFailure;
import dev.zamok.protocol.ByteReader;
import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MalformedException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What is inside the record of a secret: where it lies, and its content, padded so that its size
 * tells little.
 *
 * <pre>
 * body = 01 ‖ flags u8 ‖ L(folder, UTF-8) ‖ length u32 ‖ content ‖ zeros to a multiple of 256
 * </pre>
 *
 * <p>Flags: 1 it lies in the trash; 2 nothing changed but the secret it is sealed under. A folder
 * is a path, its names separated by {@code /}, empty for none; at most 512 bytes.
 *
 * @param content of the secret; this package does not look into it
 */
public record ItemBody(boolean trashed, boolean resealed, String folder, Bytes content) {
  /** The kind of a secret in {@link ItemAddress}. */
  public static final int KIND_SECRET = 1;

  public static final int FOLDER_BYTES_MAX = 512;
  public static final int CONTENT_BYTES_MAX = 512 << 10;

  private static final int FORMAT = 1;
  private static final int TRASHED = 1;
  private static final int RESEALED = 2;
  private static final int PADDING_BYTES = 256;

  /** Fails with {@link MalformedException}. */
  public ItemBody {
    if (utf8(folder).length > FOLDER_BYTES_MAX || !isPath(folder)) {
      throw new MalformedException("folder that is no path");
    }
    if (content.size() > CONTENT_BYTES_MAX) {
      throw new MalformedException("content of " + content.size() + " bytes");
    }
  }

  /** The bytes to be sealed; they belong to the caller. */
  public byte[] encode() {
    byte[] path = utf8(folder);
    byte[] raw =
        new ByteWriter(content.size() + path.length + 8)
            .u8(FORMAT)
            .u8((trashed ? TRASHED : 0) | (resealed ? RESEALED : 0))
            .sized(Bytes.wrap(path))
            .u32(content.size())
            .bytes(content)
            .toByteArray();
    return Arrays.copyOf(raw, (raw.length + PADDING_BYTES - 1) / PADDING_BYTES * PADDING_BYTES);
  }

  /** Strict. Fails with {@link CryptoFailure}: who sealed it did not keep to the format. */
  public static ItemBody decode(byte[] body) {
    try {
      ByteReader in = Bytes.wrap(body).reader();
      int format = in.u8();
      int flags = in.u8();
      String folder = text(in.sized());
      Bytes content = in.bytes(in.u32());
      ItemBody read =
          new ItemBody((flags & TRASHED) != 0, (flags & RESEALED) != 0, folder, content);
      if (format != FORMAT || flags > 3 || !Arrays.equals(read.encode(), body)) {
        throw new CryptoFailure();
      }
      return read;
    } catch (MalformedException e) {
      throw new CryptoFailure();
    }
  }

  private static boolean isPath(String folder) {
    if (folder.isEmpty()) {
      return true;
    }
    for (String name : folder.split("/", -1)) {
      if (name.isBlank() || name.equals(".") || name.equals("..")) {
        return false;
      }
    }
    return folder.chars().noneMatch(Character::isISOControl);
  }

  private static byte[] utf8(String text) {
    try {
      ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      byte[] out = new byte[encoded.remaining()];
      encoded.get(out);
      return out;
    } catch (CharacterCodingException e) {
      throw new MalformedException("folder that is not Unicode");
    }
  }

  private static String text(Bytes utf8) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(utf8.asByteBuffer()).toString();
    } catch (CharacterCodingException e) {
      throw new MalformedException("folder that is not UTF-8");
    }
  }

  /** Hides folder and content. */
  @Override
  public String toString() {
    return "ItemBody[" + content.size() + " bytes]";
  }
}
