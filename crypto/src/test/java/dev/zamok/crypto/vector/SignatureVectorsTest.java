package dev.zamok.crypto.vector;

import dev.zamok.crypto.identity.CraftedSignature;
import dev.zamok.crypto.identity.SigningKey;
import dev.zamok.crypto.identity.VerifyKey;
import dev.zamok.protocol.Bytes;

class SignatureVectorsTest extends VectorContract {
  @Override
  String construct() {
    return "signature";
  }

  @Override
  String description() {
    return "Ed25519, strict: keys and R canonical and of the prime-order subgroup, S below L;"
        + " keyId = first 8 bytes of h(publicKey)";
  }

  @Override
  void define(VectorSet set) {
    Fields inputs =
        new Fields()
            .put("seed", People.random("signer", 32))
            .put("message", Bytes.fromHex("c0ffee"));
    Fields signed = set.ok("short message", inputs);
    set.ok("empty message", inputs.with(new Fields().put("message", Bytes.EMPTY)));
    set.fails("message changed", "crypto", signed, flipped(signed, "message"));
    set.fails("signature changed", "crypto", signed, flipped(signed, "signature"));
    set.fails(
        "signature cut",
        "crypto",
        signed,
        new Fields().put("signature", signed.bytes("signature").slice(0, 63)));
    set.fails(
        "L added to S",
        "crypto",
        signed,
        new Fields().put("signature", CraftedSignature.withLAdded(signed.bytes("signature"))));
    int order = 0;
    for (String point : CraftedSignature.SMALL_ORDER) {
      Bytes small = Bytes.fromHex(point);
      Bytes crafted =
          CraftedSignature.withR(
              signed.secret("seed"), signed.bytes("publicKey"), signed.bytes("message"), small);
      String which = " " + order++;
      set.fails("R of small order" + which, "crypto", signed, field("signature", crafted));
      set.fails("key of small order" + which, "crypto", signed, field("publicKey", small));
    }
    for (String point : CraftedSignature.NOT_CANONICAL) {
      Fields changed = field("publicKey", Bytes.fromHex(point));
      set.fails("key not canonical " + point.substring(0, 4), "crypto", signed, changed);
    }
  }

  @Override
  Fields compute(Fields in) {
    SigningKey key = SigningKey.of(in.secret("seed"));
    return new Fields()
        .put("publicKey", key.publicKey().bytes())
        .put("keyId", key.publicKey().id().toBytes())
        .put("signature", key.sign(in.bytes("message")));
  }

  @Override
  void open(Fields given) {
    VerifyKey.of(given.bytes("publicKey")).verify(given.bytes("message"), given.bytes("signature"));
  }

  private static Fields field(String name, Bytes value) {
    return new Fields().put(name, value);
  }
}
