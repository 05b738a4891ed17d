package dev.zamok.crypto.vector;

import dev.zamok.crypto.Context;
import dev.zamok.crypto.Hash;
import dev.zamok.crypto.Kdf;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.RoomId;

class KdfVectorsTest extends VectorContract {
  @Override
  String construct() {
    return "kdf";
  }

  @Override
  String description() {
    return "info = ctx(label, room, u8, u32, u64, L(text)); derived = kdf(ikm, salt, info);"
        + " hash = h(info)";
  }

  @Override
  void define(VectorSet set) {
    Fields inputs =
        new Fields()
            .put("ikm", People.random("ikm", 32))
            .put("salt", Bytes.EMPTY)
            .put("label", "share")
            .put("room", new RoomId(0x01L << 56, 2).toBytes())
            .put("u8", 255)
            .put("u32", 2147483647)
            .putU64("u64", -1)
            .put("text", "Привет");
    set.ok("no salt", inputs);
    set.ok("salt", inputs.with(new Fields().put("salt", People.random("salt", 32))));
    set.ok("empty text", inputs.with(new Fields().put("text", "").put("ikm", Bytes.EMPTY)));
  }

  @Override
  Fields compute(Fields in) {
    Bytes info =
        Context.of(in.text("label"))
            .room(in.room("room"))
            .u8(in.number("u8"))
            .u32(in.number("u32"))
            .u64(in.u64("u64"))
            .sized(in.text("text"))
            .toBytes();
    return new Fields()
        .put("info", info)
        .put("derived", Kdf.derive(in.secret("ikm"), in.bytes("salt"), info))
        .put("hash", Hash.of(info));
  }

  @Override
  void open(Fields given) {
    Context.expect(given.bytes("info").reader(), given.text("label"));
  }
}
