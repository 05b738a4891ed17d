package dev.zamok.crypto.room;

import dev.zamok.crypto.CryptoFailure;
import dev.zamok.crypto.SecretBytes;
import dev.zamok.crypto.identity.AgreementKey;
import dev.zamok.protocol.Bytes;
import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.hpke.HPKE;
import org.bouncycastle.crypto.hpke.HPKEContextWithEncapsulation;
import org.bouncycastle.crypto.params.X25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.X25519PublicKeyParameters;

/**
 * HPKE in base mode with DHKEM(X25519, HKDF-SHA256), HKDF-SHA256 and AES-256-GCM (RFC 9180), one
 * message per encapsulation, without additional data.
 */
public final class Hpke {
  public static final int ENC_BYTES = 32;
  public static final int TAG_BYTES = 16;

  private static final byte[] NO_AAD = new byte[0];

  private Hpke() {}

  /** {@code enc 32 ‖ ciphertext}. Fails with {@link CryptoFailure} for a key of low order. */
  public static Bytes seal(
      Bytes recipient, Bytes info, SecretBytes plaintext, SecureRandom random) {
    if (AgreementKey.isLowOrder(recipient)) {
      throw new CryptoFailure();
    }
    byte[] raw = plaintext.toByteArray();
    try {
      HPKEContextWithEncapsulation context =
          hpke()
              .setupBaseS(
                  new X25519PublicKeyParameters(recipient.toByteArray()),
                  info.toByteArray(),
                  pair(new X25519PrivateKeyParameters(random)));
      byte[] ciphertext = context.seal(NO_AAD, raw);
      byte[] out = Arrays.copyOf(context.getEncapsulation(), ENC_BYTES + ciphertext.length);
      System.arraycopy(ciphertext, 0, out, ENC_BYTES, ciphertext.length);
      return Bytes.wrap(out);
    } catch (InvalidCipherTextException e) {
      throw new IllegalStateException("HPKE refused to encrypt", e);
    } finally {
      Arrays.fill(raw, (byte) 0);
    }
  }

  /** Fails with {@link CryptoFailure}. */
  public static SecretBytes open(AgreementKey recipient, Bytes info, Bytes sealed) {
    Bytes enc = sealed.slice(0, ENC_BYTES);
    if (AgreementKey.isLowOrder(enc)) {
      throw new CryptoFailure();
    }
    byte[] raw = recipient.secret().toByteArray();
    try {
      byte[] opened =
          hpke()
              .setupBaseR(
                  enc.toByteArray(), pair(new X25519PrivateKeyParameters(raw)), info.toByteArray())
              .open(NO_AAD, sealed.slice(ENC_BYTES, sealed.size()).toByteArray());
      return SecretBytes.wrap(opened);
    } catch (InvalidCipherTextException e) {
      throw new CryptoFailure();
    } finally {
      Arrays.fill(raw, (byte) 0);
    }
  }

  private static AsymmetricCipherKeyPair pair(X25519PrivateKeyParameters key) {
    return new AsymmetricCipherKeyPair(key.generatePublicKey(), key);
  }

  private static HPKE hpke() {
    return new HPKE(
        HPKE.mode_base, HPKE.kem_X25519_SHA256, HPKE.kdf_HKDF_SHA256, HPKE.aead_AES_GCM256);
  }
}
