package dev.zamok.crypto.vector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.crypto.CryptoFailure;
import dev.zamok.crypto.Fixtures;
import dev.zamok.crypto.identity.Identity;
import dev.zamok.crypto.opening.Opening;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.ItemId;
import java.util.List;

class OpeningVectorsTest extends VectorContract {
  private static final int CARD_AT = 2 + 15 + 16 + 8 + 4 + 32 + 8;

  @Override
  String construct() {
    return "opening";
  }

  @Override
  String description() {
    return "a line of two by author: everything listed at time, then item in version at time + 5;"
        + " verify both against the author's card, and that the second follows the first";
  }

  @Override
  void define(VectorSet set) {
    Fields line =
        set.ok(
            "a line of two",
            new Fields()
                .put("author", People.inputs("alice", 1))
                .put("room", Fixtures.SEALED.toBytes())
                .put("line", People.random("line", 8))
                .putU64("time", 1_800_000_000_000L)
                .put("item", People.random("item", 16))
                .put("version", 3));
    set.fails("first one changed", "crypto", line, flipped(line, "first"));
    set.fails("second one changed", "crypto", line, flipped(line, "second"));
    set.fails("another author", "crypto", line, author(line));
    set.fails(
        "the first one left out",
        "crypto",
        line,
        new Fields().put("first", line.bytes("second")).put("second", line.bytes("first")));
    set.fails(
        "cut", "malformed", line, new Fields().put("first", line.bytes("first").slice(0, 80)));
    byte[] what = line.bytes("first").toByteArray();
    what[CARD_AT + 32 + 8] = 4;
    set.fails("unknown kind", "malformed", line, new Fields().put("first", Bytes.wrap(what)));
  }

  private static Fields author(Fields line) {
    return new Fields().put("author", People.inputs("bob", 2));
  }

  @Override
  Fields compute(Fields in) {
    Identity author = People.identity(in.object("author"));
    long name = in.bytes("line").reader().u64();
    Opening.Place place = Opening.Place.first(in.room("room"), author.fingerprint(), name);
    Opening first = Opening.sign(place, in.u64("time"), Opening.What.LIST, null, 0, author);
    ItemId item = ItemId.of(in.bytes("item"));
    Opening second =
        Opening.sign(
            first.next(),
            in.u64("time") + 5,
            Opening.What.ITEM,
            item,
            in.number("version"),
            author);
    return new Fields()
        .put("first", first.encoded())
        .put("firstHash", first.hash())
        .put("second", second.encoded());
  }

  @Override
  void open(Fields given) {
    Identity author = People.identity(given.object("author"));
    List<Opening> line =
        List.of(Opening.parse(given.bytes("first")), Opening.parse(given.bytes("second")));
    line.forEach(opening -> opening.verify(author.card()));
    if (!line.get(1).follows(line.get(0)) || line.get(0).place().n() != 1) {
      throw new CryptoFailure();
    }
    assertThat(line.get(1).item()).isEqualTo(ItemId.of(given.bytes("item")));
  }
}
