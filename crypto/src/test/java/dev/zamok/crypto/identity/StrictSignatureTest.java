package dev.zamok.crypto.identity;

import static dev.zamok.crypto.Tampering.assertFails;
import static dev.zamok.crypto.Tampering.flip;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.crypto.SecretBytes;
import dev.zamok.crypto.SeededRandom;
import dev.zamok.protocol.Bytes;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.junit.jupiter.api.Test;

class StrictSignatureTest {
  private static final Bytes MESSAGE = Bytes.fromHex("c0ffee");

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
    Bytes changed = CraftedSignature.withLAdded(key.sign(MESSAGE));
    assertFails(() -> key.publicKey().verify(MESSAGE, changed));
  }

  @Test
  void keysOfSmallOrderUnderWhichOneSignatureFitsManyMessagesAreRefused() {
    for (String point : CraftedSignature.SMALL_ORDER) {
      assertFails(() -> VerifyKey.of(Bytes.fromHex(point)));
    }
  }

  @Test
  void keysThatAreNotCanonicalPointsAreRefused() {
    for (String point : CraftedSignature.NOT_CANONICAL) {
      assertFails(() -> VerifyKey.of(Bytes.fromHex(point)));
    }
  }

  @Test
  void signatureWhoseRHasSmallOrderIsRefused() {
    for (String point : CraftedSignature.SMALL_ORDER) {
      Bytes signature =
          CraftedSignature.withR(seed, key.publicKey().bytes(), MESSAGE, Bytes.fromHex(point));
      byte[] sig = signature.toByteArray();
      byte[] data = MESSAGE.toByteArray();
      byte[] publicKey = key.publicKey().bytes().toByteArray();
      // The library alone takes it: its equation ignores the cofactor.
      assertThat(Ed25519.verify(sig, 0, publicKey, 0, data, 0, data.length)).isTrue();
      assertFails(() -> key.publicKey().verify(MESSAGE, signature));
    }
  }

  @Test
  void aKeyThatIsSaidToHaveBeenCheckedBeforeIsCheckedWhenItVerifies() {
    Bytes signature = key.sign(MESSAGE);
    VerifyKey.checkedBefore(key.publicKey().bytes()).verify(MESSAGE, signature);
    for (String point : CraftedSignature.SMALL_ORDER) {
      VerifyKey weak = VerifyKey.checkedBefore(Bytes.fromHex(point));
      assertFails(() -> weak.verify(MESSAGE, signature));
      VerifyKey same = VerifyKey.checkedBefore(key.publicKey().bytes());
      Bytes crafted =
          CraftedSignature.withR(seed, key.publicKey().bytes(), MESSAGE, Bytes.fromHex(point));
      assertFails(() -> same.verify(MESSAGE, crafted));
    }
    for (String point : CraftedSignature.NOT_CANONICAL) {
      VerifyKey none = VerifyKey.checkedBefore(Bytes.fromHex(point));
      assertFails(() -> none.verify(MESSAGE, signature));
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
}
