package dev.zamok.crypto.epoch;

import dev.zamok.crypto.CryptoFailure;
import dev.zamok.crypto.identity.VerifyKey;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.KeyId;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** The pinned public keys by which an authority signs rekeys and announcements. Immutable. */
public final class ControlKeys {
  private final Map<KeyId, VerifyKey> byId = new HashMap<>();

  private ControlKeys(Collection<VerifyKey> keys) {
    keys.forEach(key -> byId.put(key.id(), key));
  }

  public static ControlKeys of(Collection<VerifyKey> keys) {
    return new ControlKeys(keys);
  }

  /** Fails with {@link CryptoFailure}, also when no key has that id. */
  void verify(KeyId id, Bytes message, Bytes signature) {
    VerifyKey key = byId.get(id);
    if (key == null) {
      throw new CryptoFailure();
    }
    key.verify(message, signature);
  }

  @Override
  public String toString() {
    return "ControlKeys" + byId.keySet();
  }
}
