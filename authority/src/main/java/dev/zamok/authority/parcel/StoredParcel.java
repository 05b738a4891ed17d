package dev.zamok.authority.parcel;

import dev.zamok.crypto.identity.Fingerprint;
import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.ByteReader;
import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MalformedException;

/**
 * A sealed copy that waits for its recipient.
 *
 * <pre>
 * 01 ‖ sender 16 ‖ senderF 32 ‖ sentAt u64 ‖ expiry u64 ‖ parcel
 * </pre>
 */
record StoredParcel(
    AccountId sender, Fingerprint fingerprint, long sentMillis, long expiryMillis, Bytes parcel) {

  Bytes body() {
    ByteWriter out = new ByteWriter(parcel.size() + 80).u8(ParcelTables.FORMAT);
    sender.write(out);
    return out.bytes(fingerprint.bytes()).u64(sentMillis).u64(expiryMillis).bytes(parcel).toBytes();
  }

  static StoredParcel of(Bytes body) {
    ByteReader in = body.reader();
    if (in.u8() != ParcelTables.FORMAT) {
      throw new MalformedException("parcel of another format");
    }
    return new StoredParcel(
        AccountId.read(in), Fingerprint.read(in), in.u64(), in.u64(), in.rest());
  }
}
