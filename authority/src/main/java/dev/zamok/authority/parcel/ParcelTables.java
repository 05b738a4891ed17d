package dev.zamok.authority.parcel;

import dev.zamok.authority.store.RowKey;
import dev.zamok.authority.store.Table;
import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.Bytes;
import java.util.List;

/**
 * The tables of this package; both expire.
 *
 * <pre>
 * parcel       versioned; partition recipient 16, sort id 16: see {@link StoredParcel}. Opening deletes
 *              it: of two at once one fails its compare-and-set
 * parcel_sent  versioned; partition sender 16, sort id 16: 01 ‖ recipient 16 ‖ expiry u64. Written after
 *              its parcel, which it outlives when that is taken: the same is not kept twice
 * </pre>
 */
public final class ParcelTables {
  static final Table PARCEL = Table.versioned("parcel");
  static final Table SENT = Table.versioned("parcel_sent");

  /** All of them. */
  public static final List<Table> ALL = List.of(PARCEL, SENT);

  static final int FORMAT = 1;

  private ParcelTables() {}

  static RowKey parcel(AccountId recipient, Bytes id) {
    return PARCEL.key(recipient.toBytes(), id);
  }

  static RowKey sent(AccountId sender, Bytes id) {
    return SENT.key(sender.toBytes(), id);
  }
}
