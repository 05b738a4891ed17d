package dev.zamok.client.safe;

import dev.zamok.client.contact.Contact;
import dev.zamok.client.loop.Futures;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.problem.ClientProblem.Kind;
import dev.zamok.client.room.RoomEngine;
import dev.zamok.client.room.RoomMember;
import dev.zamok.crypto.chain.Role;
import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.RoomId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What groups may do in the folders of one safe. Belongs to the client's loop.
 *
 * <p>A group that is in the safe may be in a folder, as reader or writer; never as admin or
 * steward. Only who reads a folder and administers it lets one in: what a steward says of people
 * proposes, and a group is nobody whom he could propose.
 */
final class FolderGroups {
  private final SafeTree tree;

  FolderGroups(SafeTree tree) {
    this.tree = tree;
  }

  /** See {@link SafeFolders#setGroupRight}. */
  CompletableFuture<SafeFolders.RightChange> set(RoomId folder, RoomId group, FolderRight right) {
    return tree.look()
        .thenCompose(
            view -> {
              RoomEngine engine = view.engine(folder);
              boolean inSafe = tree.root().engine().people().hasGroup(group);
              if (!inSafe && (right != FolderRight.NONE || !engine.people().hasGroup(group))) {
                throw noGroup();
              }
              return set(view, engine, group, right);
            })
        .thenApply(open -> new SafeFolders.RightChange(false, open, List.of()));
  }

  private static CompletableFuture<List<SafeItem>> set(
      SafeView view, RoomEngine engine, RoomId group, FolderRight right) {
    return switch (right) {
      case FULL -> engine.people().putGroup(group, Role.WRITER).thenApply(done -> List.of());
      case READ -> engine.people().putGroup(group, Role.READER).thenApply(done -> List.of());
      case NONE ->
          engine.people().hasGroup(group)
              ? shutOut(view, engine, group)
              : CompletableFuture.completedFuture(List.of());
    };
  }

  /** Yields what the group could open there, as far as this member can. */
  static CompletableFuture<List<SafeItem>> shutOut(SafeView view, RoomEngine engine, RoomId group) {
    Spot spot = view.find(engine.id());
    if (spot == null) {
      return engine.people().removeGroup(group).thenApply(done -> List.of());
    }
    if (engine.people().personalRole().atLeast(Role.READER)) {
      return engine.people().removeGroup(group).thenCompose(done -> spot.items());
    }
    // By a group alone this member reads, perhaps by this one: he looks as long as he can.
    CompletableFuture<List<SafeItem>> open = spot.items();
    return open.handle((items, failure) -> null)
        .thenCompose(looked -> engine.people().removeGroup(group))
        .thenCompose(done -> open);
  }

  /** What a group can open in the safe and its folders, as far as this member can. */
  CompletableFuture<List<SafeItem>> open(RoomId group) {
    List<SafeItem> open = new ArrayList<>();
    return tree.look()
        .thenCompose(
            view ->
                Futures.each(
                    view.spots().stream()
                        .filter(spot -> spot.branch().engine().people().hasGroup(group))
                        .toList(),
                    spot -> tree.contents(spot).thenAccept(found -> open.addAll(found.items()))))
        .thenApply(done -> open);
  }

  /** Whether a group is in the safe or, after a revocation that did not end, in a folder of it. */
  CompletableFuture<Boolean> has(RoomId group) {
    return tree.look()
        .thenApply(
            view ->
                tree.root().engine().people().hasGroup(group)
                    || view.engines().values().stream()
                        .anyMatch(one -> one.people().hasGroup(group)));
  }

  /** The groups by which somebody reads whom nothing was left of his own. */
  static CompletableFuture<List<RoomId>> through(
      RoomEngine engine, Contact who, FolderRight right) {
    return right == FolderRight.NONE
        ? engine.people().groupsOf(who)
        : CompletableFuture.completedFuture(List.of());
  }

  /** The groups of the safe that have no right to a folder. */
  static List<Contact> without(List<RoomMember> safe, List<RoomMember> folder) {
    List<AccountId> there = ids(folder);
    return safe.stream()
        .map(RoomMember::contact)
        .filter(contact -> contact.isGroup() && !there.contains(contact.account()))
        .toList();
  }

  private static List<AccountId> ids(List<RoomMember> members) {
    return members.stream()
        .map(RoomMember::contact)
        .filter(Contact::isGroup)
        .map(Contact::account)
        .toList();
  }

  /**
   * Fails with {@code REFUSED} where the last person stops writing in a folder of groups: they make
   * no secrets, so nothing could be written there any more.
   *
   * @param role of that member from now on, null for none
   */
  static void requireKeeper(List<RoomMember> folder, Contact who, @Nullable Role role) {
    boolean writes = role != null && role.atLeast(Role.WRITER);
    List<AccountId> writers =
        folder.stream()
            .filter(member -> !member.contact().isGroup())
            .filter(member -> member.role().atLeast(Role.WRITER))
            .map(member -> member.contact().account())
            .distinct()
            .toList();
    if (!writes && writers.equals(List.of(who.account())) && !ids(folder).isEmpty()) {
      throw ClientProblem.refused(
          Kind.REFUSED,
          "folder-keeper",
          "somebody who is no group must write there: give another one full rights first",
          0);
    }
  }

  private static ClientProblem noGroup() {
    return ClientProblem.refused(
        Kind.REFUSED, "not-found", "that group is no member of the safe", 0);
  }
}
