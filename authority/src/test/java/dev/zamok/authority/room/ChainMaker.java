package dev.zamok.authority.room;

import dev.zamok.authority.TestMember;
import dev.zamok.crypto.chain.ChainMember;
import dev.zamok.crypto.chain.ChainOp;
import dev.zamok.crypto.chain.History;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.chain.RoomChain;
import dev.zamok.crypto.chain.RoomKind;
import dev.zamok.crypto.chain.Statement;
import dev.zamok.crypto.identity.Card;
import dev.zamok.crypto.identity.Fingerprint;
import dev.zamok.crypto.identity.SigningKey;
import dev.zamok.crypto.room.RoomSecret;
import dev.zamok.crypto.room.Wrap;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.RoomId;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes extensions of the chain of a sealed room as a client does; the author is one member. */
public final class ChainMaker {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Map<Fingerprint, Card> cards = new HashMap<>();
  private final List<Bytes> all = new ArrayList<>();
  private @Nullable RoomChain chain;
  private @Nullable RoomSecret secret;

  private List<Bytes> statements = new ArrayList<>();
  private boolean wrapsForAll;
  private final List<Fingerprint> wrapsFor = new ArrayList<>();

  public ChainMaker know(TestMember... members) {
    for (TestMember member : members) {
      cards.put(member.fingerprint(), member.card());
    }
    return this;
  }

  /** Begins a private room with a secret. */
  public static ChainMaker begin(TestMember owner, History history) {
    return begin(owner, RoomKind.PRIVATE, history);
  }

  public static ChainMaker begin(TestMember owner, RoomKind kind, History history) {
    ChainMaker maker = new ChainMaker().know(owner);
    byte[] nonce = new byte[ChainOp.Create.NONCE_SIZE];
    RANDOM.nextBytes(nonce);
    ChainOp.Create op =
        new ChainOp.Create(kind, history, owner.tag(), ChainOp.NO_PARENT, Bytes.wrap(nonce));
    Statement first = Statement.create(op, 1, owner.identity());
    maker.chain = RoomChain.start(first, owner.card());
    maker.keep(first);
    return maker.generation(owner);
  }

  public RoomChain chain() {
    return Objects.requireNonNull(chain);
  }

  public RoomId room() {
    return chain().roomId();
  }

  public RoomSecret secret() {
    return Objects.requireNonNull(secret);
  }

  public ChainMaker add(TestMember by, TestMember member, Role role) {
    know(member);
    wrapsFor.add(member.fingerprint());
    return take(by, new ChainOp.Member(member.fingerprint(), role, member.tag()));
  }

  public ChainMaker role(TestMember by, TestMember member, Role role) {
    return take(by, new ChainOp.Member(member.fingerprint(), role, member.tag()));
  }

  public ChainMaker remove(TestMember by, TestMember member) {
    return take(by, new ChainOp.Remove(member.fingerprint()));
  }

  ChainMaker invite(TestMember by, SigningKey key, Role role, long expiryMillis) {
    return take(by, new ChainOp.Invite(key.publicKey(), role, expiryMillis));
  }

  /** The author comes in by the statement of that index. */
  ChainMaker accept(TestMember by, int invite, SigningKey key) {
    know(by);
    return take(by, ChainOp.Accept.sign(room(), invite, by.fingerprint(), by.tag(), key));
  }

  /** A new secret, wrapped for everyone who is in the room when the extension is made. */
  public ChainMaker generation(TestMember by) {
    RoomSecret before = secret;
    RoomSecret next = RoomSecret.random(room(), chain().generation() + 1, RANDOM);
    Bytes link =
        before == null || chain().history() != History.FULL
            ? Bytes.EMPTY
            : next.prevLink(before, RANDOM);
    secret = next;
    wrapsForAll = true;
    return take(by, new ChainOp.Generation(next.g(), next.commit(), link));
  }

  private ChainMaker take(TestMember by, ChainOp op) {
    Statement statement = chain().propose(op, 1, by.identity());
    chain().append(statement, cards::get);
    keep(statement);
    return this;
  }

  private void keep(Statement statement) {
    statements.add(statement.encoded());
    all.add(statement.encoded());
  }

  /** What was done since the last one. */
  Extension extension(TestMember by) {
    List<Wraps.Given> wraps = new ArrayList<>();
    for (ChainMember member : chain().members()) {
      if (wrapsForAll || wrapsFor.contains(member.fingerprint())) {
        wraps.add(wrap(by, member.fingerprint()));
      }
    }
    Extension extension = new Extension(statements, wraps, null);
    statements = new ArrayList<>();
    wrapsForAll = false;
    wrapsFor.clear();
    return extension;
  }

  /** As {@link #extension}, as the contract wants it. */
  public JsonObject json(TestMember by) {
    Extension extension = extension(by);
    JsonArray encoded = new JsonArray();
    extension.statements().forEach(statement -> encoded.add(statement.toBase64Url()));
    JsonArray wraps = new JsonArray();
    for (Wraps.Given given : extension.wraps()) {
      wraps.add(
          new JsonObject()
              .put("generation", given.g())
              .put("recipient", given.recipient().toString())
              .put("wrap", given.wrap().toBase64Url()));
    }
    return new JsonObject().put("statements", encoded).put("wraps", wraps);
  }

  Wraps.Given wrap(TestMember by, Fingerprint recipient) {
    var generation = Objects.requireNonNull(chain().generation(secret().g()));
    Card card = Objects.requireNonNull(cards.get(recipient));
    Bytes wrap = Wrap.seal(secret(), generation.statement(), card, by.identity(), RANDOM);
    return new Wraps.Given(secret().g(), recipient, wrap);
  }

  /** Another client that knows the same chain and secret. */
  public ChainMaker fork() {
    ChainMaker other = new ChainMaker();
    other.cards.putAll(cards);
    other.all.addAll(all);
    Statement first = Statement.parse(all.get(0));
    RoomChain copy = RoomChain.start(first, Objects.requireNonNull(cards.get(first.author())));
    all.subList(1, all.size()).forEach(statement -> copy.append(statement, cards::get));
    other.chain = copy;
    other.secret = secret;
    return other;
  }
}
