package dev.zamok.crypto.vector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.crypto.Context;
import dev.zamok.crypto.FixedRandom;
import dev.zamok.crypto.Fixtures;
import dev.zamok.crypto.identity.Fingerprint;
import dev.zamok.crypto.item.ItemAddress;
import dev.zamok.crypto.item.ItemRecord;
import dev.zamok.crypto.room.RoomSecret;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.ItemId;

class ItemVectorsTest extends VectorContract {
  @Override
  String construct() {
    return "item";
  }

  @Override
  String description() {
    return "random = itemKey 32 ‖ nonce 12 of the wrap ‖ salt 32 of the body; wrapKey ="
        + " kdf(M_g, -, ctx(\"item-wrap\", room, g)); recordHash = h(A ‖ record)";
  }

  @Override
  void define(VectorSet set) {
    Fields inputs =
        new Fields()
            .put("room", Fixtures.SEALED.toBytes())
            .put("item", new ItemId(1, 2).toBytes())
            .put("version", 3)
            .put("g", 2)
            .put("kind", 1)
            .put("author", People.alice().fingerprint().bytes())
            .put("secret", People.random("secret", 32))
            .put("body", Bytes.fromHex("7b7d"))
            .put("random", People.random("item", 76));
    Fields made = set.ok("small body", inputs);
    set.ok("empty body", inputs.with(new Fields().put("body", Bytes.EMPTY)));
    for (String field : new String[] {"record", "room", "item", "author", "secret"}) {
      set.fails("another " + field, "crypto", made, flipped(made, field));
    }
    for (String field : new String[] {"version", "g", "kind"}) {
      set.fails("another " + field, "crypto", made, new Fields().put(field, 9));
    }
    Bytes cut = made.bytes("record").slice(0, 61);
    set.fails("cut", "crypto", made, new Fields().put("record", cut));
  }

  @Override
  Fields compute(Fields in) {
    FixedRandom random = in.random();
    Bytes record = ItemRecord.seal(secret(in), address(in), in.bytes("body").toByteArray(), random);
    random.end();
    Context wrap = Context.of("item-wrap").room(in.room("room")).u32(in.number("g"));
    return new Fields()
        .put("wrapKey", secret(in).derive(wrap))
        .put("record", record)
        .put("recordHash", ItemRecord.hash(address(in), record));
  }

  @Override
  void open(Fields given) {
    byte[] body = ItemRecord.open(secret(given), address(given), given.bytes("record"));
    assertThat(body).isEqualTo(given.bytes("body").toByteArray());
  }

  private static ItemAddress address(Fields in) {
    return new ItemAddress(
        in.room("room"),
        ItemId.of(in.bytes("item")),
        in.number("version"),
        in.number("g"),
        in.number("kind"),
        new Fingerprint(in.bytes("author")));
  }

  private static RoomSecret secret(Fields in) {
    return new RoomSecret(in.room("room"), in.number("g"), in.secret("secret"));
  }
}
