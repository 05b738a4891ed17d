package dev.zamok.crypto.vector;

import dev.zamok.crypto.Context;
import dev.zamok.crypto.chain.Bodies;
import dev.zamok.crypto.chain.ChainGroup;
import dev.zamok.crypto.chain.ChainOp;
import dev.zamok.crypto.chain.History;
import dev.zamok.crypto.chain.ItemAct;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.chain.RoomChain;
import dev.zamok.crypto.chain.RoomKind;
import dev.zamok.crypto.chain.Statement;
import dev.zamok.crypto.identity.Cards;
import dev.zamok.crypto.identity.Identity;
import dev.zamok.crypto.room.GroupKeys;
import dev.zamok.crypto.room.RoomSecret;
import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.ItemId;
import dev.zamok.protocol.MemberTag;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

class GroupVectorsTest extends VectorContract {
  private static final long TIME = 1_800_000_000_000L;

  @Override
  String construct() {
    return "group";
  }

  @Override
  String description() {
    return "a group of two generations (create, generation, card, generation, card) and a safe"
        + " whose member it is, by each in turn (create, generation, group member, item by the"
        + " group, remove, group member, generation), all else by owner at the same time; M_g of"
        + " the group is secrets[g - 1]; tags: owner, then one per generation of the group; in"
        + " failures, refused comes after the statements of the safe, or after those of the group"
        + " if ofGroup";
  }

  @Override
  void define(VectorSet set) {
    Fields made =
        set.ok(
            "two generations in a safe",
            new Fields()
                .put("owner", People.inputs("alice", 1))
                .putU64("time", TIME)
                .put("nonce", People.nonce())
                .putHex("secrets", List.of(People.random("M_1", 32), People.random("M_2", 32)))
                .put("random", People.random("group link", 12))
                .put("safeNonce", People.random("safe nonce", 16))
                .putHex("commits", List.of(People.random("c 1", 32), People.random("c 2", 32)))
                .put("safeLink", People.random("safe link", 61))
                .put("item", new ItemId(1, 2).toBytes())
                .put("recordHash", People.random("record", 32))
                .putHex(
                    "tags",
                    List.of(
                        People.random("tag alice", 8),
                        People.random("tag 1", 8),
                        People.random("tag 2", 8))));
    new GroupRefusals(set, made).define();
  }

  @Override
  Fields compute(Fields in) {
    Identity owner = People.identity(in.object("owner"));
    List<Statement> group = new ArrayList<>();
    RoomChain chain = start(in, RoomKind.GROUP, "nonce", owner, group);
    List<Bytes> secrets = in.hexes("secrets");
    RoomSecret first = secret(chain, 1, secrets);
    RoomSecret second = secret(chain, 2, secrets);
    add(chain, group, new ChainOp.Generation(1, first.commit(), Bytes.EMPTY), owner, in);
    add(chain, group, ChainOp.GroupCard.of(GroupKeys.of(first).card()), owner, in);
    Bytes link = second.prevLink(first, in.random());
    add(chain, group, new ChainOp.Generation(2, second.commit(), link), owner, in);
    add(chain, group, ChainOp.GroupCard.of(GroupKeys.of(second).card()), owner, in);
    List<Fields> keys = new ArrayList<>();
    for (RoomSecret secret : List.of(first, second)) {
      Identity identity = GroupKeys.of(secret);
      keys.add(
          new Fields()
              .put("ed25519Seed", identity.signing().seed())
              .put("x25519Secret", identity.agreement().secret())
              .put("card", identity.card().encoded())
              .put("fingerprint", identity.fingerprint().bytes()));
    }
    return new Fields()
        .put("group", chain.roomId().toBytes())
        .putHex("cards", List.of(owner.card().encoded()))
        .putHex("statements", group.stream().map(Statement::encoded).toList())
        .put("keys", keys)
        .putHex("safe", safe(in, owner, chain, List.of(first, second)));
  }

  private static List<Bytes> safe(
      Fields in, Identity owner, RoomChain group, List<RoomSecret> secrets) {
    List<Statement> safe = new ArrayList<>();
    RoomChain chain = start(in, RoomKind.SAFE, "safeNonce", owner, safe);
    List<Bytes> commits = in.hexes("commits");
    add(chain, safe, generation(1, commits, Bytes.EMPTY), owner, in);
    add(chain, safe, member(group, 1, in.hexes("tags").get(1), Role.WRITER), owner, in);
    Identity first = GroupKeys.of(secrets.get(0));
    ChainOp.Item item =
        new ChainOp.Item(ItemId.of(in.bytes("item")), 1, ItemAct.PUT, in.hash("recordHash"));
    add(chain, safe, item, first, in);
    add(chain, safe, new ChainOp.Remove(first.fingerprint()), owner, in);
    add(chain, safe, member(group, 2, in.hexes("tags").get(2), Role.READER), owner, in);
    add(chain, safe, generation(2, commits, in.bytes("safeLink")), owner, in);
    return safe.stream().map(Statement::encoded).toList();
  }

  static ChainOp.GroupMember member(RoomChain group, int g, Bytes tag, Role role) {
    ChainGroup named = Objects.requireNonNull(group.groupCard(g));
    return new ChainOp.GroupMember(
        named.group(),
        named.statement(),
        ChainOp.GroupCard.of(named.card()),
        role,
        MemberTag.of(tag));
  }

  @Override
  void open(Fields given) {
    Cards cards = People.cards(given.hexes("cards"));
    RoomChain group = People.chain(given);
    RoomChain safe =
        People.chain(
            new Fields()
                .putHex("cards", given.hexes("cards"))
                .putHex("statements", given.hexes("safe")));
    if (given.has("refused")) {
      (given.flag("ofGroup") ? group : safe).append(given.bytes("refused"), cards);
      return;
    }
    List<Bytes> secrets = given.hexes("secrets");
    for (int g = 1; g <= group.generation(); g++) {
      GroupKeys.of(secret(group, g, secrets), Objects.requireNonNull(group.groupCard(g)));
    }
  }

  /** A statement as no verifier would make it. */
  static Bytes forge(RoomChain chain, Identity author, ChainOp op) {
    Bytes signed =
        Context.of("chain")
            .room(chain.roomId())
            .u32(chain.head().index() + 1)
            .hash(chain.head().hash())
            .bytes(author.fingerprint().bytes())
            .u64(TIME)
            .u8(op.code())
            .sized(Bodies.of(op))
            .toBytes();
    return new ByteWriter().bytes(signed).bytes(author.sign(signed)).toBytes();
  }

  static RoomSecret secret(RoomChain chain, int g, List<Bytes> secrets) {
    return new RoomSecret(
        chain.roomId(), g, dev.zamok.crypto.SecretBytes.copyOf(secrets.get(g - 1)));
  }

  private static ChainOp.Generation generation(int g, List<Bytes> commits, Bytes link) {
    return new ChainOp.Generation(g, new dev.zamok.crypto.Hash(commits.get(g - 1)), link);
  }

  private static RoomChain start(
      Fields in, RoomKind kind, String nonce, Identity owner, List<Statement> into) {
    MemberTag tag = MemberTag.of(in.hexes("tags").get(0));
    ChainOp.Create create =
        new ChainOp.Create(kind, History.FULL, tag, ChainOp.NO_PARENT, in.bytes(nonce));
    Statement first = Statement.create(create, in.u64("time"), owner);
    into.add(first);
    return RoomChain.start(first, owner.card());
  }

  private static void add(
      RoomChain chain, List<Statement> into, ChainOp op, Identity author, Fields in) {
    Statement statement = chain.propose(op, in.u64("time"), author);
    chain.append(statement, fingerprint -> author.card());
    into.add(statement);
  }
}
