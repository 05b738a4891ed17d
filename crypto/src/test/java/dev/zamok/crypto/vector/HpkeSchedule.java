package dev.zamok.crypto.vector;

import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.math.ec.rfc7748.X25519;

/**
 * The sender's side of HPKE base mode, X25519, HKDF-SHA256 and AES-256-GCM, written down once more
 * from RFC 9180 §4.1 and §5.1, to check the library in the one suite we use.
 */
record HpkeSchedule(Bytes enc, Bytes shared, Bytes key, Bytes nonce) {
  private static final Bytes KEM_SUITE = new ByteWriter().bytes(ascii("KEM")).u16(0x20).toBytes();
  private static final Bytes SUITE =
      new ByteWriter().bytes(ascii("HPKE")).u16(0x20).u16(1).u16(2).toBytes();

  static HpkeSchedule sender(Bytes ephemeral, Bytes recipient, Bytes info) {
    byte[] enc = new byte[32];
    byte[] dh = new byte[32];
    X25519.scalarMultBase(ephemeral.toByteArray(), 0, enc, 0);
    if (!X25519.calculateAgreement(ephemeral.toByteArray(), 0, recipient.toByteArray(), 0, dh, 0)) {
      throw new AssertionError("agreement failed");
    }
    Bytes kemContext = new ByteWriter().bytes(enc).bytes(recipient).toBytes();
    Bytes eaePrk = extract(KEM_SUITE, Bytes.EMPTY, "eae_prk", Bytes.wrap(dh));
    Bytes shared = expand(KEM_SUITE, eaePrk, "shared_secret", kemContext, 32);
    Bytes pskIdHash = extract(SUITE, Bytes.EMPTY, "psk_id_hash", Bytes.EMPTY);
    Bytes infoHash = extract(SUITE, Bytes.EMPTY, "info_hash", info);
    Bytes context = new ByteWriter().u8(0).bytes(pskIdHash).bytes(infoHash).toBytes();
    Bytes secret = extract(SUITE, shared, "secret", Bytes.EMPTY);
    return new HpkeSchedule(
        Bytes.wrap(enc),
        shared,
        expand(SUITE, secret, "key", context, 32),
        expand(SUITE, secret, "base_nonce", context, 12));
  }

  Bytes seal(Bytes plaintext) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(
          Cipher.ENCRYPT_MODE,
          new SecretKeySpec(key.toByteArray(), "AES"),
          new GCMParameterSpec(128, nonce.toByteArray()));
      return Bytes.wrap(cipher.doFinal(plaintext.toByteArray()));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static Bytes extract(Bytes suite, Bytes salt, String label, Bytes ikm) {
    Bytes labeled =
        new ByteWriter()
            .bytes(ascii("HPKE-v1"))
            .bytes(suite)
            .bytes(ascii(label))
            .bytes(ikm)
            .toBytes();
    return hmac(salt.isEmpty() ? Bytes.wrap(new byte[32]) : salt, labeled);
  }

  private static Bytes expand(Bytes suite, Bytes prk, String label, Bytes info, int size) {
    Bytes labeled =
        new ByteWriter()
            .u16(size)
            .bytes(ascii("HPKE-v1"))
            .bytes(suite)
            .bytes(ascii(label))
            .bytes(info)
            .u8(1)
            .toBytes();
    return Bytes.wrap(Arrays.copyOf(hmac(prk, labeled).toByteArray(), size));
  }

  private static Bytes hmac(Bytes key, Bytes data) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.toByteArray(), "HmacSHA256"));
      return Bytes.wrap(mac.doFinal(data.toByteArray()));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
