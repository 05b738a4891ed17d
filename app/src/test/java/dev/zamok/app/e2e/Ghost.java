package dev.zamok.app.e2e;

import dev.zamok.crypto.Context;
import dev.zamok.crypto.Hash;
import dev.zamok.crypto.chain.Statement;
import dev.zamok.crypto.identity.AgreementKey;
import dev.zamok.crypto.identity.Card;
import dev.zamok.crypto.identity.Identity;
import dev.zamok.crypto.identity.SigningKey;
import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.RoomId;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.security.SecureRandom;

/** Somebody whose keys a server made for itself, to put him where he has no business. */
record Ghost(Identity identity) {
  private static final int ACCEPT = 6;

  static Ghost make() {
    SecureRandom random = new SecureRandom();
    return of(new AccountId(random.nextLong(), random.nextLong()));
  }

  /** With a first card of his own for an account that somebody else has. */
  static Ghost of(AccountId account) {
    SecureRandom random = new SecureRandom();
    SigningKey signing = SigningKey.generate(random);
    AgreementKey agreement = AgreementKey.generate(random);
    return new Ghost(new Identity(Card.first(account, signing, agreement), signing, agreement));
  }

  /** The true answer of a card look-up, with the ghost where he is asked for. */
  JsonObject amongCards(JsonObject asked, JsonObject truth) {
    String own = identity.fingerprint().toString();
    if (asked.getJsonArray("fingerprints", new JsonArray()).contains(own)) {
      truth
          .getJsonArray("cards")
          .add(
              new JsonObject()
                  .put("account", identity.card().account().toString())
                  .put("login", "ghost " + identity.card().account())
                  .put("card", identity.card().encoded().toBase64Url()));
    }
    return truth;
  }

  /** His own acceptance after the last of these statements, with a proof made for somebody else. */
  Bytes accepts(RoomId room, Statement last, int invite, Bytes proof) {
    Bytes body = new ByteWriter(80).u32(invite).u64(4711).bytes(proof).toBytes();
    Bytes signed =
        Context.of("chain")
            .room(room)
            .u32(last.index() + 1)
            .hash(last.hash())
            .bytes(identity.fingerprint().bytes())
            .u64(System.currentTimeMillis())
            .u8(ACCEPT)
            .sized(body)
            .toBytes();
    return new ByteWriter(signed.size() + Hash.SIZE * 2)
        .bytes(signed)
        .bytes(identity.sign(signed))
        .toBytes();
  }
}
