package dev.zamok.crypto;

import dev.zamok.protocol.Bytes;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * Bytes that must not be seen: hidden from {@link #toString}, compared in constant time, and zeroed
 * by {@link #destroy}.
 *
 * <p>Safe to share between threads as long as nobody destroys it while others use it. The garbage
 * collector may have left copies: destroying narrows the window, it promises nothing.
 */
public final class SecretBytes {
  private final byte[] array;
  private volatile boolean destroyed;

  private SecretBytes(byte[] array) {
    this.array = array;
  }

  /** No copy: the caller gives {@code array} away and must not touch it again. */
  public static SecretBytes wrap(byte[] array) {
    return new SecretBytes(array);
  }

  /** A copy; the caller should zero {@code array} when it is done with it. */
  public static SecretBytes copyOf(byte[] array) {
    return new SecretBytes(array.clone());
  }

  /** For secrets that arrived in the clear, such as vectors and files read by the caller. */
  public static SecretBytes copyOf(Bytes bytes) {
    return new SecretBytes(bytes.toByteArray());
  }

  public static SecretBytes random(SecureRandom random, int size) {
    byte[] array = new byte[size];
    random.nextBytes(array);
    return new SecretBytes(array);
  }

  /** {@code first ‖ second}. */
  public static SecretBytes join(SecretBytes first, SecretBytes second) {
    byte[] joined = Arrays.copyOf(first.live(), first.array.length + second.array.length);
    System.arraycopy(second.live(), 0, joined, first.array.length, second.array.length);
    return new SecretBytes(joined);
  }

  public int size() {
    return array.length;
  }

  /** A copy; the caller zeroes it. Fails with {@link IllegalStateException} once destroyed. */
  public byte[] toByteArray() {
    return live().clone();
  }

  /** A copy of the bytes from {@code from} up to {@code to}. */
  public SecretBytes slice(int from, int to) {
    java.util.Objects.checkFromToIndex(from, to, array.length);
    return new SecretBytes(Arrays.copyOfRange(live(), from, to));
  }

  /** Fails with {@link IllegalArgumentException} for another size; yields itself otherwise. */
  public SecretBytes requireSize(int size) {
    if (array.length != size) {
      throw new IllegalArgumentException("secret of " + array.length + " bytes instead of " + size);
    }
    return this;
  }

  /** Zeroes the bytes; every later use fails with {@link IllegalStateException}. Idempotent. */
  public void destroy() {
    destroyed = true;
    Arrays.fill(array, (byte) 0);
  }

  public boolean isDestroyed() {
    return destroyed;
  }

  private byte[] live() {
    if (destroyed) {
      throw new IllegalStateException("secret was destroyed");
    }
    return array;
  }

  /** In constant time for secrets of one size. */
  @Override
  public boolean equals(Object other) {
    return other instanceof SecretBytes that && MessageDigest.isEqual(live(), that.live());
  }

  /** Tells the size alone: a hash of the contents would leak them. */
  @Override
  public int hashCode() {
    return array.length;
  }

  @Override
  public String toString() {
    return "SecretBytes[" + array.length + "]";
  }
}
