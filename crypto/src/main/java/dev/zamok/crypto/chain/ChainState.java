package dev.zamok.crypto.chain;

import dev.zamok.crypto.identity.Fingerprint;
import dev.zamok.crypto.identity.VerifyKey;
import dev.zamok.protocol.ItemId;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.RoomId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the statements up to the head add up to. Changed by {@link ChainEffects} alone. */
final class ChainState {
  final ChainOp.Create room;
  final Map<Fingerprint, ChainMember> members = new LinkedHashMap<>();

  /** Every tag that ever was given out, with the only one who may have it. */
  final Map<MemberTag, Fingerprint> tags = new HashMap<>();

  /** Index of a statement → role from there on, per member past or present. */
  final Map<Fingerprint, TreeMap<Integer, Role>> roles = new HashMap<>();

  final List<ChainGeneration> generations = new ArrayList<>();
  final Map<Integer, OpenInvite> invites = new LinkedHashMap<>();
  final Map<Fingerprint, ChainAcceptance> acceptances = new HashMap<>();
  final Map<ItemId, ItemPast> items = new LinkedHashMap<>();

  /** Groups that are or were members, by the card they act under. */
  final Map<Fingerprint, ChainGroup> groups = new LinkedHashMap<>();

  /** Of a group's own chain: the card of each generation. */
  final List<ChainGroup> groupCards = new ArrayList<>();

  /** Its folders, oldest first. */
  final Map<RoomId, ChainFolder> folders = new LinkedHashMap<>();

  /** Whom stewards or invitations want to be let in, and as what. */
  final Map<Fingerprint, Role> proposals = new HashMap<>();

  /** Of a folder; {@link ChainOp#NO_PARENT} of every other room. */
  RoomId parent;

  /** The statement of the parent's chain that it was moved by; null where it was made. */
  @Nullable ChainHead movedBy;

  boolean owesGeneration = true;

  ChainState(ChainOp.Create room) {
    this.room = room;
    this.parent = room.parent();
  }

  /** A copy that shares nothing that changes. */
  ChainState(ChainState from) {
    room = from.room;
    members.putAll(from.members);
    tags.putAll(from.tags);
    from.roles.forEach((member, changes) -> roles.put(member, new TreeMap<>(changes)));
    generations.addAll(from.generations);
    invites.putAll(from.invites);
    acceptances.putAll(from.acceptances);
    items.putAll(from.items);
    groups.putAll(from.groups);
    groupCards.addAll(from.groupCards);
    folders.putAll(from.folders);
    proposals.putAll(from.proposals);
    parent = from.parent;
    movedBy = from.movedBy;
    owesGeneration = from.owesGeneration;
  }

  /**
   * Whether the statement only proposes: who cannot read lets nobody read. The member stays what he
   * is until somebody who reads says the same.
   */
  boolean onlyProposes(Fingerprint author, ChainOp.Member op) {
    return !role(author).atLeast(Role.READER)
        && op.role().atLeast(Role.READER)
        && !role(op.member()).atLeast(Role.READER);
  }

  int generation() {
    return generations.size();
  }

  /** Whether the newest generation of a group still lacks its card. */
  boolean owesCard() {
    return room.kind() == RoomKind.GROUP && groupCards.size() < generations.size();
  }

  Role role(Fingerprint fingerprint) {
    ChainMember member = members.get(fingerprint);
    return member == null ? Role.NONE : member.role();
  }

  Role roleAt(Fingerprint fingerprint, int index) {
    TreeMap<Integer, Role> changes = roles.get(fingerprint);
    Map.@Nullable Entry<Integer, Role> last = changes == null ? null : changes.floorEntry(index);
    return last == null ? Role.NONE : last.getValue();
  }

  boolean hadRoleSince(Fingerprint fingerprint, Role role, int index) {
    TreeMap<Integer, Role> changes = roles.get(fingerprint);
    return changes != null
        && (roleAt(fingerprint, index).atLeast(role)
            || changes.tailMap(index).values().stream().anyMatch(r -> r.atLeast(role)));
  }

  /** An invitation that was neither used nor withdrawn. */
  record OpenInvite(VerifyKey key, Role role, long expiryMillis, Fingerprint inviter) {}

  /** Who was demoted or removed since then has no say any more, nor have his invitations. */
  boolean stands(OpenInvite invite) {
    Role now = role(invite.inviter());
    return now.atLeast(Role.ADMIN) && now.ranksWith(invite.role());
  }
}
