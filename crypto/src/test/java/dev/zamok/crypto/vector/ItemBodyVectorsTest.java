package dev.zamok.crypto.vector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.crypto.item.ItemBody;
import dev.zamok.protocol.Bytes;

class ItemBodyVectorsTest extends VectorContract {
  @Override
  String construct() {
    return "item-body";
  }

  @Override
  String description() {
    return "what is inside the record of a secret; flags are in the second byte";
  }

  @Override
  void define(VectorSet set) {
    Fields inputs =
        new Fields()
            .put("trashed", false)
            .put("resealed", false)
            .put("folder", "servers/büro")
            .put("content", Bytes.fromHex("7b7d"));
    Fields made = set.ok("small", inputs);
    set.ok("trashed", inputs.with(new Fields().put("trashed", true)));
    set.ok("resealed", inputs.with(new Fields().put("resealed", true)));
    Fields nothing = new Fields().put("folder", "").put("content", Bytes.EMPTY);
    set.ok("no folder, no content", inputs.with(nothing));
    Bytes body = made.bytes("body");
    set.fails("another format", "crypto", made, changed(body, 0, 2));
    set.fails("unknown flag", "crypto", made, changed(body, 1, 4));
    set.fails("padding that is not zero", "crypto", made, changed(body, body.size() - 1, 1));
    set.fails("less padding", "crypto", made, new Fields().put("body", body.slice(0, 255)));
    set.fails("a folder that goes up", "crypto", made, folder(body, ".."));
    set.fails("an empty name in a folder", "crypto", made, folder(body, "a//b"));
  }

  private static Fields changed(Bytes body, int at, int value) {
    byte[] bytes = body.toByteArray();
    bytes[at] = (byte) value;
    return new Fields().put("body", Bytes.wrap(bytes));
  }

  /** The same bytes with a folder that no encoder takes. */
  private static Fields folder(Bytes body, String folder) {
    byte[] bytes = new byte[body.size()];
    bytes[0] = 1;
    bytes[3] = (byte) folder.length();
    for (int i = 0; i < folder.length(); i++) {
      bytes[4 + i] = (byte) folder.charAt(i);
    }
    return new Fields().put("body", Bytes.wrap(bytes));
  }

  @Override
  Fields compute(Fields in) {
    return new Fields().put("body", Bytes.wrap(body(in).encode()));
  }

  @Override
  void open(Fields given) {
    ItemBody read = ItemBody.decode(given.bytes("body").toByteArray());
    assertThat(read).isEqualTo(body(given));
  }

  private static ItemBody body(Fields in) {
    return new ItemBody(
        in.flag("trashed"), in.flag("resealed"), in.text("folder"), in.bytes("content"));
  }
}
