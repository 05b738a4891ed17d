package dev.zamok.protocol;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Reads big-endian fields strictly: every field must be there whole, and {@link #end} refuses what
 * is left over.
 *
 * <p>Every failure is a {@link MalformedException}. Not thread-safe.
 */
public final class ByteReader {
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final byte[] array;
  private final int limit;
  private int at;

  ByteReader(byte[] array, int offset, int size) {
    this.array = array;
    this.at = offset;
    this.limit = offset + size;
  }

  public int remaining() {
    return limit - at;
  }

  public int u8() {
    return array[take(1)] & 0xff;
  }

  public int u16() {
    int i = take(2);
    return (array[i] & 0xff) << 8 | (array[i + 1] & 0xff);
  }

  /** A u32 that must fit a non-negative {@code int}: no counter of Zamok reaches 2^31. */
  public int u32() {
    int value = (int) INTS.get(array, take(4));
    if (value < 0) {
      throw new MalformedException("P-005 number of 2^31 or more");
    }
    return value;
  }

  /**
   * Milliseconds since 1970 as a u64 below 2^53: a number of JavaScript holds them, and they are
   * never negative here.
   */
  public long millis() {
    long value = u64();
    if (value < 0 || value > Entry.TIME_MILLIS_MAX) {
      throw new MalformedException("P-005 time of 2^53 or more");
    }
    return value;
  }

  /** All 64 bits; unsigned where the field is. */
  public long u64() {
    return (long) LONGS.get(array, take(8));
  }

  public Bytes bytes(int size) {
    return Bytes.wrap(array, take(size), size);
  }

  /** {@code L(x)}: a u16 length and as many bytes. */
  public Bytes sized() {
    return bytes(u16());
  }

  /** Everything left. */
  public Bytes rest() {
    return bytes(remaining());
  }

  /** Fails unless everything was read. */
  public void end() {
    if (at != limit) {
      throw new MalformedException("P-004 " + remaining() + " bytes too many");
    }
  }

  private int take(int size) {
    if (size < 0 || size > limit - at) {
      throw new MalformedException("P-003 truncated");
    }
    int start = at;
    at += size;
    return start;
  }
}
