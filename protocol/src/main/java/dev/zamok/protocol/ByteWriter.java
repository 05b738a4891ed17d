package dev.zamok.protocol;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Writes big-endian fields into a growing array. Not thread-safe. */
public final class ByteWriter {
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private byte[] array;
  private int size;

  public ByteWriter() {
    this(64);
  }

  public ByteWriter(int sizeExpected) {
    array = new byte[Math.max(16, sizeExpected)];
  }

  public ByteWriter u8(int value) {
    if (value < 0 || value > 0xff) {
      throw new IllegalArgumentException("not a u8: " + value);
    }
    reserve(1);
    array[size++] = (byte) value;
    return this;
  }

  public ByteWriter u16(int value) {
    if (value < 0 || value > 0xffff) {
      throw new IllegalArgumentException("not a u16: " + value);
    }
    reserve(2);
    array[size++] = (byte) (value >>> 8);
    array[size++] = (byte) value;
    return this;
  }

  public ByteWriter u32(int value) {
    if (value < 0) {
      throw new IllegalArgumentException("negative: " + value);
    }
    reserve(4);
    INTS.set(array, size, value);
    size += 4;
    return this;
  }

  public ByteWriter u64(long value) {
    reserve(8);
    LONGS.set(array, size, value);
    size += 8;
    return this;
  }

  public ByteWriter bytes(Bytes bytes) {
    reserve(bytes.size());
    bytes.copyTo(array, size);
    size += bytes.size();
    return this;
  }

  public ByteWriter bytes(byte[] bytes) {
    reserve(bytes.length);
    System.arraycopy(bytes, 0, array, size, bytes.length);
    size += bytes.length;
    return this;
  }

  /** {@code L(x)}: a u16 length and as many bytes, at most 65,535. */
  public ByteWriter sized(Bytes bytes) {
    return u16(bytes.size()).bytes(bytes);
  }

  public int size() {
    return size;
  }

  /** What was written so far, copied. */
  public byte[] toByteArray() {
    return Arrays.copyOf(array, size);
  }

  /** What was written so far; whatever is written later does not change it. */
  public Bytes toBytes() {
    // an array that is full is never written to again: the next byte moves to a larger one
    return Bytes.wrap(size == array.length ? array : toByteArray());
  }

  private void reserve(int more) {
    if (array.length - size < more) {
      array = Arrays.copyOf(array, Math.max(array.length * 2, size + more));
    }
  }
}
