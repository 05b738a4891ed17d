package dev.zamok.crypto.vector;

import dev.zamok.crypto.Fixtures;
import dev.zamok.crypto.epoch.Announcement;
import dev.zamok.crypto.epoch.ControlKeys;
import dev.zamok.crypto.epoch.HubShare;
import dev.zamok.crypto.epoch.Rekey;
import dev.zamok.crypto.epoch.RekeyKind;
import dev.zamok.crypto.epoch.RekeyTerms;
import dev.zamok.crypto.identity.SigningKey;
import dev.zamok.crypto.identity.VerifyKey;
import dev.zamok.protocol.Bytes;
import java.util.List;

class RekeyVectorsTest extends VectorContract {
  @Override
  String construct() {
    return "rekey";
  }

  @Override
  String description() {
    return "the rekey that starts epoch n and the announcement of epoch n at a time, both signed"
        + " with controlSeed; a verifier has controlKey";
  }

  @Override
  void define(VectorSet set) {
    Fields inputs =
        new Fields()
            .put("controlSeed", People.random("control", 32))
            .put("room", Fixtures.MANAGED.toBytes())
            .put("n", 1)
            .put("g", 1)
            .put("kind", 3)
            .put("hubShare", People.random("hub share 1", 32))
            .put("check", People.random("check", 32))
            .put("commit", People.random("commit", 32))
            .put("chain", Bytes.wrap(new byte[32]))
            .put("previous", Bytes.wrap(new byte[32]))
            .putU64("at", 1_800_000_000_000L);
    Fields first = set.ok("first epoch of a managed room", inputs);
    Fields later = new Fields().put("n", 2).put("kind", 1).put("previous", first.bytes("hash"));
    set.ok("ratchet", inputs.with(later));
    Fields sealed =
        new Fields()
            .put("room", Fixtures.SEALED.toBytes())
            .put("n", 9)
            .put("g", 4)
            .put("kind", 2)
            .put("chain", People.random("head", 32))
            .put("previous", People.random("previous", 32));
    set.ok("timed reset of a sealed room", inputs.with(sealed));
    set.fails("signature changed", "crypto", first, flipped(first, "rekey"));
    set.fails("announcement changed", "crypto", first, flipped(first, "announcement"));
    Bytes stranger =
        SigningKey.of(People.inputs("bob", 2).secret("ed25519Seed")).publicKey().bytes();
    set.fails("a stranger's key", "crypto", first, new Fields().put("controlKey", stranger));
    Bytes cut = first.bytes("rekey").slice(0, Rekey.SIZE - 1);
    set.fails("cut", "malformed", first, new Fields().put("rekey", cut));
    int kindAt = 16 + 16 + 4 + 4;
    set.fails("unknown kind", "malformed", first, changed(first, kindAt, 4));
    set.fails("first epoch by ratchet", "malformed", first, changed(first, kindAt, 1));
    set.fails("epoch 0", "malformed", first, changed(first, 16 + 16 + 3, 0));
    set.fails(
        "managed room with a chain", "malformed", first, changed(first, kindAt + 1 + 3 * 32, 1));
  }

  @Override
  Fields compute(Fields in) {
    SigningKey control = SigningKey.of(in.secret("controlSeed"));
    RekeyTerms terms =
        new RekeyTerms(
            in.room("room"),
            in.number("n"),
            in.number("g"),
            RekeyKind.of(in.number("kind")),
            new HubShare(in.bytes("hubShare")),
            in.hash("check"),
            in.hash("commit"),
            in.hash("chain"),
            in.hash("previous"));
    Rekey rekey = Rekey.sign(terms, control);
    Announcement announcement =
        Announcement.sign(in.room("room"), in.number("n"), in.u64("at"), control);
    return new Fields()
        .put("controlKey", control.publicKey().bytes())
        .put("rekey", rekey.encoded())
        .put("hash", rekey.hash())
        .put("announcement", announcement.encoded());
  }

  @Override
  void open(Fields given) {
    ControlKeys keys = ControlKeys.of(List.of(VerifyKey.of(given.bytes("controlKey"))));
    Rekey.parse(given.bytes("rekey")).verify(keys);
    Announcement.parse(given.bytes("announcement")).verify(keys);
  }

  private static Fields changed(Fields base, int at, int value) {
    byte[] bytes = base.bytes("rekey").toByteArray();
    bytes[at] = (byte) value;
    return new Fields().put("rekey", Bytes.wrap(bytes));
  }
}
