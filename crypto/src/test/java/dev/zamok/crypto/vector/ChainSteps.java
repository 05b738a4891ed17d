package dev.zamok.crypto.vector;

import dev.zamok.crypto.Context;
import dev.zamok.crypto.SecretBytes;
import dev.zamok.crypto.chain.Bodies;
import dev.zamok.crypto.chain.ChainOp;
import dev.zamok.crypto.chain.RoomChain;
import dev.zamok.crypto.identity.Identity;
import dev.zamok.crypto.identity.SigningKey;
import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.ItemId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The rooms of the chain vectors. Alice is 0, Bob 1, Carol 2. */
final class ChainSteps {
  private static final long TIME = 1_800_000_000_000L;
  private static final Bytes INVITE_SEED = People.random("invite seed", 32);

  private ChainSteps() {}

  static Fields everyOperation(List<Fields> people) {
    List<Fields> steps = new ArrayList<>();
    steps.add(create(4, 1));
    steps.add(generation(0, 1, Bytes.EMPTY));
    steps.add(member(0, people.get(1), 3, "bob"));
    steps.add(item(1, 1, 1, People.random("record", 32)));
    steps.add(item(1, 2, 2, Bytes.wrap(new byte[32])));
    steps.add(invite(0, 2));
    steps.add(accept(2, 5, "carol"));
    steps.add(member(0, people.get(2), 2, "carol"));
    steps.add(member(0, people.get(2), 0, "carol"));
    steps.add(generation(1, 2, People.random("link 2", 61)));
    steps.add(remove(0, people.get(1)));
    steps.add(generation(0, 3, People.random("link 3", 61)));
    steps.add(member(0, people.get(1), 2, "bob again"));
    steps.add(remove(1, people.get(1)));
    return inputs(people, steps);
  }

  static Fields fromJoin(List<Fields> people) {
    List<Fields> steps = new ArrayList<>();
    steps.add(create(2, 2));
    steps.add(generation(0, 1, Bytes.EMPTY));
    steps.add(member(0, people.get(1), 2, "bob"));
    steps.add(generation(1, 2, Bytes.EMPTY));
    return inputs(people, steps);
  }

  /** What a verifier refuses though it is well signed: name → failure and what is given. */
  static Map<String, Fields> refusals(List<Fields> people) {
    Fields base =
        inputs(
            people,
            List.of(
                create(4, 1),
                generation(0, 1, Bytes.EMPTY),
                member(0, people.get(1), 2, "bob"),
                invite(0, 2)));
    Fields made = new ChainVectorsTest().compute(base);
    Map<String, Fields> all = new LinkedHashMap<>();
    String permit = "chain:NOT_PERMITTED";
    String rule = "chain:BROKEN_RULE";
    refuse(all, base, made, "a writer adds a member", permit, member(1, people.get(2), 1, "c"));
    refuse(all, base, made, "a writer renews what is not owed", permit, link(1, 2));
    refuse(all, base, made, "a generation is skipped", rule, link(0, 3));
    refuse(all, base, made, "a link is missing", rule, generation(0, 2, Bytes.EMPTY));
    refuse(all, base, made, "the last owner leaves", rule, remove(0, people.get(0)));
    refuse(all, base, made, "a tag of another", rule, member(0, people.get(2), 1, "bob"));
    refuse(all, base, made, "a role that is there", rule, member(0, people.get(1), 2, "bob"));
    refuse(all, base, made, "a version too high", rule, item(0, 2, 1, INVITE_SEED));
    refuse(all, base, made, "an invite that is not there", permit, accept(2, 2, "carol"));
    Fields guessed = accept(2, 3, "carol").put("inviteSeed", People.random("guess", 32));
    refuse(all, base, made, "a guessed code", "crypto", guessed);
    refuse(all, base, made, "a late acceptance", permit, late(accept(2, 3, "carol")));
    whoWaits(all, people);
    unknownOperation(all, made, people);
    return all;
  }

  /** Of somebody who accepted an invitation, and whom no admin has let in. */
  private static void whoWaits(Map<String, Fields> all, List<Fields> people) {
    Fields base =
        inputs(
            people,
            List.of(
                create(4, 1),
                generation(0, 1, Bytes.EMPTY),
                invite(0, 3),
                accept(2, 2, "carol"),
                member(0, people.get(1), 1, "bob"),
                remove(0, people.get(1))));
    Fields made = new ChainVectorsTest().compute(base);
    String permit = "chain:NOT_PERMITTED";
    refuse(
        all, base, made, "who waits lets himself in", permit, member(2, people.get(2), 3, "carol"));
    refuse(all, base, made, "who waits renews what is owed", permit, link(2, 2));
  }

  private static void refuse(
      Map<String, Fields> all, Fields base, Fields made, String name, String failure, Fields step) {
    RoomChain chain = People.chain(made);
    Identity author = People.identity(base.objects("keys").get(step.number("author")));
    ChainOp op = ChainVectorsTest.op(step, chain.roomId(), author);
    Bytes refused = sign(chain, author, step.u64("time"), op.code(), body(op));
    all.put(name, failing(made, failure, refused));
  }

  private static void unknownOperation(Map<String, Fields> all, Fields made, List<Fields> people) {
    RoomChain chain = People.chain(made);
    Identity alice = People.identity(people.get(0));
    Bytes refused = sign(chain, alice, TIME, 7, Bytes.EMPTY);
    all.put("an unknown operation", failing(made, "chain:UNKNOWN_OPERATION", refused));
  }

  private static Fields failing(Fields made, String failure, Bytes refused) {
    Fields given =
        new Fields()
            .putHex("cards", made.hexes("cards"))
            .putHex("statements", made.hexes("statements"))
            .put("refused", refused);
    return new Fields().put("failure", failure).put("given", given);
  }

  /** A statement as the verifier would refuse to make it. */
  private static Bytes sign(RoomChain chain, Identity author, long time, int code, Bytes body) {
    Bytes signed =
        Context.of("chain")
            .room(chain.roomId())
            .u32(chain.head().index() + 1)
            .hash(chain.head().hash())
            .bytes(author.fingerprint().bytes())
            .u64(time)
            .u8(code)
            .sized(body)
            .toBytes();
    return new ByteWriter().bytes(signed).bytes(author.sign(signed)).toBytes();
  }

  private static Bytes body(ChainOp op) {
    return Bodies.of(op);
  }

  private static Fields inputs(List<Fields> people, List<Fields> steps) {
    return new Fields().put("keys", people).put("steps", steps);
  }

  private static Fields step(String op, int author) {
    return new Fields().put("op", op).put("author", author).putU64("time", TIME);
  }

  private static Fields late(Fields step) {
    return step.putU64("time", TIME + 86_400_001);
  }

  private static Fields create(int kind, int history) {
    return step("create", 0)
        .put("kind", kind)
        .put("history", history)
        .put("tag", tag("alice"))
        .put("parent", Bytes.wrap(new byte[16]))
        .put("nonce", People.nonce());
  }

  private static Fields generation(int author, int g, Bytes link) {
    return step("generation", author)
        .put("g", g)
        .put("commit", People.random("commit " + g, 32))
        .put("prevLink", link);
  }

  private static Fields link(int author, int g) {
    return generation(author, g, People.random("link " + g, 61));
  }

  private static Fields member(int author, Fields member, int role, String tag) {
    return step("member", author)
        .put("member", People.identity(member).fingerprint().bytes())
        .put("role", role)
        .put("tag", tag(tag));
  }

  private static Fields remove(int author, Fields member) {
    return step("remove", author).put("member", People.identity(member).fingerprint().bytes());
  }

  private static Fields item(int author, int version, int act, Bytes hash) {
    return step("item", author)
        .put("item", new ItemId(1, 2).toBytes())
        .put("version", version)
        .put("act", act)
        .put("recordHash", hash);
  }

  private static Fields invite(int author, int role) {
    return step("invite", author)
        .put("key", SigningKey.of(SecretBytes.copyOf(INVITE_SEED)).publicKey().bytes())
        .put("role", role)
        .putU64("expiry", TIME + 86_400_000);
  }

  private static Fields accept(int author, int invite, String tag) {
    return step("accept", author)
        .put("invite", invite)
        .put("tag", tag(tag))
        .put("inviteSeed", INVITE_SEED);
  }

  private static Bytes tag(String name) {
    return People.random("tag " + name, 8);
  }
}
