package dev.zamok.crypto.vector;

import dev.zamok.crypto.Context;
import dev.zamok.crypto.chain.Bodies;
import dev.zamok.crypto.chain.ChainFolder;
import dev.zamok.crypto.chain.ChainHead;
import dev.zamok.crypto.chain.ChainMember;
import dev.zamok.crypto.chain.ChainOp;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.chain.RoomChain;
import dev.zamok.crypto.chain.Statement;
import dev.zamok.crypto.identity.Identity;
import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.RoomId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Folders, their parents, and stewards. */
class FolderVectorsTest extends VectorContract {
  @Override
  String construct() {
    return "folder";
  }

  @Override
  String description() {
    return "as chain; states[i] also has the folders, the parent and the proposals after statement"
        + " i. The head in a child statement is of another chain and only its shape is checked";
  }

  @Override
  void define(VectorSet set) {
    List<Fields> people =
        List.of(People.inputs("alice", 1), People.inputs("bob", 2), People.inputs("carol", 3));
    List<Fields> begun = List.of(FolderSteps.safe("safe"), FolderSteps.generation(0, 1));
    RoomChain safe = People.chain(whole(FolderSteps.inputs(people, begun)));
    List<Fields> made =
        List.of(
            FolderSteps.create(safe.roomId()),
            FolderSteps.generation(0, 1),
            FolderSteps.member(0, people.get(1), 5, "bob"));
    RoomChain folder = People.chain(whole(FolderSteps.inputs(people, made)));
    List<Fields> listing = new ArrayList<>(begun);
    listing.add(FolderSteps.member(0, people.get(1), 3, "bob"));
    listing.add(FolderSteps.child(0, folder.roomId(), 1, folder.head()));
    Fields listed = set.ok("a safe lists a folder", FolderSteps.inputs(people, listing));
    ChainHead added = People.chain(listed).head();
    List<Fields> unlisting = new ArrayList<>(listing);
    unlisting.add(FolderSteps.child(1, folder.roomId(), 2, ChainHead.NONE));
    set.ok("a safe takes it from its folders", FolderSteps.inputs(people, unlisting));

    List<Fields> steps = new ArrayList<>(made);
    steps.add(FolderSteps.member(1, people.get(2), 1, "carol"));
    steps.add(FolderSteps.member(0, people.get(2), 1, "carol"));
    steps.add(FolderSteps.member(1, people.get(2), 2, "carol"));
    steps.add(FolderSteps.remove(1, people.get(2)));
    steps.add(FolderSteps.generation(0, 2));
    steps.add(FolderSteps.parent(0, safe.roomId(), added));
    steps.add(FolderSteps.member(0, people.get(1), 2, "bob"));
    set.ok("a steward proposes and removes, an admin moves", FolderSteps.inputs(people, steps));
    refusals(set, people, whole(FolderSteps.inputs(people, made)), listed, folder);
    groups(set, people, made);
  }

  private void groups(VectorSet set, List<Fields> people, List<Fields> made) {
    String permit = "chain:NOT_PERMITTED";
    String rule = "chain:BROKEN_RULE";
    List<Fields> steps = new ArrayList<>(made);
    steps.add(FolderSteps.groupMember(0, 2));
    Fields with = whole(FolderSteps.inputs(people, steps));
    Identity group = FolderSteps.group(steps.get(made.size()));
    steps.add(FolderSteps.groupMember(0, 1));
    steps.add(FolderSteps.remove(1, group.fingerprint()));
    steps.add(FolderSteps.generation(0, 2));
    set.ok("a group reads, and a steward puts it out", FolderSteps.inputs(people, steps));
    Fields without = whole(FolderSteps.inputs(people, made));
    for (int role : new int[] {3, 5}) {
      Fields step = FolderSteps.groupMember(0, role);
      refuse(set, without, "a group of role " + role, rule, step, people);
    }
    Fields by = FolderSteps.groupMember(1, 1);
    refuse(set, without, "a steward lets a group in", permit, by, people);
    RoomChain folder = People.chain(with);
    ChainHead head = folder.head();
    refuse(set, with, "a group lists", permit, group, FolderSteps.child(0, other(), 1, head));
    refuse(set, with, "a group moves it", permit, group, FolderSteps.parent(0, other(), head));
    refuse(set, with, "a group renews", permit, group, FolderSteps.generation(0, 2));
  }

  private void refusals(
      VectorSet set, List<Fields> people, Fields made, Fields listed, RoomChain folder) {
    String permit = "chain:NOT_PERMITTED";
    String rule = "chain:BROKEN_RULE";
    RoomId room = folder.roomId();
    ChainHead head = folder.head();
    refuse(set, made, "a steward renews", permit, FolderSteps.generation(1, 2), people);
    refuse(
        set,
        made,
        "a steward adds a folder",
        permit,
        FolderSteps.child(1, other(), 1, head),
        people);
    refuse(set, made, "a steward moves it", permit, FolderSteps.parent(1, other(), head), people);
    refuse(set, made, "a stranger moves it", permit, FolderSteps.parent(2, other(), head), people);
    refuse(
        set,
        made,
        "a folder gets an owner",
        permit,
        FolderSteps.member(0, people.get(2), 4, "carol"),
        people);
    refuse(set, made, "its own parent", rule, FolderSteps.parent(0, room, head), people);
    refuse(set, listed, "a folder listed twice", rule, FolderSteps.child(0, room, 1, head), people);
    refuse(
        set,
        listed,
        "a folder unlisted that is none",
        rule,
        FolderSteps.child(0, other(), 2, ChainHead.NONE),
        people);
    refuse(
        set,
        listed,
        "a steward of a safe",
        rule,
        FolderSteps.member(0, people.get(2), 5, "carol"),
        people);
    refuse(set, listed, "a safe with a parent", rule, FolderSteps.parent(0, room, head), people);
    RoomChain safe = People.chain(listed);
    Identity alice = People.identity(people.get(0));
    Bytes headless =
        new ByteWriter().bytes(room.toBytes()).u8(1).bytes(Bytes.wrap(new byte[36])).toBytes();
    set.fails(
        "an addition without a head", "malformed", given(listed, sign(safe, alice, 8, headless)));
    Bytes unknown =
        new ByteWriter().bytes(room.toBytes()).u8(3).bytes(Bytes.wrap(new byte[36])).toBytes();
    set.fails("an unknown act", "malformed", given(listed, sign(safe, alice, 8, unknown)));
  }

  private static RoomId other() {
    return new RoomId(0x02L << 56 | 9, 10);
  }

  private static void refuse(
      VectorSet set, Fields made, String name, String failure, Fields step, List<Fields> people) {
    refuse(set, made, name, failure, People.identity(people.get(step.number("author"))), step);
  }

  private static void refuse(
      VectorSet set, Fields made, String name, String failure, Identity author, Fields step) {
    RoomChain chain = People.chain(made);
    ChainOp op = FolderSteps.op(step, chain.roomId(), author);
    set.fails(name, failure, given(made, sign(chain, author, op.code(), Bodies.of(op))));
  }

  private static Fields given(Fields made, Bytes refused) {
    return new Fields()
        .putHex("cards", made.hexes("cards"))
        .putHex("statements", made.hexes("statements"))
        .put("refused", refused);
  }

  /** A statement as the verifier would refuse to make it. */
  private static Bytes sign(RoomChain chain, Identity author, int code, Bytes body) {
    Bytes signed =
        Context.of("chain")
            .room(chain.roomId())
            .u32(chain.head().index() + 1)
            .hash(chain.head().hash())
            .bytes(author.fingerprint().bytes())
            .u64(1_800_000_000_000L)
            .u8(code)
            .sized(body)
            .toBytes();
    return new ByteWriter().bytes(signed).bytes(author.sign(signed)).toBytes();
  }

  private Fields whole(Fields inputs) {
    return inputs.with(compute(inputs));
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
      Statement statement = next(chain, step, author);
      if (chain == null) {
        chain = RoomChain.start(statement, author.card());
      } else {
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

  private static Statement next(@Nullable RoomChain chain, Fields step, Identity author) {
    long time = step.u64("time");
    if (chain == null) {
      ChainOp op = FolderSteps.op(step, other(), author);
      return Statement.create((ChainOp.Create) op, time, author);
    }
    return chain.propose(FolderSteps.op(step, chain.roomId(), author), time, author);
  }

  @Override
  void open(Fields given) {
    RoomChain chain = People.chain(given);
    if (given.has("refused")) {
      chain.append(given.bytes("refused"), People.cards(given.hexes("cards")));
    }
  }

  private static Fields state(RoomChain chain, Statement statement) {
    List<Fields> members = new ArrayList<>();
    for (ChainMember member : chain.members()) {
      Role proposal = chain.proposal(member.fingerprint());
      members.add(
          new Fields()
              .put("fingerprint", member.fingerprint().bytes())
              .put("role", member.role().code())
              .put("proposal", proposal == null ? 0 : proposal.code())
              .put("memberVersion", member.memberVersion()));
    }
    List<Fields> folders = new ArrayList<>();
    for (ChainFolder folder : chain.folders()) {
      folders.add(
          new Fields().put("room", folder.room().toBytes()).put("added", folder.added().index()));
    }
    return new Fields()
        .put("hash", statement.hash())
        .put("generation", chain.generation())
        .put("owesGeneration", chain.owesGeneration())
        .put("parent", chain.parent().toBytes())
        .put("folders", folders)
        .put("members", members);
  }
}
