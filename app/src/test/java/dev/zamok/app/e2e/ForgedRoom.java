package dev.zamok.app.e2e;

import dev.zamok.crypto.Context;
import dev.zamok.crypto.CryptoFailure;
import dev.zamok.crypto.Hash;
import dev.zamok.crypto.chain.RoomChain;
import dev.zamok.crypto.chain.Statement;
import dev.zamok.crypto.identity.Card;
import dev.zamok.crypto.identity.Cards;
import dev.zamok.crypto.identity.Fingerprint;
import dev.zamok.crypto.identity.Identity;
import dev.zamok.crypto.item.ItemAddress;
import dev.zamok.crypto.item.ItemBody;
import dev.zamok.crypto.item.ItemRecord;
import dev.zamok.crypto.room.RoomSecret;
import dev.zamok.crypto.room.Wrap;
import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.ItemId;
import dev.zamok.protocol.RoomId;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A sealed room as a server shows it that takes whatever is signed: the true chain as far as the
 * evil server heard it, and what a test puts behind it.
 */
final class ForgedRoom {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int ITEM = 4;
  private static final int PUT = 1;

  private final EvilServer evil;
  private final RoomId room;
  private final Cards cards;
  private final List<Bytes> statements = new ArrayList<>();
  private final RoomChain chain;
  private final Map<String, JsonObject> records = new HashMap<>();

  ForgedRoom(EvilServer evil, RoomId room, Person... people) {
    this.evil = evil;
    this.room = room;
    Map<Fingerprint, Card> known = new HashMap<>();
    for (Person person : people) {
      known.put(person.session().self().fingerprint(), person.session().self().card());
    }
    cards = known::get;
    TreeMap<Integer, Bytes> heard = new TreeMap<>();
    for (EvilServer.Heard one : heard("/statements?from=")) {
      for (Object text : one.answer().getJsonArray("statements", new JsonArray())) {
        Bytes encoded = Bytes.fromBase64Url((String) text);
        heard.putIfAbsent(Statement.parse(encoded).index(), encoded);
      }
    }
    statements.addAll(heard.values());
    Statement first = Statement.parse(statements.get(0));
    chain = RoomChain.start(first, card(first.author()));
    statements.subList(1, statements.size()).forEach(one -> chain.append(one, cards));
  }

  private Card card(Fingerprint of) {
    Card card = cards.byFingerprint(of);
    if (card == null) {
      throw new AssertionError("nobody has the card " + of);
    }
    return card;
  }

  private List<EvilServer.Heard> heard(String what) {
    String path = "/v1/rooms/" + room + what;
    return evil.all().stream().filter(one -> one.path().startsWith(path)).toList();
  }

  /** The true one, verified. */
  RoomChain chain() {
    return chain;
  }

  /** Of a generation, from any wrap that somebody's program was given. */
  RoomSecret secret(Identity reader, int g) {
    for (JsonObject wrap : wraps()) {
      if (wrap.getInteger("generation") == g) {
        try {
          return Wrap.open(
              Bytes.fromBase64Url(wrap.getString("wrap")),
              chain,
              g,
              card(Fingerprint.parse(wrap.getString("wrapper"))),
              reader);
        } catch (CryptoFailure e) {
          // It was somebody else's.
          continue;
        }
      }
    }
    throw new AssertionError("no wrap of generation " + g + " opens");
  }

  /** All that the server gave to whomever. */
  List<JsonObject> wraps() {
    return heard("/wraps").stream()
        .flatMap(one -> one.answer().getJsonArray("wraps", new JsonArray()).stream())
        .map(JsonObject.class::cast)
        .toList();
  }

  /** One of these that somebody's program makes for a member. */
  JsonObject wrap(RoomSecret secret, Identity wrapper, Fingerprint recipient) {
    Hash statement = chain.generation(secret.g()).statement();
    Bytes wrap = Wrap.seal(secret, statement, card(recipient), wrapper, RANDOM);
    return wrapped(secret.g(), wrapper, recipient, wrap);
  }

  static JsonObject wrapped(int g, Identity wrapper, Fingerprint recipient, Bytes wrap) {
    return new JsonObject()
        .put("generation", g)
        .put("recipient", recipient.toString())
        .put("wrapper", wrapper.fingerprint().toString())
        .put("wrap", wrap.toBase64Url());
  }

  /** From now on these are all the wraps that anybody gets of this room. */
  void servesWraps(JsonObject... wraps) {
    JsonObject answer = new JsonObject().put("wraps", new JsonArray(List.of(wraps)));
    evil.gives("/v1/rooms/" + room + "/wraps", answer);
  }

  /** The next statement, as its author signs it, whatever the chain says to it. */
  ForgedRoom says(Identity author, int op, Bytes body) {
    return says(author.fingerprint(), author, op, body);
  }

  /** The same in the name of somebody else. */
  ForgedRoom says(Fingerprint author, Identity signer, int op, Bytes body) {
    Statement last = Statement.parse(statements.get(statements.size() - 1));
    Bytes signed =
        Context.of("chain")
            .room(room)
            .u32(last.index() + 1)
            .hash(last.hash())
            .bytes(author.bytes())
            .u64(System.currentTimeMillis())
            .u8(op)
            .sized(body)
            .toBytes();
    statements.add(new ByteWriter().bytes(signed).bytes(signer.sign(signed)).toBytes());
    return this;
  }

  /** A new item with that content, by somebody who may or may not write. */
  ItemId item(Identity author, RoomSecret secret, Bytes content) {
    byte[] body = new ItemBody(false, false, "", content).encode();
    return item(author, secret.g(), at -> ItemRecord.seal(secret, at, body, RANDOM));
  }

  /** A new item whose record is whatever its author makes; the chain names its true hash. */
  ItemId item(Identity author, int g, Function<ItemAddress, Bytes> record) {
    ItemId item = new ItemId(RANDOM.nextLong(), RANDOM.nextLong());
    int kind = ItemBody.KIND_SECRET;
    ItemAddress address = new ItemAddress(room, item, 1, g, kind, author.fingerprint());
    Bytes sealed = record.apply(address);
    Hash hash = ItemRecord.hash(address, sealed);
    records.put(
        item.toString(),
        new JsonObject()
            .put("item", item.toString())
            .put("version", 1)
            .put("generation", g)
            .put("kind", kind)
            .put("record", sealed.toBase64Url()));
    says(
        author,
        ITEM,
        new ByteWriter().bytes(item.toBytes()).u32(1).u8(PUT).bytes(hash.bytes()).toBytes());
    return item;
  }

  /** Without the newest statements: what follows is another ending. */
  ForgedRoom cutTo(int length) {
    statements.subList(length, statements.size()).clear();
    return this;
  }

  int length() {
    return statements.size();
  }

  /** From now on the evil server shows the room so. */
  void serve() {
    List<Bytes> shown = List.copyOf(statements);
    evil.answers(
        "/v1/rooms/" + room + "/statements\\?from=.*",
        (path, asked) -> {
          int from = Integer.parseInt(path.replaceAll(".*from=([0-9]+).*", "$1"));
          JsonArray part = new JsonArray();
          shown.stream().skip(from).forEach(one -> part.add(one.toBase64Url()));
          return new JsonObject().put("statements", part).put("length", shown.size());
        });
    evil.lies(
        "/v1/rooms/" + room + "/items/lookup",
        (asked, truth) -> {
          for (Object each : asked.getJsonArray("items")) {
            JsonObject forged = records.get(((JsonObject) each).getString("item"));
            if (forged != null) {
              truth.getJsonArray("items").add(forged.copy());
            }
          }
          return truth;
        });
  }
}
