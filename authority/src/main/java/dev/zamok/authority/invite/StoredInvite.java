package dev.zamok.authority.invite;

import dev.zamok.crypto.Hash;
import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.ByteReader;
import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MalformedException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a pending invitation beside the chain.
 *
 * <pre>
 * 01 ‖ inviter 16 ‖ h(token) 32 ‖ sent u8 ‖ expiry u64 ‖ claimed u8 ‖ account 16 if claimed ‖ L(address)
 * </pre>
 *
 * @param tokenHash of the token in the letter
 * @param sent whether the letter went out
 * @param claimedBy who showed the letter first; null for nobody
 * @param address personal: it is stored nowhere else, and goes with the row
 */
record StoredInvite(
    AccountId inviter,
    Hash tokenHash,
    boolean sent,
    long expiryMillis,
    @Nullable AccountId claimedBy,
    String address) {

  StoredInvite asSent() {
    return new StoredInvite(inviter, tokenHash, true, expiryMillis, claimedBy, address);
  }

  /** Null: by nobody any more. */
  StoredInvite claimed(@Nullable AccountId by) {
    return new StoredInvite(inviter, tokenHash, sent, expiryMillis, by, address);
  }

  Bytes body() {
    ByteWriter out = new ByteWriter(address.length() + 96).u8(InviteTables.FORMAT);
    inviter.write(out);
    out.bytes(tokenHash.bytes()).u8(sent ? 1 : 0).u64(expiryMillis);
    out.u8(claimedBy == null ? 0 : 1);
    if (claimedBy != null) {
      claimedBy.write(out);
    }
    return out.sized(Bytes.wrap(address.getBytes(StandardCharsets.UTF_8))).toBytes();
  }

  static StoredInvite of(Bytes body) {
    ByteReader in = body.reader();
    if (in.u8() != InviteTables.FORMAT) {
      throw new MalformedException("invitation of another format");
    }
    AccountId inviter = AccountId.read(in);
    Hash tokenHash = Hash.read(in);
    boolean sent = in.u8() == 1;
    long expiry = in.u64();
    AccountId claimedBy = in.u8() == 1 ? AccountId.read(in) : null;
    String address = new String(in.sized().toByteArray(), StandardCharsets.UTF_8);
    return new StoredInvite(inviter, tokenHash, sent, expiry, claimedBy, address);
  }

  /** Hides the address. */
  @Override
  public String toString() {
    return "StoredInvite[]";
  }
}
