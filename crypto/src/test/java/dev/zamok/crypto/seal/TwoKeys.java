package dev.zamok.crypto.seal;

import dev.zamok.crypto.Context;
import dev.zamok.crypto.Kdf;
import dev.zamok.crypto.SecretBytes;
import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.modes.gcm.GCMUtil;

/**
 * One ciphertext with one tag that AES-GCM takes under two keys: all blocks but the first are free,
 * and the first solves the equation between the two tags (Len, Grubbs, Ristenpart: Partitioning
 * Oracle Attacks, 2021).
 */
public final class TwoKeys {
  private static final int BLOCK = 16;
  private static final byte[] NO_NONCE = new byte[12];

  private TwoKeys() {}

  /** A seal of suite 02 that names the one key, and whose ciphertext holds under both. */
  public static Bytes seal02(
      SecretBytes named, SecretBytes other, Bytes context, int size, SecureRandom random) {
    byte[] salt = new byte[32];
    random.nextBytes(salt);
    byte[] one = derived(named, salt);
    byte[] two = derived(other, salt);
    Bytes ciphertext =
        ciphertext(
            Arrays.copyOf(one, 32),
            Arrays.copyOf(two, 32),
            NO_NONCE,
            AesGcm.aad(Seal02.SUITE, context),
            size,
            random);
    return new ByteWriter()
        .u8(Seal02.SUITE)
        .bytes(salt)
        .bytes(Arrays.copyOfRange(one, 32, 64))
        .bytes(ciphertext)
        .toBytes();
  }

  /** The same seal with the commitment to another key. */
  public static Bytes naming(SecretBytes key, Bytes sealed) {
    byte[] out = sealed.toByteArray();
    byte[] derived = derived(key, Arrays.copyOfRange(out, 1, 33));
    System.arraycopy(derived, 32, out, 33, 32);
    return Bytes.wrap(out);
  }

  /** A seal of suite 01 under both keys. */
  static Bytes seal01(
      SecretBytes one, SecretBytes other, Bytes context, int size, SecureRandom random) {
    byte[] nonce = new byte[NO_NONCE.length];
    random.nextBytes(nonce);
    byte[] aad = AesGcm.aad(Seal01.SUITE, context);
    Bytes ciphertext = ciphertext(one.toByteArray(), other.toByteArray(), nonce, aad, size, random);
    return new ByteWriter().u8(Seal01.SUITE).bytes(nonce).bytes(ciphertext).toBytes();
  }

  /** What AES-GCM alone says to a seal of suite 02: whether the tag holds under that key. */
  public static boolean tagHolds(SecretBytes key, Bytes context, Bytes sealed) {
    byte[] derived = derived(key, sealed.slice(1, 33).toByteArray());
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(
          Cipher.DECRYPT_MODE,
          new SecretKeySpec(derived, 0, 32, "AES"),
          new GCMParameterSpec(BLOCK * 8, NO_NONCE));
      cipher.updateAAD(AesGcm.aad(Seal02.SUITE, context));
      byte[] unused = cipher.doFinal(sealed.slice(65, sealed.size()).toByteArray());
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static byte[] derived(SecretBytes key, byte[] salt) {
    Bytes info = Context.of("commit").toBytes();
    return Kdf.derive(key, Bytes.wrap(salt), info, 64).toByteArray();
  }

  /** Of {@code size} bytes, a multiple of 16, and the tag. */
  private static Bytes ciphertext(
      byte[] one, byte[] two, byte[] nonce, byte[] aad, int size, SecureRandom random) {
    byte[] free = new byte[size];
    random.nextBytes(free);
    Arrays.fill(free, 0, BLOCK, (byte) 0);
    byte[] hashed = hashed(aad, free);
    // The first block of the ciphertext is followed by the others and by the lengths.
    int exponent = size / BLOCK + 1;
    Side a = new Side(one, nonce, hashed);
    Side b = new Side(two, nonce, hashed);
    long[] difference = xor(a.tag, b.tag);
    long[] first = times(difference, inverse(xor(a.power(exponent), b.power(exponent))));
    System.arraycopy(GCMUtil.asBytes(first), 0, free, 0, BLOCK);
    byte[] tag = GCMUtil.asBytes(xor(a.tag, times(first, a.power(exponent))));
    return new ByteWriter(size + BLOCK).bytes(free).bytes(tag).toBytes();
  }

  /** What GHASH runs over. */
  private static byte[] hashed(byte[] aad, byte[] ciphertext) {
    int padded = (aad.length + BLOCK - 1) / BLOCK * BLOCK;
    return new ByteWriter()
        .bytes(Arrays.copyOf(aad, padded))
        .bytes(ciphertext)
        .u64(aad.length * 8L)
        .u64(ciphertext.length * 8L)
        .toByteArray();
  }

  /** Hash key and tag under one of the keys. */
  private static final class Side {
    private final long[] h;
    private final long[] tag;

    Side(byte[] key, byte[] nonce, byte[] hashed) {
      h = GCMUtil.asLongs(block(key, new byte[BLOCK]));
      byte[] counter = Arrays.copyOf(nonce, BLOCK);
      counter[BLOCK - 1] = 1;
      long[] sum = new long[2];
      for (int at = 0; at < hashed.length; at += BLOCK) {
        sum = times(xor(sum, GCMUtil.asLongs(Arrays.copyOfRange(hashed, at, at + BLOCK))), h);
      }
      tag = xor(sum, GCMUtil.asLongs(block(key, counter)));
    }

    long[] power(int exponent) {
      long[] product = GCMUtil.oneAsLongs();
      for (int i = 0; i < exponent; i++) {
        product = times(product, h);
      }
      return product;
    }
  }

  private static byte[] block(byte[] key, byte[] input) {
    try {
      Cipher aes = Cipher.getInstance("AES/ECB/NoPadding");
      aes.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"));
      return aes.doFinal(input);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static long[] xor(long[] x, long[] y) {
    return new long[] {x[0] ^ y[0], x[1] ^ y[1]};
  }

  private static long[] times(long[] x, long[] y) {
    long[] product = x.clone();
    GCMUtil.multiply(product, y);
    return product;
  }

  /** x to the power of 2^128 − 2. */
  private static long[] inverse(long[] x) {
    long[] product = GCMUtil.oneAsLongs();
    long[] square = x;
    for (int i = 1; i < 128; i++) {
      square = times(square, square);
      product = times(product, square);
    }
    return product;
  }
}
