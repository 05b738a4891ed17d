package dev.zamok.crypto.vector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.crypto.FixedRandom;
import dev.zamok.crypto.account.Keyset;
import dev.zamok.crypto.account.UnlockKey;
import dev.zamok.crypto.account.UnlockSecret;
import dev.zamok.crypto.account.UnlockWrap;
import dev.zamok.crypto.identity.Identity;
import dev.zamok.crypto.password.KdfParams;
import dev.zamok.crypto.password.Password;
import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.Bytes;

class AccountVectorsTest extends VectorContract {
  private static final String ARGON2ID = "$argon2id$v=19$m=19456,t=2,p=1$";
  private static final String PBKDF2 = "$pbkdf2-sha512$i=600000$";

  @Override
  String construct() {
    return "account";
  }

  @Override
  String description() {
    return "random = UK 32 ‖ salt 32 of the keyset ‖ KDF salt 16 (type 1) ‖ salt 32 of the wrap;"
        + " params holds what precedes the KDF salt (type 1)";
  }

  @Override
  void define(VectorSet set) {
    Fields keys = People.inputs("alice", 1);
    Fields base = new Fields().put("keys", keys).put("cardSeq", 1).put("wrapSeq", 4);
    Fields argon = base.with(password(ARGON2ID, "Großer Schlüssel"));
    Fields master = set.ok("master password, Argon2id", argon);
    set.ok("master password, PBKDF2", base.with(password(PBKDF2, "Großer Schlüssel")));
    Bytes kit = People.random("kit", 32);
    Fields withKit = set.ok("with a kit key", argon.with(new Fields().put("kitKey", kit)));
    Fields code = People.randomOf("code", 2, 96);
    Fields recovery =
        set.ok("recovery code", base.with(code.put("code", People.random("recovery", 16))));
    Fields device =
        set.ok(
            "device",
            base.with(
                People.randomOf("device", 3, 96)
                    .put("serverCode", People.random("server code", 32))
                    .put("deviceSecret", People.random("device secret", 32))));
    set.fails("another password", "crypto", master, new Fields().put("password", "anders"));
    set.fails("kit key changed", "crypto", withKit, flipped(withKit, "kitKey"));
    set.fails("code changed", "crypto", recovery, flipped(recovery, "code"));
    set.fails("device secret changed", "crypto", device, flipped(device, "deviceSecret"));
    set.fails("server code changed", "crypto", device, flipped(device, "serverCode"));
    set.fails("wrap changed", "crypto", device, flipped(device, "wrap"));
    set.fails("keyset changed", "crypto", device, flipped(device, "keyset"));
    set.fails("another card", "crypto", device, new Fields().put("cardSeq", 2));
    byte[] weak = master.bytes("wrap").toByteArray();
    weak[7 + ARGON2ID.indexOf("t=2") + 2] = '1';
    set.fails("too few passes", "malformed", master, new Fields().put("wrap", Bytes.wrap(weak)));
    byte[] type = recovery.bytes("wrap").toByteArray();
    type[0] = 4;
    set.fails("unknown type", "malformed", recovery, new Fields().put("wrap", Bytes.wrap(type)));
  }

  @Override
  Fields compute(Fields in) {
    FixedRandom random = in.random();
    UnlockKey unlockKey = UnlockKey.random(random);
    AccountId account = account(in);
    Identity identity = People.identity(in.object("keys"));
    Bytes sealed = Keyset.of(identity).seal(unlockKey, account, in.number("cardSeq"), random);
    UnlockSecret secret = fresh(in, random);
    UnlockWrap wrap = unlockKey.wrap(account, in.number("wrapSeq"), secret, random);
    random.end();
    return new Fields().put("keyset", sealed).put("wrap", wrap.encode());
  }

  @Override
  void open(Fields given) {
    UnlockWrap wrap = UnlockWrap.parse(given.bytes("wrap"));
    UnlockKey unlockKey = wrap.open(account(given), given(given, wrap));
    Keyset keyset =
        Keyset.open(unlockKey, account(given), given.number("cardSeq"), given.bytes("keyset"));
    Identity expected = People.identity(given.object("keys"));
    assertThat(keyset.identity(expected.card()).fingerprint()).isEqualTo(expected.fingerprint());
  }

  private static UnlockSecret fresh(Fields in, FixedRandom random) {
    if (in.number("type") != 1) {
      return stored(in);
    }
    KdfParams params =
        in.text("params").equals(PBKDF2)
            ? new KdfParams.Pbkdf2(600_000)
            : new KdfParams.Argon2id(19_456, 2, 1);
    return UnlockSecret.newMasterPassword(
        Password.of(in.text("password")),
        in.has("kitKey") ? in.secret("kitKey") : null,
        params,
        random);
  }

  private static UnlockSecret given(Fields in, UnlockWrap wrap) {
    if (in.number("type") != 1) {
      return stored(in);
    }
    return UnlockSecret.masterPassword(
        Password.of(in.text("password")),
        in.has("kitKey") ? in.secret("kitKey") : null,
        wrap.masterParams());
  }

  private static UnlockSecret stored(Fields in) {
    return in.number("type") == 2
        ? UnlockSecret.recoveryCode(in.secret("code"))
        : UnlockSecret.device(in.secret("serverCode"), in.secret("deviceSecret"));
  }

  private static AccountId account(Fields in) {
    return AccountId.of(in.object("keys").bytes("account"));
  }

  private static Fields password(String params, String password) {
    return People.randomOf("password", 1, 112).put("params", params).put("password", password);
  }
}
