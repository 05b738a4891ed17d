package dev.zamok.crypto.vector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.crypto.FixedRandom;
import dev.zamok.crypto.row.BlindIndex;
import dev.zamok.crypto.row.Keyring;
import dev.zamok.crypto.row.RowAddress;
import dev.zamok.crypto.row.RowSealer;
import dev.zamok.protocol.Bytes;
import java.util.Map;

class RowVectorsTest extends VectorContract {
  @Override
  String construct() {
    return "row";
  }

  @Override
  String description() {
    return "sealed row under the key kek with the id kekId, and the look-up key of body for"
        + " the purpose \"email\"";
  }

  @Override
  void define(VectorSet set) {
    Fields inputs =
        new Fields()
            .put("kek", People.random("kek", 32))
            .put("kekId", 3)
            .put("table", "members")
            .put("partition", Bytes.fromHex("0102"))
            .put("sort", Bytes.fromHex("03"))
            .putU64("version", 4)
            .put("body", Bytes.fromHex("7b7d"))
            .put("random", People.random("row", 12));
    Fields made = set.ok("versioned row", inputs);
    set.ok(
        "immutable row without a sort key",
        inputs.with(new Fields().put("sort", Bytes.EMPTY).putU64("version", 0)));
    for (String field : new String[] {"kek", "partition", "sort", "sealed"}) {
      set.fails("another " + field, "crypto", made, flipped(made, field));
    }
    set.fails("another table", "crypto", made, new Fields().put("table", "rooms"));
    set.fails("rolled back", "crypto", made, new Fields().putU64("version", 5));
    set.fails("key that is not there", "crypto", made, new Fields().put("kekId", 4));
    set.fails("cut", "crypto", made, new Fields().put("sealed", Bytes.fromHex("0000")));
  }

  @Override
  Fields compute(Fields in) {
    FixedRandom random = in.random();
    byte[] body = in.bytes("body").toByteArray();
    Bytes sealed = new RowSealer(keyring(in), random).seal(address(in), body);
    random.end();
    return new Fields()
        .put("sealed", sealed)
        .put("lookup", new BlindIndex(keyring(in), "email").of(in.bytes("body")));
  }

  @Override
  void open(Fields given) {
    RowSealer sealer = new RowSealer(keyring(given), new FixedRandom(Bytes.EMPTY));
    assertThat(sealer.open(address(given), given.bytes("sealed")))
        .isEqualTo(given.bytes("body").toByteArray());
  }

  private static Keyring keyring(Fields in) {
    return new Keyring(Map.of(in.number("kekId"), in.secret("kek")), in.number("kekId"));
  }

  private static RowAddress address(Fields in) {
    return new RowAddress(
        in.text("table"), in.bytes("partition"), in.bytes("sort"), in.u64("version"));
  }
}
