package dev.zamok.crypto.chain;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zamok.crypto.Fixtures;
import dev.zamok.crypto.Hash;
import dev.zamok.crypto.SeededRandom;
import dev.zamok.crypto.identity.Card;
import dev.zamok.crypto.identity.Cards;
import dev.zamok.crypto.identity.Fingerprint;
import dev.zamok.crypto.identity.Identity;
import dev.zamok.crypto.room.RoomSecret;
import dev.zamok.protocol.Bytes;
import java.util.HashMap;
import java.util.Map;

/** A room whose members act by name; for tests of rules and of what builds on chains. */
public final class ChainScript {
  public static final long NOW = 1_800_000_000_000L;

  private final Map<Fingerprint, Card> known = new HashMap<>();
  private final Map<Integer, RoomSecret> secrets = new HashMap<>();
  private final SeededRandom random = new SeededRandom("chain");
  private final Statement first;
  private final RoomChain chain;

  /** A room of Alice's with its first generation. */
  public ChainScript(RoomKind kind, History history) {
    this(Fixtures.create(kind, history, Fixtures.ALICE));
  }

  /** A folder of Alice's with its first generation, as it says inside that room. */
  static ChainScript folderOf(RoomChain parent) {
    ChainOp.Create safe = Fixtures.create(RoomKind.FOLDER, History.FULL, Fixtures.ALICE);
    return new ChainScript(
        new ChainOp.Create(safe.kind(), safe.history(), safe.tag(), parent.roomId(), safe.nonce()));
  }

  private ChainScript(ChainOp.Create op) {
    for (Identity person :
        new Identity[] {Fixtures.ALICE, Fixtures.BOB, Fixtures.CAROL, Fixtures.DAVE}) {
      known.put(person.fingerprint(), person.card());
    }
    first = Statement.create(op, NOW, Fixtures.ALICE);
    chain = RoomChain.start(first.encoded(), Fixtures.ALICE.card());
    renew(Fixtures.ALICE);
  }

  public RoomChain chain() {
    return chain;
  }

  public Cards cards() {
    return known::get;
  }

  Statement first() {
    return first;
  }

  /** The secret of a generation that {@link #renew} made. */
  public RoomSecret secret(int g) {
    RoomSecret secret = secrets.get(g);
    if (secret == null) {
      throw new AssertionError("no generation " + g);
    }
    return secret;
  }

  public Statement does(Identity author, ChainOp op) {
    return chain.append(chain.propose(op, NOW, author).encoded(), cards());
  }

  /** A statement that the rules may forbid, signed all the same. */
  Statement forge(Identity author, ChainOp op) {
    ChainHead at = new ChainHead(chain.head().index() + 1, chain.head().hash());
    return Statement.sign(chain.roomId(), at, op, NOW, author);
  }

  void refused(ChainFault fault, Identity author, ChainOp op) {
    refused(fault, forge(author, op));
  }

  void refused(ChainFault fault, Statement statement) {
    ChainHead before = chain.head();
    assertThatThrownBy(() -> chain.append(statement.encoded(), cards()))
        .isInstanceOf(ChainException.class)
        .hasMessage(fault.text());
    if (!chain.head().equals(before)) {
      throw new AssertionError("a refused statement changed the chain");
    }
  }

  /** Adds {@code member} under the tag that is his in all tests. */
  public Statement add(Identity author, Identity member, Role role) {
    return does(author, member(member, role));
  }

  static ChainOp.Member member(Identity member, Role role) {
    return new ChainOp.Member(member.fingerprint(), role, Fixtures.tag(member));
  }

  static ChainOp.Remove remove(Identity member) {
    return new ChainOp.Remove(member.fingerprint());
  }

  /** The next generation. */
  public Statement renew(Identity author) {
    return does(author, next());
  }

  ChainOp.Generation next() {
    int g = chain.generation() + 1;
    RoomSecret secret = RoomSecret.random(chain.roomId(), g, random);
    secrets.put(g, secret);
    boolean linked = g > 1 && chain.history() == History.FULL;
    Bytes link = linked ? secret.prevLink(secret(g - 1), random) : Bytes.EMPTY;
    return new ChainOp.Generation(g, secret.commit(), link);
  }

  static Hash someHash() {
    return Hash.of(Bytes.fromHex("aa"));
  }
}
