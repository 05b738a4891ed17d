package dev.zamok.authority.room;

import dev.zamok.authority.http.Problem;
import dev.zamok.authority.http.Refusal;
import dev.zamok.crypto.chain.ChainGroup;
import dev.zamok.crypto.chain.ChainOp;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.chain.RoomChain;
import dev.zamok.crypto.chain.RoomKind;
import dev.zamok.crypto.chain.Statement;
import dev.zamok.crypto.identity.Fingerprint;
import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.RoomId;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is demanded where groups are members, beside the rules of the chain: who speaks for a group
 * is in it; a group comes in by the newest card of its own chain; and nothing is sealed for a group
 * that has a newer generation or owes one. A generation that shuts a reader out is taken all the
 * same, for no group may keep anybody in: items wait until the group is current.
 */
final class GroupGate {
  /** Groups in one room. */
  static final int GROUPS_PER_ROOM_MAX = 32;

  private final Chains chains;
  private final RoomRows rows;
  private final Belonging belonging;

  GroupGate(Chains chains, RoomRows rows, Belonging belonging) {
    this.chains = chains;
    this.rows = rows;
    this.belonging = belonging;
  }

  /**
   * A group as its own chain has it now.
   *
   * @param named the newest card; null where nobody asks for it
   */
  private record Now(int generation, boolean owes, @Nullable ChainGroup named) {}

  /** What was read before statements are checked; then it checks without waiting. */
  static final class Seen {
    private final Map<RoomId, Now> groups = new HashMap<>();

    /** Off the event loop. Fails with {@link Refusal}. */
    void require(RoomChain chain, List<Statement> fresh) {
      boolean seals = false;
      boolean generation = false;
      for (Statement statement : fresh) {
        ChainOp op = statement.op();
        seals |= op instanceof ChainOp.Item;
        generation |= op instanceof ChainOp.Generation;
        if (op instanceof ChainOp.GroupMember member) {
          requireNewest(member);
        }
      }
      if (chain.owesCard()) {
        throw Refusal.because(Problem.CHAIN_INVALID, "a generation of a group needs its card");
      }
      if (chain.groups().size() > GROUPS_PER_ROOM_MAX) {
        throw Refusal.because(Problem.ROOM_STATE, "at most " + GROUPS_PER_ROOM_MAX + " groups");
      }
      if (seals || (generation && !shutsOut(chain, fresh))) {
        chain.groups().forEach(this::requireCurrent);
      }
    }

    /** Whether somebody read before and does not any more. */
    private static boolean shutsOut(RoomChain chain, List<Statement> fresh) {
      int before = fresh.get(0).index() - 1;
      for (Statement statement : fresh) {
        Fingerprint who =
            statement.op() instanceof ChainOp.Remove op
                ? op.member()
                : statement.op() instanceof ChainOp.Member op ? op.member() : null;
        if (who != null
            && before >= 0
            && chain.roleAt(who, before).atLeast(Role.READER)
            && !chain.role(who).atLeast(Role.READER)) {
          return true;
        }
      }
      return false;
    }

    private void requireNewest(ChainOp.GroupMember op) {
      Now now = groups.get(op.group());
      ChainGroup named = now == null ? null : now.named();
      boolean fits =
          named != null
              && named.statement().equals(op.statement())
              && named.card().fingerprint().equals(op.member());
      if (!fits) {
        throw Refusal.because(Problem.CHAIN_INVALID, "not the newest card of a group you may see");
      }
    }

    private void requireCurrent(ChainGroup member) {
      Now now = groups.get(member.group());
      if (now == null || now.owes() || now.generation() != member.g()) {
        throw Refusal.because(
            Problem.ROOM_STATE, "a group has other members now: the room owes a generation");
      }
    }
  }

  /** Looks at the groups of a room and at those that statements bring. */
  Future<Seen> look(AccountId who, RoomChain chain, List<Statement> fresh) {
    Seen seen = new Seen();
    Set<RoomId> present = new LinkedHashSet<>();
    chain.groups().forEach(group -> present.add(group.group()));
    Set<RoomId> brought = new LinkedHashSet<>();
    for (Statement statement : fresh) {
      if (statement.op() instanceof ChainOp.GroupMember member) {
        brought.add(member.group());
      }
    }
    List<Future<?>> reads = new ArrayList<>();
    for (RoomId group : brought) {
      reads.add(
          mayBring(who, group, present.contains(group))
              .compose(
                  may ->
                      may
                          ? chains.verified(group).map(found -> note(seen, group, found))
                          : Future.succeededFuture()));
    }
    present.removeAll(brought);
    for (RoomId group : present) {
      reads.add(
          rows.header(group)
              .map(
                  found -> {
                    found.ifPresent(
                        header ->
                            seen.groups.put(
                                group,
                                new Now(
                                    header.standing().generation(),
                                    header.standing().owesGeneration(),
                                    null)));
                    return null;
                  }));
    }
    return Future.all(reads).map(seen);
  }

  private static @Nullable Void note(Seen seen, RoomId group, @Nullable RoomChain chain) {
    if (chain != null && chain.kind() == RoomKind.GROUP && !chain.owesGeneration()) {
      int g = chain.generation();
      seen.groups.put(group, new Now(g, false, chain.groupCard(g)));
    }
    return null;
  }

  /** Who is in a group brings it into rooms, as long as it is not in too many. */
  private Future<Boolean> mayBring(AccountId who, RoomId group, boolean isThere) {
    if (isThere) {
      return Future.succeededFuture(true);
    }
    return belonging
        .isInGroup(who, group)
        .compose(
            in ->
                in
                    ? belonging.roomsOf(group).map(rooms -> requireFew(rooms.size()))
                    : Future.succeededFuture(false));
  }

  private static boolean requireFew(int rooms) {
    if (rooms >= Belonging.ROOMS_PER_GROUP_MAX) {
      throw Refusal.because(
          Problem.ROOM_STATE, "a group is in at most " + Belonging.ROOMS_PER_GROUP_MAX + " rooms");
    }
    return true;
  }

  /**
   * Fails with {@link Refusal} unless who asks is in the group by whose card all is signed.
   *
   * @param room with its chain
   */
  Future<Void> requireSpeaker(AccountId who, Room room, Fingerprint author) {
    RoomChain chain = room.chain();
    ChainGroup group = chain == null ? null : chain.group(author);
    if (group == null && room.present(who).isEmpty()) {
      // Strangers do not learn that there is such a room.
      throw Problem.NOT_FOUND.refusal();
    }
    if (group == null) {
      throw Refusal.because(Problem.CHAIN_INVALID, "sign with your own card");
    }
    return belonging
        .isInGroup(who, group.group())
        .map(
            in -> {
              if (!in) {
                throw Problem.NOT_FOUND.refusal();
              }
              return null;
            });
  }

  /** Fails with {@link Refusal} when somebody would be in too many groups. */
  Future<Void> requireFewGroups(RoomKind kind, List<Member> changed) {
    if (kind != RoomKind.GROUP) {
      return Future.succeededFuture();
    }
    List<Future<Integer>> counts = new ArrayList<>();
    for (Member member : changed) {
      if (member.isArriving()) {
        counts.add(belonging.groupsOf(member.account()));
      }
    }
    return Future.all(counts)
        .map(
            all -> {
              if (counts.stream().anyMatch(c -> c.result() >= Belonging.GROUPS_PER_ACCOUNT_MAX)) {
                throw Refusal.because(
                    Problem.ROOM_STATE,
                    "nobody is in more than " + Belonging.GROUPS_PER_ACCOUNT_MAX + " groups");
              }
              return null;
            });
  }

  /** The cards that somebody may open wraps by in a room, his own first: of those who read. */
  Future<List<Fingerprint>> recipients(AccountId who, Room room) {
    List<Fingerprint> all = new ArrayList<>();
    room.present(who)
        .filter(member -> member.role().atLeast(Role.READER))
        .ifPresent(member -> all.add(member.fingerprint()));
    List<Future<Void>> reads = new ArrayList<>();
    for (Member member : room.members()) {
      if (member.present() && member.group()) {
        reads.add(
            belonging
                .isInGroup(who, member.groupRoom())
                .map(
                    in -> {
                      if (in) {
                        all.add(member.fingerprint());
                      }
                      return null;
                    }));
      }
    }
    return Future.all(reads).map(all);
  }
}
