package dev.zamok.protocol;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Objects;

/**
 * An immutable run of bytes, possibly a view into a larger array that nobody changes any more.
 *
 * <p>Not for secrets: equality takes a time that depends on the contents.
 */
public final class Bytes {
  public static final Bytes EMPTY = new Bytes(new byte[0], 0, 0);

  private final byte[] array;
  private final int offset;
  private final int size;

  private Bytes(byte[] array, int offset, int size) {
    this.array = array;
    this.offset = offset;
    this.size = size;
  }

  /** A copy: the caller may go on changing {@code array}. */
  public static Bytes copyOf(byte[] array) {
    return wrap(array.clone());
  }

  /** No copy: the caller gives {@code array} away and must not change it again. */
  public static Bytes wrap(byte[] array) {
    return array.length == 0 ? EMPTY : new Bytes(array, 0, array.length);
  }

  /** As {@link #wrap(byte[])}, of the {@code size} bytes from {@code offset} on. */
  public static Bytes wrap(byte[] array, int offset, int size) {
    Objects.checkFromIndexSize(offset, size, array.length);
    return size == 0 ? EMPTY : new Bytes(array, offset, size);
  }

  /**
   * The bytes of unpadded base64url text (RFC 4648 §5); fails with {@link
   * IllegalArgumentException}.
   */
  public static Bytes fromBase64Url(String text) {
    byte[] decoded = Base64.getUrlDecoder().decode(text);
    // Without padding, only the bits that the last group leaves over can be spelled in many ways.
    int rest = decoded.length % 3;
    byte[] last = Arrays.copyOfRange(decoded, decoded.length - rest, decoded.length);
    boolean canonical =
        text.length() == (decoded.length * 4L + 2) / 3
            && text.endsWith(Base64.getUrlEncoder().withoutPadding().encodeToString(last));
    if (!canonical) {
      throw new IllegalArgumentException("not canonical base64url");
    }
    return wrap(decoded);
  }

  public static Bytes fromHex(String text) {
    return wrap(HexFormat.of().parseHex(text));
  }

  public int size() {
    return size;
  }

  public boolean isEmpty() {
    return size == 0;
  }

  public byte get(int index) {
    return array[offset + Objects.checkIndex(index, size)];
  }

  public byte[] toByteArray() {
    return Arrays.copyOfRange(array, offset, offset + size);
  }

  /** A view, without copying. */
  public Bytes slice(int from, int to) {
    Objects.checkFromToIndex(from, to, size);
    return wrap(array, offset + from, to - from);
  }

  /** Copies all bytes to {@code target} from {@code at} on. */
  public void copyTo(byte[] target, int at) {
    System.arraycopy(array, offset, target, at, size);
  }

  /** A read-only view, without copying. */
  public ByteBuffer asByteBuffer() {
    return ByteBuffer.wrap(array, offset, size).slice().asReadOnlyBuffer();
  }

  public ByteReader reader() {
    return new ByteReader(array, offset, size);
  }

  public String toHex() {
    return HexFormat.of().formatHex(array, offset, offset + size);
  }

  /** Unpadded base64url (RFC 4648 §5). */
  public String toBase64Url() {
    byte[] exact = size == array.length ? array : toByteArray();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(exact);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes that
        && Arrays.equals(
            array, offset, offset + size, that.array, that.offset, that.offset + that.size);
  }

  @Override
  public int hashCode() {
    int result = 1;
    for (int i = offset; i < offset + size; i++) {
      result = 31 * result + array[i];
    }
    return result;
  }

  /** Tells the size alone, so that no content reaches a log by accident. */
  @Override
  public String toString() {
    return "Bytes[" + size + "]";
  }
}
