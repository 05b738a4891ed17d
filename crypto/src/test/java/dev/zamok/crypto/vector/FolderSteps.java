package dev.zamok.crypto.vector;

import dev.zamok.crypto.chain.ChainHead;
import dev.zamok.crypto.chain.ChainOp;
import dev.zamok.crypto.chain.ChildAct;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.identity.Fingerprint;
import dev.zamok.crypto.identity.Identity;
import dev.zamok.crypto.room.GroupKeys;
import dev.zamok.crypto.room.RoomSecret;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.RoomId;
import java.util.List;

/** The steps of the folder vectors. Alice is 0, Bob 1, Carol 2. */
final class FolderSteps {
  private static final long TIME = 1_800_000_000_000L;

  private FolderSteps() {}

  static Fields create(RoomId parent) {
    return step("create", 0)
        .put("kind", 5)
        .put("history", 1)
        .put("tag", tag("alice"))
        .put("parent", parent.toBytes())
        .put("nonce", People.nonce());
  }

  static Fields safe(String nonce) {
    return step("create", 0)
        .put("kind", 4)
        .put("history", 1)
        .put("tag", tag("alice"))
        .put("parent", Bytes.wrap(new byte[16]))
        .put("nonce", People.random(nonce, 16));
  }

  static Fields generation(int author, int g) {
    return step("generation", author)
        .put("g", g)
        .put("commit", People.random("commit " + g, 32))
        .put("prevLink", g == 1 ? Bytes.EMPTY : People.random("link " + g, 61));
  }

  static Fields member(int author, Fields member, int role, String tag) {
    return step("member", author)
        .put("member", People.identity(member).fingerprint().bytes())
        .put("role", role)
        .put("tag", tag(tag));
  }

  static Fields remove(int author, Fields member) {
    return step("remove", author).put("member", People.identity(member).fingerprint().bytes());
  }

  static Fields child(int author, RoomId folder, int act, ChainHead head) {
    return step("child", author)
        .put("folder", folder.toBytes())
        .put("act", act)
        .put("index", head.index())
        .put("hash", head.hash());
  }

  static Fields parent(int author, RoomId parent, ChainHead added) {
    return step("parent", author)
        .put("parent", parent.toBytes())
        .put("index", added.index())
        .put("hash", added.hash());
  }

  static Fields inputs(List<Fields> people, List<Fields> steps) {
    return new Fields().put("keys", people).put("steps", steps);
  }

  /** A group that has but its first generation; its keys follow from the secret. */
  static Fields groupMember(int author, int role) {
    return step("groupMember", author)
        .put("group", new RoomId(0x02L << 56 | 11, 12).toBytes())
        .put("secret", People.random("M of a group", 32))
        .put("statement", People.random("statement of a group", 32))
        .put("role", role)
        .put("tag", tag("group"));
  }

  static Fields remove(int author, Fingerprint member) {
    return step("remove", author).put("member", member.bytes());
  }

  /** As whom the members of the group of a step act. */
  static Identity group(Fields in) {
    return GroupKeys.of(new RoomSecret(in.room("group"), 1, in.secret("secret")));
  }

  /** The operation of a step; those that other rooms have too are the ones of their vectors. */
  static ChainOp op(Fields in, RoomId room, Identity author) {
    return switch (in.text("op")) {
      case "child" -> new ChainOp.Child(in.room("folder"), ChildAct.of(in.number("act")), head(in));
      case "parent" -> new ChainOp.Parent(in.room("parent"), head(in));
      case "groupMember" ->
          new ChainOp.GroupMember(
              in.room("group"),
              in.hash("statement"),
              ChainOp.GroupCard.of(group(in).card()),
              Role.of(in.number("role")),
              MemberTag.of(in.bytes("tag")));
      default -> ChainVectorsTest.op(in, room, author);
    };
  }

  private static ChainHead head(Fields in) {
    return new ChainHead(in.number("index"), in.hash("hash"));
  }

  private static Fields step(String op, int author) {
    return new Fields().put("op", op).put("author", author).putU64("time", TIME);
  }

  private static Bytes tag(String name) {
    return People.random("tag " + name, 8);
  }
}
