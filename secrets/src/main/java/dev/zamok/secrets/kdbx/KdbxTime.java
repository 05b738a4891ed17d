package dev.zamok.secrets.kdbx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Times: ISO 8601 in version 3, seconds since the year 1 as base64 of 8 bytes in version 4. */
final class KdbxTime {
  private static final long YEAR_1 = Instant.parse("0001-01-01T00:00:00Z").getEpochSecond();

  private KdbxTime() {}

  /** Null when it is neither. */
  static @Nullable Instant parse(String text) {
    try {
      if (text.contains("-")) {
        return Instant.parse(text);
      }
      byte[] seconds = Base64.getDecoder().decode(text);
      if (seconds.length != 8) {
        return null;
      }
      long since = ByteBuffer.wrap(seconds).order(ByteOrder.LITTLE_ENDIAN).getLong();
      return Instant.ofEpochSecond(Math.addExact(YEAR_1, since));
    } catch (DateTimeException | IllegalArgumentException | ArithmeticException e) {
      return null;
    }
  }
}
