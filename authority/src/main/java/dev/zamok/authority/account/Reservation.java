package dev.zamok.authority.account;

import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.ByteReader;
import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;

/**
 * Whose a login name is: the body of a row of {@code login}.
 *
 * @param made false while the registration is under way
 */
record Reservation(AccountId account, boolean made) {
  Bytes encode() {
    ByteWriter writer = new ByteWriter(17).u8(made ? 1 : 0);
    account.write(writer);
    return writer.toBytes();
  }

  static Reservation decode(Bytes body) {
    ByteReader reader = body.reader();
    boolean made = reader.u8() == 1;
    Reservation reservation = new Reservation(AccountId.read(reader), made);
    reader.end();
    return reservation;
  }
}
