package dev.zamok.crypto.identity;

import static dev.zamok.crypto.Tampering.assertFails;
import static dev.zamok.crypto.Tampering.flip;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.crypto.SecretBytes;
import dev.zamok.crypto.SeededRandom;
import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictSignatureTest {
  private static final Bytes MESSAGE = Bytes.fromHex("c0ffee");

  /** The order of the prime-order subgroup (RFC 8032 §5.1). */
  private static final BigInteger L =
      BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

  /** All points whose order divides 8, canonical, with their orders 1, 2, 4, 4, 8, 8, 8, 8. */
  private static final List<String> SMALL_ORDER =
      List.of(
          "0100000000000000000000000000000000000000000000000000000000000000",
          "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
          "0000000000000000000000000000000000000000000000000000000000000000",
          "0000000000000000000000000000000000000000000000000000000000000080",
          "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
          "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
          "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
          "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa");

  private final SecretBytes seed = SecretBytes.random(new SeededRandom("signer"), 32);
  private final SigningKey key = SigningKey.of(seed);

  @Test
  void anyChangedBitOfASignatureOrMessageIsRefused() {
    Bytes signature = key.sign(MESSAGE);
    key.publicKey().verify(MESSAGE, signature);
    for (int bit = 0; bit < signature.size() * 8; bit++) {
      Bytes changed = flip(signature, bit);
      assertFails(() -> key.publicKey().verify(MESSAGE, changed));
    }
    for (int bit = 0; bit < MESSAGE.size() * 8; bit++) {
      Bytes changed = flip(MESSAGE, bit);
      assertFails(() -> key.publicKey().verify(changed, signature));
    }
  }

  @Test
  void malleatedSignatureWithLAddedToSIsRefused() {
    byte[] signature = key.sign(MESSAGE).toByteArray();
    BigInteger s = littleEndian(Arrays.copyOfRange(signature, 32, 64)).add(L);
    System.arraycopy(littleEndian(s), 0, signature, 32, 32);
    assertFails(() -> key.publicKey().verify(MESSAGE, Bytes.wrap(signature)));
  }

  @Test
  void keysOfSmallOrderUnderWhichOneSignatureFitsManyMessagesAreRefused() {
    for (String point : SMALL_ORDER) {
      assertFails(() -> VerifyKey.of(Bytes.fromHex(point)));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // y = p + 1, that is 1; y = 1 and y = -1 with the sign of x set though x is zero; y = 2^255
        // - 1.
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "0100000000000000000000000000000000000000000000000000000000000080",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        // No point of the curve has y = 2.
        "0200000000000000000000000000000000000000000000000000000000000000"
      })
  void keysThatAreNotCanonicalPointsAreRefused(String point) {
    assertFails(() -> VerifyKey.of(Bytes.fromHex(point)));
  }

  @Test
  void signatureWhoseRHasSmallOrderIsRefused() throws Exception {
    for (String point : SMALL_ORDER) {
      Bytes signature = signatureWith(Bytes.fromHex(point), BigInteger.ZERO);
      byte[] sig = signature.toByteArray();
      byte[] data = MESSAGE.toByteArray();
      byte[] publicKey = key.publicKey().bytes().toByteArray();
      // The library alone takes it: its equation ignores the cofactor.
      assertThat(Ed25519.verify(sig, 0, publicKey, 0, data, 0, data.length)).isTrue();
      assertFails(() -> key.publicKey().verify(MESSAGE, signature));
    }
  }

  @Test
  void otherSizesAreRefused() {
    Bytes signature = key.sign(MESSAGE);
    assertFails(() -> key.publicKey().verify(MESSAGE, signature.slice(0, 63)));
    assertFails(() -> VerifyKey.of(key.publicKey().bytes().slice(0, 31)));
  }

  @Test
  void agreementKeysOfLowOrderAreRecognised() {
    assertThat(AgreementKey.isLowOrder(Bytes.wrap(new byte[32]))).isTrue();
    assertThat(
            AgreementKey.isLowOrder(
                Bytes.fromHex("0100000000000000000000000000000000000000000000000000000000000000")))
        .isTrue();
    assertThat(
            AgreementKey.isLowOrder(
                Bytes.fromHex("e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800")))
        .isTrue();
    assertThat(
            AgreementKey.isLowOrder(
                Bytes.fromHex("5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157")))
        .isTrue();
    assertThat(
            AgreementKey.isLowOrder(
                Bytes.fromHex("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")))
        .isTrue();
    assertThat(AgreementKey.isLowOrder(AgreementKey.of(seed).publicKey())).isFalse();
  }

  /** A signature of the key's owner with the given R, where r·B is all that S accounts for. */
  private Bytes signatureWith(Bytes pointR, BigInteger r) throws Exception {
    MessageDigest sha512 = MessageDigest.getInstance("SHA-512");
    byte[] scalar = Arrays.copyOf(sha512.digest(seed.toByteArray()), 32);
    scalar[0] &= (byte) 0xf8;
    scalar[31] = (byte) (scalar[31] & 0x7f | 0x40);
    sha512.update(pointR.toByteArray());
    sha512.update(key.publicKey().bytes().toByteArray());
    BigInteger k = littleEndian(sha512.digest(MESSAGE.toByteArray())).mod(L);
    BigInteger s = k.multiply(littleEndian(scalar)).add(r).mod(L);
    return new ByteWriter().bytes(pointR).bytes(littleEndian(s)).toBytes();
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
