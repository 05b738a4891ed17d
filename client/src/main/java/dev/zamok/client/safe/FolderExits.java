package dev.zamok.client.safe;

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
 * Puts somebody out of folders with rights of their own, or leaves them: each by itself, whatever
 * becomes of the others. Belongs to the client's loop.
 */
final class FolderExits {
  private final SafeTree tree;

  FolderExits(SafeTree tree) {
    this.tree = tree;
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
            return members.stream().anyMatch(member -> FolderFollowing.isOf(account, member));
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
                        FolderFollowing.administered(view),
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
              List<RoomMember> his =
                  inFolder.stream().filter(one -> FolderFollowing.isOf(account, one)).toList();
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
              all.stream().filter(FolderExits::isOut).forEach(engine -> failed.remove(engine.id()));
              all.removeIf(FolderExits::isOut);
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

  private static CompletableFuture<Void> settled() {
    return CompletableFuture.completedFuture(null);
  }
}
