package dev.zamok.crypto.published;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.crypto.Kdf;
import dev.zamok.crypto.SecretBytes;
import dev.zamok.crypto.identity.AgreementKey;
import dev.zamok.crypto.identity.SigningKey;
import dev.zamok.protocol.Bytes;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.hpke.HPKE;
import org.bouncycastle.crypto.hpke.HPKEContextWithEncapsulation;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.bouncycastle.crypto.params.X25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.X25519PublicKeyParameters;
import org.bouncycastle.math.ec.rfc7748.X25519;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The primitives we use give what their standards print. */
class PublishedVectorsTest {
  /** RFC 8032 §7.1, tests 1 to 3. */
  @ParameterizedTest
  @CsvSource({
    "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60,"
        + "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a,"
        + "'',"
        + "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bac"
        + "c61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb,"
        + "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c,"
        + "72,"
        + "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e"
        + "458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7,"
        + "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025,"
        + "af82,"
        + "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290"
        + "ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
  })
  void ed25519SignsAsRfc8032(String seed, String publicKey, String message, String signature) {
    SigningKey key = SigningKey.of(SecretBytes.wrap(Hex.raw(seed)));
    assertThat(key.publicKey().bytes().toHex()).isEqualTo(publicKey);
    assertThat(key.sign(Hex.bytes(message)).toHex()).isEqualTo(signature);
    key.publicKey().verify(Hex.bytes(message), Hex.bytes(signature));
  }

  /** RFC 5869 A.1 (with salt) and A.3 (without). */
  @ParameterizedTest
  @CsvSource({
    "000102030405060708090a0b0c,f0f1f2f3f4f5f6f7f8f9,"
        + "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b88718"
        + "5865",
    "'','',"
        + "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a"
        + "96c8"
  })
  void hkdfDerivesAsRfc5869(String salt, String info, String okm) {
    SecretBytes ikm = SecretBytes.wrap(Hex.raw("0b".repeat(22)));
    SecretBytes derived = Kdf.derive(ikm, Hex.bytes(salt), Hex.bytes(info), 42);
    assertThat(derived).isEqualTo(SecretBytes.wrap(Hex.raw(okm)));
  }

  /** RFC 7748 §6.1: Bob's side. */
  @Test
  void x25519AgreesAsRfc7748() {
    byte[] bob = Hex.raw("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb");
    byte[] alice = Hex.raw("8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a");
    byte[] shared = new byte[32];
    assertThat(X25519.calculateAgreement(bob, 0, alice, 0, shared, 0)).isTrue();
    assertThat(shared)
        .isEqualTo(Hex.raw("4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742"));
    assertThat(AgreementKey.of(SecretBytes.wrap(bob)).publicKey().toHex())
        .isEqualTo("de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f");
  }

  /** The Galois/Counter Mode of Operation (McGrew, Viega), test case 16. */
  @Test
  void aesGcmSealsAsItsAuthorsSay() throws Exception {
    SecretKeySpec key =
        new SecretKeySpec(Hex.raw("feffe9928665731c6d6a8f9467308308".repeat(2)), "AES");
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(128, Hex.raw("cafebabefacedbaddecaf888")));
    cipher.updateAAD(Hex.raw("feedfacedeadbeeffeedfacedeadbeefabaddad2"));
    byte[] sealed =
        cipher.doFinal(
            Hex.raw(
                "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
                    + "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39"));
    assertThat(sealed)
        .isEqualTo(
            Hex.raw(
                "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
                    + "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
                    + "76fc6ece0f4e1768cddf8853bb2d551b"));
    assertThat(cipher.getProvider().getName()).startsWith("Sun");
  }

  /** RFC 9180 A.1.1: the library, in the suite with AES-128-GCM. */
  @Test
  void hpkeSealsAsRfc9180() throws Exception {
    HPKE hpke =
        new HPKE(
            HPKE.mode_base, HPKE.kem_X25519_SHA256, HPKE.kdf_HKDF_SHA256, HPKE.aead_AES_GCM128);
    X25519PrivateKeyParameters ephemeral =
        new X25519PrivateKeyParameters(
            Hex.raw("52c4a758a802cd8b936eceea314432798d5baf2d7e9235dc084ab1b9cfa2f736"));
    byte[] recipient = Hex.raw("3948cfe0ad1ddb695d780e59077195da6c56506b027329794ab02bca80815c4d");
    HPKEContextWithEncapsulation context =
        hpke.setupBaseS(
            new X25519PublicKeyParameters(recipient),
            Hex.raw("4f6465206f6e2061204772656369616e2055726e"),
            new AsymmetricCipherKeyPair(ephemeral.generatePublicKey(), ephemeral));
    assertThat(context.getEncapsulation())
        .isEqualTo(Hex.raw("37fda3567bdbd628e88668c3c8d7e97d1d1253b6d4ea6d44c150f741f1bf4431"));
    byte[] sealed =
        context.seal(
            Hex.raw("436f756e742d30"),
            Hex.raw("4265617574792069732074727574682c20747275746820626561757479"));
    assertThat(sealed)
        .isEqualTo(
            Hex.raw(
                "f938558b5d72f1a23810b4be2ab4f84331acc02fc97babc53a52ae8218a355a9"
                    + "6d8770ac83d07bea87e13c512a"));
  }

  /** RFC 9106 §5.3. */
  @Test
  void argon2idStretchesAsRfc9106() {
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(32)
            .withIterations(3)
            .withParallelism(4)
            .withSalt(Hex.raw("02".repeat(16)))
            .withSecret(Hex.raw("03".repeat(8)))
            .withAdditional(Hex.raw("04".repeat(12)))
            .build());
    byte[] tag = new byte[32];
    generator.generateBytes(Hex.raw("01".repeat(32)), tag);
    assertThat(tag)
        .isEqualTo(Hex.raw("0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659"));
  }

  /** The widely published vector of PBKDF2 with HMAC-SHA-512, modelled on RFC 6070. */
  @Test
  void pbkdf2StretchesAsPublished() throws Exception {
    PBEKeySpec spec =
        new PBEKeySpec("password".toCharArray(), new byte[] {'s', 'a', 'l', 't'}, 1, 512);
    byte[] derived =
        SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512").generateSecret(spec).getEncoded();
    assertThat(Bytes.wrap(derived).toHex())
        .isEqualTo(
            "867f70cf1ade02cff3752599a3a53dc4af34c7a669815ae5d513554e1c8cf252"
                + "c02d470a285a0501bad999bfe943c08f050235d7d68b1da55e63f73b60a57fce");
  }
}
