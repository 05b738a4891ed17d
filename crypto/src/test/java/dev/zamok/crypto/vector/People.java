package dev.zamok.crypto.vector;

import dev.zamok.crypto.SecretBytes;
import dev.zamok.crypto.SeededRandom;
import dev.zamok.crypto.chain.ChainOp;
import dev.zamok.crypto.chain.RoomChain;
import dev.zamok.crypto.chain.Statement;
import dev.zamok.crypto.identity.AgreementKey;
import dev.zamok.crypto.identity.Card;
import dev.zamok.crypto.identity.Cards;
import dev.zamok.crypto.identity.Fingerprint;
import dev.zamok.crypto.identity.Identity;
import dev.zamok.crypto.identity.SigningKey;
import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.Bytes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Identities and chains as vector files hold them. */
final class People {
  private People() {}

  /** The inputs of an identity that is the same in every file. */
  static Fields inputs(String name, long account) {
    SeededRandom random = new SeededRandom("vector " + name);
    return new Fields()
        .put("account", new AccountId(0, account).toBytes())
        .put("ed25519Seed", SecretBytes.random(random, 32))
        .put("x25519Secret", SecretBytes.random(random, 32));
  }

  static Identity identity(Fields inputs) {
    SigningKey signing = SigningKey.of(inputs.secret("ed25519Seed"));
    AgreementKey agreement = AgreementKey.of(inputs.secret("x25519Secret"));
    AccountId account = AccountId.of(inputs.bytes("account"));
    return new Identity(Card.first(account, signing, agreement), signing, agreement);
  }

  static Identity alice() {
    return identity(inputs("alice", 1));
  }

  static Identity bob() {
    return identity(inputs("bob", 2));
  }

  static Cards cards(List<Bytes> encoded) {
    Map<Fingerprint, Card> known = new HashMap<>();
    encoded.forEach(
        bytes -> {
          Card card = Card.parse(bytes);
          known.put(card.fingerprint(), card);
        });
    return known::get;
  }

  /** Verifies the statements of {@code given} with its cards. */
  static RoomChain chain(Fields given) {
    Cards cards = cards(given.hexes("cards"));
    List<Bytes> statements = new ArrayList<>(given.hexes("statements"));
    Bytes first = statements.remove(0);
    Card author = cards.byFingerprint(Statement.parse(first).author());
    RoomChain chain = RoomChain.start(first, author);
    statements.forEach(statement -> chain.append(statement, cards));
    return chain;
  }

  /** Random bytes that are the same in every run. */
  static Bytes random(String name, int size) {
    return Bytes.wrap(SecretBytes.random(new SeededRandom("vector " + name), size).toByteArray());
  }

  /** The type of an unlock secret, and the random bytes of a case. */
  static Fields randomOf(String name, int type, int size) {
    return new Fields().put("type", type).put("random", random(name, size));
  }

  static Bytes nonce() {
    return random("nonce", ChainOp.Create.NONCE_SIZE);
  }
}
