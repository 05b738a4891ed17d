package dev.zamok.client.safe;

import dev.zamok.client.contact.Contact;
import dev.zamok.client.loop.Futures;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.room.RoomEngine;
import dev.zamok.client.room.RoomMember;
import dev.zamok.crypto.chain.Role;
import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.RoomId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Lets folders with rights of their own follow the members of their safe. Belongs to the client's
 * loop.
 *
 * <p>Who is who, the account says, not the card: keys may have been replaced in the safe and not
 * yet in a folder.
 */
final class FolderFollowing {
  private final SafeTree tree;

  FolderFollowing(SafeTree tree) {
    this.tree = tree;
  }

  /** Whoever is not in the safe is out of that folder; its admins administer it. */
  static CompletableFuture<Void> follow(SafeTree to, RoomEngine engine) {
    return to.root()
        .engine()
        .people()
        .members()
        .thenCompose(
            safe ->
                engine.people().members().thenCompose(inFolder -> follow(engine, safe, inFolder)));
  }

  private static CompletableFuture<Void> follow(
      RoomEngine engine, List<RoomMember> safe, List<RoomMember> inFolder) {
    Map<Contact, @Nullable Role> changes = new LinkedHashMap<>();
    Set<Who> stay = new HashSet<>();
    safe.stream().filter(RoomMember::isIn).forEach(member -> stay.add(Who.of(member)));
    for (RoomMember member : inFolder) {
      if (!stay.contains(Who.of(member)) && !member.self()) {
        changes.put(member.contact(), null);
      }
    }
    safe.forEach(member -> follow(changes, inFolder, member));
    return put(engine, changes);
  }

  /** Whoever a member is by whichever card. No account stays for a group that is called like it. */
  private record Who(boolean group, AccountId account) {
    static Who of(RoomMember member) {
      return new Who(member.contact().isGroup(), member.contact().account());
    }
  }

  /** What a role in the safe means for one of its folders, where it is not so already. */
  private static void follow(
      Map<Contact, @Nullable Role> changes, List<RoomMember> inFolder, RoomMember inSafe) {
    if (inSafe.contact().isGroup()) {
      // It has no right to a folder but what it was given there.
      return;
    }
    Role has = Role.NONE;
    boolean formerKeys = false;
    for (RoomMember member : inFolder) {
      if (isOf(inSafe.contact().account(), member)) {
        has = member.role();
        formerKeys = !member.contact().fingerprint().equals(inSafe.contact().fingerprint());
      }
    }
    Role due = due(inSafe.role(), has);
    if (due != has || (formerKeys && has != Role.NONE && inSafe.isIn())) {
      changes.put(inSafe.contact(), due == Role.NONE ? null : due);
    }
  }

  private static Role due(Role inSafe, Role has) {
    boolean admin = inSafe.administers();
    return switch (has) {
      case NONE -> admin ? Role.STEWARD : Role.NONE;
      case STEWARD -> admin ? Role.STEWARD : Role.NONE;
      case WRITER -> admin ? Role.ADMIN : Role.WRITER;
      case ADMIN -> admin ? Role.ADMIN : Role.WRITER;
      case READER, OWNER -> has;
    };
  }

  private static boolean isOf(AccountId account, RoomMember member) {
    return !member.contact().isGroup() && member.contact().account().equals(account);
  }

  private static CompletableFuture<Void> put(
      RoomEngine engine, Map<Contact, @Nullable Role> changes) {
    return changes.isEmpty() ? settled() : engine.folders().put(changes);
  }

  /** After a role in the safe has changed, in every folder that this member administers. */
  CompletableFuture<Void> roleChanged(AccountId account) {
    return tree.look()
        .thenCompose(
            view ->
                tree.root()
                    .engine()
                    .people()
                    .members()
                    .thenCompose(
                        safe ->
                            Futures.each(
                                administered(view), engine -> follow(engine, account, safe))));
  }

  private static CompletableFuture<Void> follow(
      RoomEngine engine, AccountId account, List<RoomMember> safe) {
    return engine
        .people()
        .members()
        .thenCompose(
            inFolder -> {
              Map<Contact, @Nullable Role> changes = new LinkedHashMap<>();
              safe.stream()
                  .filter(member -> isOf(account, member))
                  .forEach(member -> follow(changes, inFolder, member));
              return put(engine, changes);
            });
  }

  /**
   * Puts a member out of every folder that this member administers; where that does not succeed the
   * others follow. Yields what he could open there, as far as this member can, and where he may be
   * in still.
   */
  CompletableFuture<Revoked> putOut(AccountId account) {
    return putOut((view, engine, open) -> putOut(account, view, engine, open));
  }

  /** As {@link #putOut(AccountId)}, of a group. */
  CompletableFuture<Revoked> putOutGroup(RoomId group) {
    return putOut(
        (view, engine, open) ->
            engine
                .people()
                .members()
                .thenCompose(
                    members ->
                        engine.people().hasGroup(group)
                            ? FolderGroups.shutOut(view, engine, group)
                                .thenAccept(open::addAll)
                                .thenApply(done -> true)
                            : CompletableFuture.completedFuture(false)));
  }

  /** Puts somebody out of one folder; yields whether he was in it, and adds what he could open. */
  private interface Exit {
    CompletableFuture<Boolean> of(SafeView view, RoomEngine engine, List<SafeItem> open);
  }

  private CompletableFuture<Revoked> putOut(Exit exit) {
    List<SafeItem> open = new ArrayList<>();
    Set<RoomId> out = new HashSet<>();
    Map<RoomId, ClientProblem> failed = new HashMap<>();
    return tree.look()
        .thenApply(
            view -> {
              failed.putAll(broken(view));
              return view;
            })
        .thenCompose(
            view ->
                Futures.each(
                        administered(view),
                        engine ->
                            exit.of(view, engine, open)
                                .thenAccept(
                                    any -> {
                                      if (any) {
                                        out.add(engine.id());
                                      }
                                    })
                                .exceptionally(
                                    failure -> {
                                      failed.put(engine.id(), ClientProblem.in(failure));
                                      return null;
                                    }))
                    .thenApply(done -> new Revoked(open, out, failed, view.beyond())));
  }

  /** Yields whether he was in it. */
  private static CompletableFuture<Boolean> putOut(
      AccountId account, SafeView view, RoomEngine engine, List<SafeItem> open) {
    return engine
        .people()
        .members()
        .thenCompose(
            inFolder -> {
              List<RoomMember> his = inFolder.stream().filter(one -> isOf(account, one)).toList();
              if (his.isEmpty()) {
                return CompletableFuture.completedFuture(false);
              }
              boolean read = his.stream().anyMatch(one -> one.role().atLeast(Role.READER));
              // By all his cards, in one request.
              return engine
                  .people()
                  .remove(his.get(0).contact())
                  .thenCompose(done -> read ? contents(view, engine, open) : settled())
                  .thenApply(done -> true);
            });
  }

  private static CompletableFuture<Void> contents(
      SafeView view, RoomEngine engine, List<SafeItem> open) {
    Spot spot = view.find(engine.id());
    return spot == null ? settled() : spot.items().thenAccept(open::addAll);
  }

  /**
   * Every folder that this member has to do with; where that does not succeed the others follow.
   * Yields those that he is still in, and why.
   */
  CompletableFuture<Map<RoomId, ClientProblem>> leave() {
    return tree.look()
        .thenCompose(
            view -> {
              Map<RoomId, ClientProblem> failed = broken(view);
              List<RoomEngine> all = new ArrayList<>(view.engines().values());
              // What does not verify may be the keys alone: leaving takes none.
              all.addAll(view.closed().broken().engines().values());
              all.stream()
                  .filter(FolderFollowing::isOut)
                  .forEach(engine -> failed.remove(engine.id()));
              all.removeIf(FolderFollowing::isOut);
              return Futures.each(all, engine -> leave(engine, failed)).thenApply(done -> failed);
            });
  }

  private static boolean isOut(RoomEngine engine) {
    return engine.people().personalRole() == Role.NONE;
  }

  private static CompletableFuture<Void> leave(
      RoomEngine engine, Map<RoomId, ClientProblem> failed) {
    return Futures.guard(engine::leave)
        .handle(
            (done, failure) -> {
              if (failure == null || ClientProblem.isRefusal(failure, "not-found")) {
                failed.remove(engine.id());
              } else {
                failed.putIfAbsent(engine.id(), ClientProblem.in(failure));
              }
              return null;
            });
  }

  /** Nothing can be changed in them. */
  private static Map<RoomId, ClientProblem> broken(SafeView view) {
    Map<RoomId, ClientProblem> why = new LinkedHashMap<>();
    view.closed().broken().folders().forEach((folder, broken) -> why.put(folder, broken.why()));
    return why;
  }

  private static List<RoomEngine> administered(SafeView view) {
    return view.engines().values().stream()
        .filter(engine -> engine.people().personalRole().administers())
        .toList();
  }

  private static CompletableFuture<Void> settled() {
    return CompletableFuture.completedFuture(null);
  }
}
