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
import java.util.List;

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
        + " params holds what precedes the KDF salt (type 1); next are the keys that replaced others,"
        + " newest the fingerprint of their card";
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
    Fields next = new Fields().put("next", People.inputs("alice again", 1));
    Fields replaced = set.ok("keys that were replaced", recovery.with(next));
    set.fails("another password", "crypto", master, new Fields().put("password", "anders"));
    set.fails("kit key changed", "crypto", withKit, flipped(withKit, "kitKey"));
    set.fails("code changed", "crypto", recovery, flipped(recovery, "code"));
    set.fails("device secret changed", "crypto", device, flipped(device, "deviceSecret"));
    set.fails("server code changed", "crypto", device, flipped(device, "serverCode"));
    set.fails("wrap changed", "crypto", device, flipped(device, "wrap"));
    set.fails("keyset changed", "crypto", device, flipped(device, "keyset"));
    byte[] half = replaced.bytes("keyset").toByteArray();
    set.fails(
        "former keys cut off",
        "crypto",
        replaced,
        new Fields().put("keyset", Bytes.wrap(half).slice(0, half.length - 64)));
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
    Keyset keyset = Keyset.of(identities(in));
    Bytes sealed = keyset.seal(unlockKey, account, in.number("cardSeq"), random);
    UnlockSecret secret = fresh(in, random);
    UnlockWrap wrap = unlockKey.wrap(account, in.number("wrapSeq"), secret, random);
    random.end();
    Fields made = new Fields().put("keyset", sealed).put("wrap", wrap.encode());
    return in.has("next") ? made.put("newest", newest(keyset, account)) : made;
  }

  private static Bytes newest(Keyset keyset, AccountId account) {
    return keyset.identities(account).get(1).fingerprint().bytes();
  }

  private static List<Identity> identities(Fields in) {
    Identity first = People.identity(in.object("keys"));
    return in.has("next") ? List.of(first, People.identity(in.object("next"))) : List.of(first);
  }

  @Override
  void open(Fields given) {
    UnlockWrap wrap = UnlockWrap.parse(given.bytes("wrap"));
    UnlockKey unlockKey = wrap.open(account(given), given(given, wrap));
    Keyset keyset =
        Keyset.open(unlockKey, account(given), given.number("cardSeq"), given.bytes("keyset"));
    Identity expected = People.identity(given.object("keys"));
    List<Identity> all = keyset.identities(account(given));
    assertThat(all.get(0).fingerprint()).isEqualTo(expected.fingerprint());
    assertThat(all).hasSize(given.has("next") ? 2 : 1);
    if (given.has("next")) {
      assertThat(all.get(1).fingerprint().bytes()).isEqualTo(given.bytes("newest"));
    }
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
