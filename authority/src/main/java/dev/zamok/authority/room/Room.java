package dev.zamok.authority.room;

import dev.zamok.authority.epoch.Basis;
import dev.zamok.crypto.chain.History;
import dev.zamok.crypto.chain.RoomChain;
import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.Trust;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A room as it lies in the store, with the versions of its rows. Belongs to its queue ({@link
 * RoomQueue}): one change at a time. An instance that ran into a conflict is thrown away.
 */
final class Room {
  private final RoomId id;
  private RoomHeader header;
  private long headerVersion;
  private final Map<MemberTag, Member> members = new LinkedHashMap<>();
  private final Map<MemberTag, Long> versions = new LinkedHashMap<>();
  private @Nullable RoomChain chain;

  /** Whose entry in the index by account may differ from the room. */
  private final Set<MemberTag> unindexed = new HashSet<>();

  /**
   * @param headerVersion 0 for a room that is not stored yet
   */
  Room(RoomId id, RoomHeader header, long headerVersion) {
    this.id = id;
    this.header = header;
    this.headerVersion = headerVersion;
  }

  RoomId id() {
    return id;
  }

  RoomHeader header() {
    return header;
  }

  long headerVersion() {
    return headerVersion;
  }

  boolean isSealed() {
    return id.trust() == Trust.SEALED;
  }

  /** Null in managed rooms, and in sealed ones until it is needed. */
  @Nullable RoomChain chain() {
    return chain;
  }

  void chain(@Nullable RoomChain verified) {
    chain = verified;
  }

  /** Present and former ones. */
  Collection<Member> members() {
    return Collections.unmodifiableCollection(members.values());
  }

  Optional<Member> member(MemberTag tag) {
    return Optional.ofNullable(members.get(tag));
  }

  /** The present membership of an account; the newest, should two of its cards be members. */
  Optional<Member> present(AccountId account) {
    return newest(account, true);
  }

  /** The last membership of an account, be it over. */
  Optional<Member> last(AccountId account) {
    Optional<Member> present = newest(account, true);
    return present.isPresent() ? present : newest(account, false);
  }

  private Optional<Member> newest(AccountId account, boolean present) {
    Member found = null;
    for (Member member : members.values()) {
      if (!member.group()
          && member.account().equals(account)
          && member.present() == present
          && (found == null || member.version() > found.version())) {
        found = member;
      }
    }
    return Optional.ofNullable(found);
  }

  /** The present membership of a group; one generation of it is a member at a time. */
  Optional<Member> presentGroup(RoomId group) {
    return members.values().stream()
        .filter(member -> member.present() && member.group() && member.groupRoom().equals(group))
        .findFirst();
  }

  int presentCount() {
    return (int) members.values().stream().filter(Member::present).count();
  }

  List<Member> pending() {
    List<Member> pending = new ArrayList<>();
    for (Member member : members.values()) {
      if (member.isPending()) {
        pending.add(member);
      }
    }
    return pending;
  }

  long version(MemberTag tag) {
    return versions.getOrDefault(tag, 0L);
  }

  Set<MemberTag> unindexed() {
    return unindexed;
  }

  Basis basis() {
    Standing standing = header.standing();
    boolean forgets = header.history() == History.NONE;
    return new Basis(id, standing.generation(), standing.commit(), standing.chainHead(), forgets);
  }

  /** Takes in what the store took. */
  void stored(RoomHeader next, long version) {
    header = next;
    headerVersion = version;
  }

  /** Takes in what the store took. */
  void stored(Member member, long version) {
    members.put(member.tag(), member);
    versions.put(member.tag(), version);
    unindexed.add(member.tag());
  }
}
