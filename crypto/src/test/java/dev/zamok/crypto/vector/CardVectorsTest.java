package dev.zamok.crypto.vector;

import dev.zamok.crypto.identity.Card;
import dev.zamok.crypto.identity.Identity;
import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;

class CardVectorsTest extends VectorContract {
  @Override
  String construct() {
    return "card";
  }

  @Override
  String description() {
    return "card of keys, and successor made with the keys of next; a verifier parses both and"
        + " checks that successor follows card";
  }

  @Override
  void define(VectorSet set) {
    Fields next = People.inputs("alice, second", 1);
    Fields made =
        set.ok(
            "two cards of one account",
            new Fields().put("keys", People.inputs("alice", 1)).put("next", next));
    set.fails("own signature changed", "crypto", made, flipped(made, "card"));
    set.fails("old key did not sign", "crypto", made, flipped(made, "successor"));
    Fields stranger = new Fields().put("keys", People.inputs("bob", 2)).put("next", next);
    Bytes bobs = compute(stranger).bytes("card");
    set.fails("successor of another", "crypto", made, new Fields().put("card", bobs));
    Bytes longer = new ByteWriter().bytes(made.bytes("card")).u8(0).toBytes();
    set.fails("a byte too many", "malformed", made, new Fields().put("card", longer));
    Bytes cut = made.bytes("card").slice(0, 194);
    set.fails("a byte too few", "malformed", made, new Fields().put("card", cut));
    byte[] label = made.bytes("card").toByteArray();
    label[2] = 'Z';
    set.fails("another label", "malformed", made, new Fields().put("card", Bytes.wrap(label)));
  }

  @Override
  Fields compute(Fields in) {
    Identity first = People.identity(in.object("keys"));
    Identity other = People.identity(in.object("next"));
    Card successor = first.card().successor(first.signing(), other.signing(), other.agreement());
    return new Fields()
        .put("card", first.card().encoded())
        .put("fingerprint", first.fingerprint().bytes())
        .put("display", first.fingerprint().display())
        .put("successor", successor.encoded())
        .put("successorFingerprint", successor.fingerprint().bytes());
  }

  @Override
  void open(Fields given) {
    Card card = Card.parse(given.bytes("card"));
    Card.parse(given.bytes("successor")).requireSuccessorOf(card);
  }
}
