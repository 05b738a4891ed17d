package dev.zamok.authority.room;

import dev.zamok.crypto.chain.ChainGeneration;
import dev.zamok.crypto.chain.ChainGroup;
import dev.zamok.crypto.chain.ChainHead;
import dev.zamok.crypto.chain.ChainMember;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.chain.RoomChain;
import dev.zamok.crypto.identity.Fingerprint;
import dev.zamok.protocol.MalformedException;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes header and member rows of a sealed room follow its chain, which decides. */
final class ChainSync {
  private final Chains chains;
  private final RoomRows rows;
  private final People people;

  ChainSync(Chains chains, RoomRows rows, People people) {
    this.chains = chains;
    this.rows = rows;
    this.people = people;
  }

  /** Does nothing for managed rooms, or when nothing is new. */
  Future<Void> sync(Room room) {
    if (!room.isSealed()) {
      return Future.succeededFuture();
    }
    return chains
        .of(room)
        .compose(
            chain ->
                chain.head().index() + 1 == room.header().standing().chainLength()
                    ? Future.succeededFuture()
                    : follow(room, chain));
  }

  private Future<Void> follow(Room room, RoomChain chain) {
    Set<Fingerprint> strangers = new HashSet<>();
    for (ChainMember member : chain.members()) {
      if (room.member(member.tag()).isEmpty()) {
        strangers.add(member.fingerprint());
      }
    }
    return people
        .byFingerprints(strangers)
        .compose(
            known ->
                rows.save(room, room.header().with(standing(chain)), changes(room, chain, known)));
  }

  static Standing standing(RoomChain chain) {
    ChainGeneration generation = chain.generation(chain.generation());
    if (generation == null) {
      throw new MalformedException("chain without a secret");
    }
    ChainHead head = chain.head();
    int length = head.index() + 1;
    return new Standing(
        generation.g(), generation.commit(), chain.owesGeneration(), length, length, head.hash());
  }

  /** The rows that differ from the chain. */
  static List<Member> changes(Room room, RoomChain chain, Map<Fingerprint, Person> known) {
    List<Member> changes = new ArrayList<>();
    for (ChainMember member : chain.members()) {
      Member row = room.member(member.tag()).orElse(null);
      Member next = row == null ? joined(chain, member, known) : changed(row, member);
      if (next != null) {
        changes.add(next);
      }
    }
    int length = chain.head().index() + 1;
    for (Member row : room.members()) {
      if (row.present() && chain.member(row.fingerprint()) == null) {
        changes.add(row.leaving(length));
      }
    }
    return changes;
  }

  /** Whether it is a membership here: who reads, or administers without reading. */
  static boolean isThere(Role role) {
    return role.atLeast(Role.READER) || role.administers();
  }

  private static @Nullable Member joined(
      RoomChain chain, ChainMember member, Map<Fingerprint, Person> known) {
    if (!isThere(member.role())) {
      return null;
    }
    ChainGroup group = chain.group(member.fingerprint());
    if (group != null) {
      return Member.arriving(
          member.tag(), group.group(), member.fingerprint(), member.role(), member.memberVersion());
    }
    Person person = known.get(member.fingerprint());
    if (person == null) {
      throw new IllegalStateException("a chain was taken in with a card that is not known");
    }
    return Member.arriving(
        member.tag(),
        person.account(),
        member.fingerprint(),
        member.role(),
        member.memberVersion());
  }

  private static @Nullable Member changed(Member row, ChainMember member) {
    int version = member.memberVersion();
    if (!isThere(member.role())) {
      return row.present() ? row.leaving(version) : null;
    }
    if (!row.present()) {
      return row.returning(member.role(), version);
    }
    if (row.version() == version) {
      return null;
    }
    // The chain takes no change to the same role: who has it again left in between.
    return row.role() == member.role()
        ? row.leaving(version).returning(member.role(), version)
        : row.changed(member.role(), version);
  }
}
