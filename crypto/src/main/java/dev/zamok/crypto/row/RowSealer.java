package dev.zamok.crypto.row;

import dev.zamok.crypto.Context;
import dev.zamok.crypto.CryptoFailure;
import dev.zamok.crypto.Kdf;
import dev.zamok.crypto.SecretBytes;
import dev.zamok.crypto.seal.Seal01;
import dev.zamok.protocol.ByteReader;
import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MalformedException;
import java.security.SecureRandom;

/**
 * Seals the bodies of database rows before they reach the database.
 *
 * <pre>
 * sealed  = kekId u32 ‖ Suite 01 under kdf(kek, -, ctx("field", L(table), L(partition)))
 * context = ctx("row", L(table), L(partition), L(sort), version u64, kekId u32)
 * </pre>
 *
 * <p>Thread-safe.
 */
public final class RowSealer {
  /** What a sealed body is longer than its plaintext. */
  public static final int OVERHEAD_BYTES = 4 + Seal01.OVERHEAD_BYTES;

  private final Keyring keyring;
  private final SecureRandom random;

  public RowSealer(Keyring keyring, SecureRandom random) {
    this.keyring = keyring;
    this.random = random;
  }

  /** Under the active key. */
  public Bytes seal(RowAddress address, byte[] body) {
    int id = keyring.activeId();
    Bytes sealed = seal(address, id).seal(context(address, id), body, random);
    return new ByteWriter(4 + sealed.size()).u32(id).bytes(sealed).toBytes();
  }

  /** The body, which belongs to the caller. Fails with {@link CryptoFailure}. */
  public byte[] open(RowAddress address, Bytes sealed) {
    ByteReader reader = sealed.reader();
    int id = keyId(reader);
    return seal(address, id).open(context(address, id), reader.rest());
  }

  /** Whether the row is under another key than the active one: seal it again. */
  public boolean needsRewrap(Bytes sealed) {
    return keyId(sealed.reader()) != keyring.activeId();
  }

  /** The id of the key that a body is sealed under. Fails with {@link CryptoFailure}. */
  public static int keyId(Bytes sealed) {
    return keyId(sealed.reader());
  }

  private Seal01 seal(RowAddress address, int id) {
    SecretBytes kek = keyring.key(id);
    if (kek == null) {
      throw new CryptoFailure();
    }
    SecretBytes key =
        Kdf.derive(kek, Context.of("field").sized(address.table()).sized(address.partition()));
    try {
      return Seal01.with(key);
    } finally {
      key.destroy();
    }
  }

  private static Bytes context(RowAddress address, int id) {
    return Context.of("row")
        .sized(address.table())
        .sized(address.partition())
        .sized(address.sort())
        .u64(address.version())
        .u32(id)
        .toBytes();
  }

  private static int keyId(ByteReader reader) {
    try {
      return reader.u32();
    } catch (MalformedException e) {
      throw new CryptoFailure();
    }
  }

  @Override
  public String toString() {
    return "RowSealer[" + keyring + "]";
  }
}
