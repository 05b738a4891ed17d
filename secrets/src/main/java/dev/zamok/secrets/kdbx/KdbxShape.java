package dev.zamok.secrets.kdbx;

import dev.zamok.secrets.intake.ImportFailure;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Walks the outer shape of a database before the library sees it: the library reserves what the
 * lengths in the file say, and a few bytes could ask for gigabytes.
 *
 * <pre>
 * signature 4 ‖ signature 4 ‖ minor u16 ‖ major u16 ‖ fields (id u8 ‖ length u16 or u32 ‖ value)…
 * of version 4 then: hash 32 ‖ HMAC 32 ‖ blocks (HMAC 32 ‖ length u32 ‖ data)… up to an empty one
 * </pre>
 *
 * all little-endian.
 */
final class KdbxShape {
  static final int SIGNATURE_1 = 0x9AA2D903;
  static final int SIGNATURE_2 = 0xB54BFB67;

  private static final int END_OF_HEADER = 0;
  private static final int FIELD_BYTES_MAX = 1 << 20;
  private static final int FIELDS_MAX = 100;
  private static final int HASHES_BYTES = 64;
  private static final int HMAC_BYTES = 32;

  private KdbxShape() {}

  static void check(byte[] file) {
    ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    if (in.remaining() < 12 || in.getInt() != SIGNATURE_1 || in.getInt() != SIGNATURE_2) {
      throw new ImportFailure("the file is no database of KeePass 2");
    }
    in.getShort();
    int major = in.getShort();
    if (major != 3 && major != 4) {
      throw new ImportFailure("the database is of a version that is not known: 3 and 4 are");
    }
    int fields = 0;
    int id;
    do {
      need(in, major == 4 ? 5 : 3);
      id = in.get();
      int length = major == 4 ? in.getInt() : in.getShort() & 0xffff;
      if (length < 0 || length > FIELD_BYTES_MAX || ++fields > FIELDS_MAX) {
        throw damaged();
      }
      skip(in, length);
    } while (id != END_OF_HEADER);
    if (major == 4) {
      blocks(in);
    }
  }

  private static void blocks(ByteBuffer in) {
    skip(in, HASHES_BYTES);
    int length;
    do {
      skip(in, HMAC_BYTES);
      need(in, 4);
      length = in.getInt();
      skip(in, length);
    } while (length != 0);
  }

  private static void skip(ByteBuffer in, int length) {
    if (length < 0) {
      throw damaged();
    }
    need(in, length);
    in.position(in.position() + length);
  }

  private static void need(ByteBuffer in, int length) {
    if (in.remaining() < length) {
      throw damaged();
    }
  }

  static ImportFailure damaged() {
    return new ImportFailure("the database is damaged");
  }
}
