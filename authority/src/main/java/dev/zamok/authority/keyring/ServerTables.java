package dev.zamok.authority.keyring;

import dev.zamok.authority.store.Table;
import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The tables of this package.
 *
 * <pre>
 * server   decided; partition "secret", sort name
 *          32 bytes
 * kek      versioned; partition "kek", sort id u32: a key under which rows may be sealed
 *          the word "kek", sealed under this very key
 *          partition "added", expiring, sort id u32: a key that some keyring got lately
 *          the same
 * </pre>
 */
public final class ServerTables {
  static final Table SERVER = Table.decided("server");
  static final Table KEK = Table.versioned("kek");

  /** All of them. */
  public static final List<Table> ALL = List.of(SERVER, KEK);

  static final Bytes SECRETS = ascii("secret");
  static final Bytes KEKS = ascii("kek");
  static final Bytes ADDED = ascii("added");

  private ServerTables() {}

  static Bytes id(int kek) {
    return new ByteWriter(4).u32(kek).toBytes();
  }

  static Bytes ascii(String text) {
    return Bytes.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }
}
