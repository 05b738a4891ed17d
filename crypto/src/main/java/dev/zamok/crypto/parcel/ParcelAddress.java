package dev.zamok.crypto.parcel;

import dev.zamok.crypto.Context;
import dev.zamok.crypto.Hash;
import dev.zamok.crypto.identity.Fingerprint;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MalformedException;

/**
 * What a parcel is bound to.
 *
 * @param id 16 random bytes of the sender's
 * @param expiryMillis after which the recipient does not take it, whatever a server says
 */
public record ParcelAddress(
    Bytes id, long expiryMillis, Fingerprint recipient, Fingerprint sender) {
  public static final int ID_SIZE = 16;

  /** Fails with {@link MalformedException}. */
  public ParcelAddress {
    if (id.size() != ID_SIZE || expiryMillis < 0) {
      throw new MalformedException("parcel without an address");
    }
  }

  /** {@code h(ctx("parcel", id, expiry u64, recipientF, senderF))}. */
  Hash info() {
    return Hash.of(
        Context.of("parcel")
            .bytes(id)
            .u64(expiryMillis)
            .bytes(recipient.bytes())
            .bytes(sender.bytes())
            .toBytes());
  }
}
