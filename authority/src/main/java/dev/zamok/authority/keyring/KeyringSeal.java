package dev.zamok.authority.keyring;

import dev.zamok.authority.store.RowKey;
import dev.zamok.authority.store.RowSeal;
import dev.zamok.crypto.row.Keyring;
import dev.zamok.crypto.row.RowAddress;
import dev.zamok.crypto.row.RowSealer;
import dev.zamok.protocol.Bytes;
import java.security.SecureRandom;

/** Seals rows under the keys of a keyring. */
public final class KeyringSeal implements RowSeal {
  private final RowSealer sealer;

  public KeyringSeal(Keyring keyring, SecureRandom random) {
    this.sealer = new RowSealer(keyring, random);
  }

  @Override
  public Bytes seal(RowKey key, long version, Bytes body) {
    return sealer.seal(address(key, version), body.toByteArray());
  }

  @Override
  public Bytes open(RowKey key, long version, Bytes sealed) {
    return Bytes.wrap(sealer.open(address(key, version), sealed));
  }

  @Override
  public boolean isCurrent(Bytes sealed) {
    return !sealer.needsRewrap(sealed);
  }

  private static RowAddress address(RowKey key, long version) {
    return new RowAddress(key.table().name(), key.partition(), key.sort(), version);
  }
}
