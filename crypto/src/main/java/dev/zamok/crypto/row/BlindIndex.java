package dev.zamok.crypto.row;

import dev.zamok.crypto.Context;
import dev.zamok.crypto.Hash;
import dev.zamok.crypto.Kdf;
import dev.zamok.crypto.SecretBytes;
import dev.zamok.protocol.Bytes;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Look-up keys of values that must not stand in the database, such as e-mail addresses: {@code
 * HMAC-SHA256(kdf(kek, -, ctx("lookup", L(purpose))), value)}. The caller normalises the value.
 * Thread-safe.
 */
public final class BlindIndex {
  private final Keyring keyring;
  private final String purpose;

  public BlindIndex(Keyring keyring, String purpose) {
    this.keyring = keyring;
    this.purpose = purpose;
  }

  /** Under the active key: for new rows. */
  public Hash of(Bytes value) {
    return of(value, keyring.activeId());
  }

  /** Under every key, the newest first: for reading while a rotation is under way. */
  public List<Hash> candidates(Bytes value) {
    List<Hash> all = new ArrayList<>();
    keyring.ids().forEach(id -> all.add(of(value, id)));
    return all;
  }

  private Hash of(Bytes value, int id) {
    SecretBytes kek = keyring.key(id);
    if (kek == null) {
      throw new IllegalStateException("key of the keyring is gone");
    }
    byte[] key = Kdf.derive(kek, Context.of("lookup").sized(purpose)).toByteArray();
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      mac.update(value.asByteBuffer());
      return new Hash(Bytes.wrap(mac.doFinal()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HMAC-SHA256 is not available", e);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  @Override
  public String toString() {
    return "BlindIndex[" + purpose + "]";
  }
}
