package dev.zamok.authority.account;

import dev.zamok.authority.store.RowKey;
import dev.zamok.authority.store.Table;
import dev.zamok.crypto.identity.Fingerprint;
import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.SessionId;
import java.util.List;

/**
 * The tables of this package. All text is UTF-8.
 *
 * <pre>
 * login        versioned; partition HMAC of the folded login name 32
 *              state u8 (0 reserved, 1 made) ‖ account 16
 * account      versioned; partition account 16
 *   sort 01         created u64 ‖ L(login name as shown) ‖ L(current card)
 *   sort 02         L(PHC string of the login password)
 *   sort 03         the keyset, see {@link StoredKeyset}
 *   sort 04 ‖ u32   L(card) of this sequence number
 * fingerprint  immutable; partition fingerprint 32
 *              account 16 ‖ seq u32. Written before the card: checked against it when read
 * session      versioned, expiring; partition account 16, sort session 16
 *              see {@link StoredSession}
 * token        versioned, expiring; partition SHA-256 of the token 32
 *              account 16 ‖ session 16
 * device_code  versioned, expiring; partition account 16, sort session 16
 *              see {@link StoredDeviceCode}
 * </pre>
 */
public final class AccountTables {
  static final Table LOGIN = Table.versioned("login");
  static final Table ACCOUNT = Table.versioned("account");
  static final Table FINGERPRINT = Table.immutable("fingerprint");
  static final Table SESSION = Table.versioned("session");
  static final Table TOKEN = Table.versioned("token");
  static final Table DEVICE_CODE = Table.versioned("device_code");

  /** All of them. */
  public static final List<Table> ALL =
      List.of(LOGIN, ACCOUNT, FINGERPRINT, SESSION, TOKEN, DEVICE_CODE);

  static final Bytes PROFILE = Bytes.fromHex("01");
  static final Bytes PASSWORD = Bytes.fromHex("02");
  static final Bytes KEYSET = Bytes.fromHex("03");

  private AccountTables() {}

  /** A keyset that was replaced. */
  static RowKey formerKeyset(AccountId account, int seq) {
    return ACCOUNT.key(account.toBytes(), new ByteWriter(5).u8(5).u32(seq).toBytes());
  }

  static RowKey profile(AccountId account) {
    return ACCOUNT.key(account.toBytes(), PROFILE);
  }

  static RowKey password(AccountId account) {
    return ACCOUNT.key(account.toBytes(), PASSWORD);
  }

  static RowKey keyset(AccountId account) {
    return ACCOUNT.key(account.toBytes(), KEYSET);
  }

  static Bytes cardSort(int seq) {
    return new ByteWriter(5).u8(4).u32(seq).toBytes();
  }

  static RowKey card(AccountId account, int seq) {
    return ACCOUNT.key(account.toBytes(), cardSort(seq));
  }

  static RowKey fingerprint(Fingerprint fingerprint) {
    return FINGERPRINT.key(fingerprint.bytes());
  }

  static RowKey deviceCode(AccountId account, SessionId session) {
    return DEVICE_CODE.key(account.toBytes(), session.toBytes());
  }

  static RowKey session(AccountId account, SessionId session) {
    return SESSION.key(account.toBytes(), session.toBytes());
  }
}
