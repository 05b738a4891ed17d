package dev.zamok.crypto.vector;

import dev.zamok.crypto.Hash;
import dev.zamok.crypto.Tampering;
import dev.zamok.crypto.chain.ChainMember;
import dev.zamok.crypto.chain.ChainOp;
import dev.zamok.crypto.chain.History;
import dev.zamok.crypto.chain.ItemAct;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.chain.RoomChain;
import dev.zamok.crypto.chain.RoomKind;
import dev.zamok.crypto.chain.Statement;
import dev.zamok.crypto.identity.Cards;
import dev.zamok.crypto.identity.Fingerprint;
import dev.zamok.crypto.identity.Identity;
import dev.zamok.crypto.identity.SigningKey;
import dev.zamok.crypto.identity.VerifyKey;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.ItemId;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.RoomId;
import java.util.ArrayList;
import java.util.List;

class ChainVectorsTest extends VectorContract {
  @Override
  String construct() {
    return "chain";
  }

  @Override
  String description() {
    return "every step is signed by keys[author] at its time; states[i] is what a verifier knows"
        + " after statement i; in failures, refused comes after statements";
  }

  @Override
  void define(VectorSet set) {
    List<Fields> people =
        List.of(People.inputs("alice", 1), People.inputs("bob", 2), People.inputs("carol", 3));
    Fields made = set.ok("every operation", ChainSteps.everyOperation(people));
    Fields full =
        new Fields()
            .putHex("cards", made.hexes("cards"))
            .putHex("statements", made.hexes("statements"));
    set.ok("history from join", ChainSteps.fromJoin(people));
    List<Bytes> statements = full.hexes("statements");
    refuse(set, full, "replayed", "chain:FORK", statements.get(3));
    Bytes last = statements.get(statements.size() - 1);
    Fields shorter = full.with(new Fields().putHex("statements", statements.subList(0, 3)));
    refuse(set, shorter, "one left out", "chain:FORK", statements.get(4));
    Fields atEnd = full.with(new Fields().putHex("statements", withoutLast(statements)));
    int bits = last.size() * 8;
    Bytes forged = Tampering.flip(last, bits - 8);
    refuse(set, atEnd, "signature changed", "crypto", forged);
    refuse(set, atEnd, "cut", "malformed", last.slice(0, last.size() - 1));
    set.fails(
        "author unknown",
        "chain:UNKNOWN_AUTHOR",
        atEnd.with(
            new Fields()
                .put("refused", last)
                .putHex("cards", full.hexes("cards"))
                .putHex("unknown", full.hexes("cards").subList(1, 2))));
    ChainSteps.refusals(people)
        .forEach((name, given) -> set.fails(name, given.text("failure"), given.object("given")));
  }

  @Override
  Fields compute(Fields in) {
    List<Identity> people = in.objects("keys").stream().map(People::identity).toList();
    List<Bytes> cards = people.stream().map(p -> p.card().encoded()).toList();
    List<Bytes> statements = new ArrayList<>();
    List<Fields> states = new ArrayList<>();
    RoomChain chain = null;
    for (Fields step : in.objects("steps")) {
      Identity author = people.get(step.number("author"));
      long time = step.u64("time");
      Statement statement;
      if (chain == null) {
        statement = Statement.create((ChainOp.Create) op(step, null, author), time, author);
        chain = RoomChain.start(statement, author.card());
      } else {
        statement = chain.propose(op(step, chain.roomId(), author), time, author);
        chain.append(statement, People.cards(cards));
      }
      statements.add(statement.encoded());
      states.add(state(chain, statement));
    }
    if (chain == null) {
      throw new AssertionError("no steps");
    }
    return new Fields()
        .put("room", chain.roomId().toBytes())
        .putHex("cards", cards)
        .putHex("statements", statements)
        .put("states", states);
  }

  @Override
  void open(Fields given) {
    RoomChain chain = People.chain(given);
    if (given.has("refused")) {
      List<Bytes> unknown = given.has("unknown") ? given.hexes("unknown") : List.of();
      List<Bytes> cards = new ArrayList<>(given.hexes("cards"));
      cards.removeAll(unknown);
      Cards known = People.cards(cards);
      chain.append(given.bytes("refused"), known);
    }
  }

  private static void refuse(
      VectorSet set, Fields base, String name, String failure, Bytes refused) {
    set.fails(name, failure, base, new Fields().put("refused", refused));
  }

  private static List<Bytes> withoutLast(List<Bytes> statements) {
    return statements.subList(0, statements.size() - 1);
  }

  private static Fields state(RoomChain chain, Statement statement) {
    List<Fields> members = new ArrayList<>();
    for (ChainMember member : chain.members()) {
      members.add(
          new Fields()
              .put("fingerprint", member.fingerprint().bytes())
              .put("role", member.role().code())
              .put("tag", member.tag().toBytes())
              .put("memberVersion", member.memberVersion()));
    }
    return new Fields()
        .put("hash", statement.hash())
        .put("generation", chain.generation())
        .put("owesGeneration", chain.owesGeneration())
        .put("members", members);
  }

  /** The operation of a step. Fields that an operation lacks are absent. */
  static ChainOp op(Fields in, RoomId room, Identity author) {
    return switch (in.text("op")) {
      case "create" ->
          new ChainOp.Create(
              RoomKind.of(in.number("kind")),
              History.of(in.number("history")),
              tag(in),
              in.room("parent"),
              in.bytes("nonce"));
      case "member" -> new ChainOp.Member(fingerprint(in), Role.of(in.number("role")), tag(in));
      case "remove" -> new ChainOp.Remove(fingerprint(in));
      case "generation" ->
          new ChainOp.Generation(in.number("g"), in.hash("commit"), in.bytes("prevLink"));
      case "item" ->
          new ChainOp.Item(
              ItemId.of(in.bytes("item")),
              in.number("version"),
              ItemAct.of(in.number("act")),
              new Hash(in.bytes("recordHash")));
      case "invite" ->
          new ChainOp.Invite(
              VerifyKey.of(in.bytes("key")), Role.of(in.number("role")), in.u64("expiry"));
      case "accept" ->
          ChainOp.Accept.sign(
              room,
              in.number("invite"),
              author.fingerprint(),
              tag(in),
              SigningKey.of(in.secret("inviteSeed")));
      default -> throw new AssertionError("no such operation");
    };
  }

  private static MemberTag tag(Fields in) {
    return MemberTag.of(in.bytes("tag"));
  }

  private static Fingerprint fingerprint(Fields in) {
    return new Fingerprint(in.bytes("member"));
  }
}
