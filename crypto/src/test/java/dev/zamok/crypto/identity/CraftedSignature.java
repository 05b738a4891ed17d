package dev.zamok.crypto.identity;

import dev.zamok.crypto.SecretBytes;
import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;

/** Keys and signatures that lax verifiers take and ours must not. */
public final class CraftedSignature {
  /** The order of the prime-order subgroup (RFC 8032 §5.1). */
  private static final BigInteger L =
      BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

  /** All points whose order divides 8, canonical, with their orders 1, 2, 4, 4, 8, 8, 8, 8. */
  public static final List<String> SMALL_ORDER =
      List.of(
          "0100000000000000000000000000000000000000000000000000000000000000",
          "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
          "0000000000000000000000000000000000000000000000000000000000000000",
          "0000000000000000000000000000000000000000000000000000000000000080",
          "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
          "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
          "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
          "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa");

  /**
   * y = p + 1, that is 1; y = 1 and y = -1 with the sign of x set though x is zero; y = 2^255 - 1;
   * and y = 2, which no point of the curve has.
   */
  public static final List<String> NOT_CANONICAL =
      List.of(
          "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
          "0100000000000000000000000000000000000000000000000000000000000080",
          "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
          "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
          "0200000000000000000000000000000000000000000000000000000000000000");

  private CraftedSignature() {}

  /** The same signature with {@code S + L}. */
  public static Bytes withLAdded(Bytes signature) {
    byte[] changed = signature.toByteArray();
    BigInteger s = littleEndian(Arrays.copyOfRange(changed, 32, 64)).add(L);
    System.arraycopy(littleEndian(s), 0, changed, 32, 32);
    return Bytes.wrap(changed);
  }

  /** A signature of the key's owner with R of small order: S = k·a. */
  public static Bytes withR(SecretBytes seed, Bytes publicKey, Bytes message, Bytes pointR) {
    MessageDigest sha512 = sha512();
    byte[] scalar = Arrays.copyOf(sha512.digest(seed.toByteArray()), 32);
    scalar[0] &= (byte) 0xf8;
    scalar[31] = (byte) (scalar[31] & 0x7f | 0x40);
    sha512.update(pointR.toByteArray());
    sha512.update(publicKey.toByteArray());
    BigInteger k = littleEndian(sha512.digest(message.toByteArray())).mod(L);
    BigInteger s = k.multiply(littleEndian(scalar)).mod(L);
    return new ByteWriter().bytes(pointR).bytes(littleEndian(s)).toBytes();
  }

  private static MessageDigest sha512() {
    try {
      return MessageDigest.getInstance("SHA-512");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static BigInteger littleEndian(byte[] bytes) {
    byte[] reversed = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      reversed[bytes.length - 1 - i] = bytes[i];
    }
    return new BigInteger(1, reversed);
  }

  private static byte[] littleEndian(BigInteger value) {
    byte[] out = new byte[32];
    byte[] big = value.toByteArray();
    for (int i = 0; i < big.length && i < 32; i++) {
      out[i] = big[big.length - 1 - i];
    }
    return out;
  }
}
