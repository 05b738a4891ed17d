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
import java.util.Objects;
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
    return putOut(
        new Leaver() {
          @Override
          public CompletableFuture<Boolean> exit(SafeView view, RoomEngine engine, Opened opened) {
            return putOut(account, view, engine, opened);
          }

          @Override
          public boolean isAmong(RoomEngine engine, List<RoomMember> members) {
            return members.stream().anyMatch(member -> isOf(account, member));
          }
        });
  }

  /** As {@link #putOut(AccountId)}, of a group. */
  CompletableFuture<Revoked> putOutGroup(RoomId group) {
    return putOut(
        new Leaver() {
          @Override
          public CompletableFuture<Boolean> exit(SafeView view, RoomEngine engine, Opened opened) {
            return putOutGroup(group, view, engine, opened);
          }

          @Override
          public boolean isAmong(RoomEngine engine, List<RoomMember> members) {
            return engine.people().hasGroup(group);
          }
        });
  }

  private CompletableFuture<Boolean> putOutGroup(
      RoomId group, SafeView view, RoomEngine engine, Opened opened) {
    return engine
        .people()
        .members()
        .thenCompose(
            members ->
                engine.people().hasGroup(group)
                    ? FolderGroups.shutOut(view, engine, group)
                        .handle((items, failure) -> isOut(engine, group, opened, items, failure))
                    : CompletableFuture.completedFuture(false));
  }

  /** What could not be read afterwards must not look as if the group were not out of the folder. */
  private static boolean isOut(
      RoomEngine engine,
      RoomId group,
      Opened opened,
      @Nullable List<SafeItem> items,
      @Nullable Throwable failure) {
    if (items != null) {
      opened.items().addAll(items);
      return true;
    }
    ClientProblem problem = ClientProblem.in(Objects.requireNonNull(failure));
    if (engine.people().hasGroup(group)) {
      throw problem;
    }
    opened.unread().put(engine.id(), problem);
    return true;
  }

  /** What somebody could open, and folders that could not be read for that. */
  private record Opened(List<SafeItem> items, Map<RoomId, ClientProblem> unread) {}

  /** Somebody who is to be put out, or a group. */
  private interface Leaver {
    /** Puts him out of one folder; yields whether he was in it, and adds what he could open. */
    CompletableFuture<Boolean> exit(SafeView view, RoomEngine engine, Opened opened);

    /** Whether he is one of the members of a folder, by its chain. */
    boolean isAmong(RoomEngine engine, List<RoomMember> members);
  }

  private CompletableFuture<Revoked> putOut(Leaver leaver) {
    Opened opened = new Opened(new ArrayList<>(), new HashMap<>());
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
                            leaver
                                .exit(view, engine, opened)
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
                    .thenCompose(done -> unknown(view, leaver, failed))
                    .thenApply(
                        unknown ->
                            new Revoked(opened.items(), out, failed, opened.unread(), unknown)));
  }

  /**
   * Of the folders that this member does not administer, those that he cannot look into. Where he
   * is in one, its chain says who else is: {@code failed} gets those that the leaver stays in.
   */
  private static CompletableFuture<Set<RoomId>> unknown(
      SafeView view, Leaver leaver, Map<RoomId, ClientProblem> failed) {
    Set<RoomId> unknown = view.beyond();
    return Futures.each(
            view.engines().values().stream().filter(one -> unknown.contains(one.id())).toList(),
            engine ->
                engine
                    .people()
                    .members()
                    .handle(
                        (members, failure) -> {
                          if (failure == null) {
                            unknown.remove(engine.id());
                            if (leaver.isAmong(engine, members)) {
                              failed.put(engine.id(), notAdministered());
                            }
                          }
                          return null;
                        }))
        .thenApply(done -> unknown);
  }

  private static ClientProblem notAdministered() {
    return ClientProblem.of(
        ClientProblem.Kind.NOT_ALLOWED, "somebody who administers it is to do that");
  }

  /** Yields whether he was in it. */
  private CompletableFuture<Boolean> putOut(
      AccountId account, SafeView view, RoomEngine engine, Opened opened) {
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
                  .thenCompose(done -> read ? contents(view, engine, opened) : settled())
                  .thenApply(done -> true);
            });
  }

  /** Never fails: he is out by now, whatever became of what he could open. */
  private CompletableFuture<Void> contents(SafeView view, RoomEngine engine, Opened opened) {
    Spot spot = view.find(engine.id());
    return spot == null
        ? settled()
        : tree.contents(spot)
            .thenAccept(
                found -> {
                  opened.items().addAll(found.items());
                  found.broken().forEach(one -> opened.unread().put(one.folder(), one.why()));
                })
            .exceptionally(
                failure -> {
                  opened.unread().put(engine.id(), ClientProblem.in(failure));
                  return null;
                });
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
