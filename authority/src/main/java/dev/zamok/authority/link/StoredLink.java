package dev.zamok.authority.link;

import dev.zamok.crypto.Hash;
import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.ByteReader;
import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MalformedException;

/**
 * A secret for whoever has its link.
 *
 * <pre>
 * 01 ‖ account 16 ‖ h(token) 32 ‖ views u8 ‖ wrong u8 ‖ expires u64 ‖ sealed
 * </pre>
 *
 * @param views how often it can still be opened, from 1
 * @param wrong how often it was tried with a wrong token
 */
record StoredLink(
    AccountId account, Hash tokenHash, int views, int wrong, long expiresMillis, Bytes sealed) {

  StoredLink viewed() {
    return new StoredLink(account, tokenHash, views - 1, wrong, expiresMillis, sealed);
  }

  StoredLink tried() {
    return new StoredLink(account, tokenHash, views, wrong + 1, expiresMillis, sealed);
  }

  Bytes body() {
    ByteWriter out = new ByteWriter(sealed.size() + 64).u8(LinkTables.FORMAT);
    account.write(out);
    return out.bytes(tokenHash.bytes())
        .u8(views)
        .u8(wrong)
        .u64(expiresMillis)
        .bytes(sealed)
        .toBytes();
  }

  static StoredLink of(Bytes body) {
    ByteReader in = body.reader();
    if (in.u8() != LinkTables.FORMAT) {
      throw new MalformedException("link of another format");
    }
    return new StoredLink(AccountId.read(in), Hash.read(in), in.u8(), in.u8(), in.u64(), in.rest());
  }
}
