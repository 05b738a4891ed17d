package dev.zamok.authority.room;

import dev.zamok.authority.store.SealedStore;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.chain.RoomKind;
import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.Trust;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which rooms an account is in: by itself or through groups, the better of both. Whoever is out of
 * a group is out of its rooms with the same write.
 */
final class Belonging {
  /** Groups an account is in. */
  static final int GROUPS_PER_ACCOUNT_MAX = 100;

  /** Rooms that a group is in. */
  static final int ROOMS_PER_GROUP_MAX = 500;

  private final MembershipIndex rooms;
  private final MembershipIndex groups;
  private final MembershipIndex roomsOfGroups;

  Belonging(SealedStore store) {
    rooms = new MembershipIndex(store, RoomTables.MEMBERSHIP);
    groups = new MembershipIndex(store, RoomTables.GROUPED);
    roomsOfGroups = new MembershipIndex(store, RoomTables.GROUP_ROOM);
  }

  /** What accounts are in by themselves. */
  MembershipIndex direct() {
    return rooms;
  }

  /** The better of what the account and its groups are there. */
  Future<Optional<Membership>> get(AccountId account, RoomId room) {
    return rooms
        .get(account, room)
        .compose(
            direct ->
                isEnough(direct.orElse(null), room)
                    ? Future.succeededFuture(direct)
                    : through(account, room)
                        .map(groups -> Optional.ofNullable(better(direct.orElse(null), groups))));
  }

  /**
   * Whether no group could add to it: they are never more than writers, and in sealed rooms only.
   * An id of no known kind is nobody's room.
   */
  private static boolean isEnough(@Nullable Membership direct, RoomId room) {
    return room.toBytes().get(0) != Trust.SEALED.code()
        || (direct != null && direct.role().atLeast(Role.WRITER));
  }

  private Future<@Nullable Membership> through(AccountId account, RoomId room) {
    return groups
        .all(account, GROUPS_PER_ACCOUNT_MAX)
        .compose(
            all -> {
              List<Future<Optional<Membership>>> reads = new ArrayList<>();
              all.forEach(group -> reads.add(ofGroup(group.room(), room)));
              return Future.all(reads)
                  .map(
                      done -> {
                        Membership best = null;
                        for (Future<Optional<Membership>> read : reads) {
                          best = better(best, read.result().orElse(null));
                        }
                        return best == null ? null : of(account, best);
                      });
            });
  }

  /**
   * All rooms of an account, those of its own first; at most {@code max} and one more, which tells
   * that more are.
   */
  Future<List<Membership>> all(AccountId account, int max) {
    return all(account, max, any -> true);
  }

  /** As {@link #all(AccountId, int)}, of those that fit: others do not count. */
  Future<List<Membership>> all(AccountId account, int max, Predicate<Membership> fits) {
    return rooms
        .all(account, max, fits)
        .compose(
            direct ->
                groups
                    .all(account, GROUPS_PER_ACCOUNT_MAX)
                    .compose(
                        all -> {
                          List<Future<List<Membership>>> reads = new ArrayList<>();
                          all.forEach(group -> reads.add(roomsOf(group.room())));
                          return Future.all(reads)
                              .map(
                                  done -> {
                                    List<Membership> found = new ArrayList<>(direct);
                                    for (Future<List<Membership>> read : reads) {
                                      read.result().stream().filter(fits).forEach(found::add);
                                    }
                                    return merged(account, found, max);
                                  });
                        }));
  }

  private static List<Membership> merged(AccountId account, List<Membership> found, int max) {
    Map<RoomId, Membership> best = new LinkedHashMap<>();
    for (Membership one : found) {
      best.merge(
          one.room(),
          of(account, one),
          (a, b) -> b.role().atLeast(a.role()) && a.role() != b.role() ? b : a);
    }
    List<Membership> merged = new ArrayList<>(best.values());
    return merged.size() > max ? merged.subList(0, max + 1) : merged;
  }

  /** Where a group is a member. */
  Future<List<Membership>> roomsOf(RoomId group) {
    return roomsOfGroups.all(Member.account(group), ROOMS_PER_GROUP_MAX);
  }

  Future<Optional<Membership>> ofGroup(RoomId group, RoomId room) {
    return roomsOfGroups.get(Member.account(group), room);
  }

  Future<Boolean> isInGroup(AccountId account, RoomId group) {
    return groups.get(account, group).map(Optional::isPresent);
  }

  Future<Integer> groupsOf(AccountId account) {
    return groups.all(account, GROUPS_PER_ACCOUNT_MAX).map(List::size);
  }

  /** Brings the index up to a row of a room that changed. */
  Future<Void> follow(Room room, Member changed) {
    Optional<Member> present =
        changed.group() ? room.presentGroup(changed.groupRoom()) : room.present(changed.account());
    return present.isPresent() && present.get().firstEpoch() > 0
        ? put(room, present.get())
        : remove(room, changed);
  }

  private Future<Void> put(Room room, Member member) {
    Membership membership = Membership.of(room.id(), member);
    if (member.group()) {
      return roomsOfGroups.put(membership);
    }
    Future<Void> put = rooms.put(membership);
    return room.header().kind() == RoomKind.GROUP ? put.compose(v -> groups.put(membership)) : put;
  }

  /** First of all that happens to somebody who is to be out. */
  Future<Void> remove(Room room, Member member) {
    if (member.group()) {
      return roomsOfGroups.remove(member.account(), room.id());
    }
    Future<Void> before =
        room.header().kind() == RoomKind.GROUP
            ? groups.remove(member.account(), room.id())
            : Future.succeededFuture();
    return before.compose(v -> rooms.remove(member.account(), room.id()));
  }

  private static Membership of(AccountId account, Membership membership) {
    return new Membership(
        account,
        membership.room(),
        membership.tag(),
        membership.role(),
        membership.version(),
        membership.firstEpoch(),
        membership.joinedAt());
  }

  private static @Nullable Membership better(@Nullable Membership a, @Nullable Membership b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return a.role().atLeast(b.role()) ? a : b;
  }
}
