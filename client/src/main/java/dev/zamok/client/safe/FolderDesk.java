package dev.zamok.client.safe;

import dev.zamok.client.contact.Contact;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.problem.ClientProblem.Kind;
import dev.zamok.client.room.NewFolder;
import dev.zamok.client.room.RoomEngine;
import dev.zamok.client.room.RoomMember;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.chain.RoomChain;
import dev.zamok.crypto.room.RoomInfo;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.RoomId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Makes folders of one safe and changes who may do what in them. Belongs to the client's loop.
 *
 * <p>Whoever administers the safe administers its folders: as an admin of the folder where he has
 * full rights, as its steward where he has none.
 */
final class FolderDesk {
  private final SafeTree tree;
  private final NewFolder newFolder;

  FolderDesk(SafeTree tree, NewFolder newFolder) {
    this.tree = tree;
    this.newFolder = newFolder;
  }

  /** See {@link SafeFolders#create}. */
  CompletableFuture<SafeFolder> create(String path, Map<String, FolderRight> rights) {
    requirePath(path);
    return tree.look()
        .thenCompose(
            view ->
                tree.root()
                    .engine()
                    .people()
                    .members()
                    .thenCompose(members -> create(view, path, roles(members, rights))));
  }

  private CompletableFuture<SafeFolder> create(
      SafeView view, String path, Map<Contact, Role> roles) {
    requireFree(view, path, null);
    Spot parent = view.target(path);
    String name = name(parent.relative(path));
    requireDepth(view, parent);
    parent.requireWriter();
    return newFolder
        .make(parent.branch().engine(), name, roles)
        .thenCompose(
            made ->
                tree.look()
                    .thenCompose(
                        after -> {
                          Spot spot = after.at(made.room());
                          return fill(parent, spot).thenApply(n -> after.folder(made.room()));
                        }));
  }

  /** What lies in the parent under the path of the folder goes into it. */
  private static CompletableFuture<Integer> fill(Spot parent, Spot spot) {
    return parent
        .branch()
        .shelf()
        .contents()
        .thenCompose(
            contents -> {
              List<SafeItem> items = new ArrayList<>();
              for (SafeItem item : contents.items()) {
                SafeItem shown = parent.shown(item);
                if (Spot.covers(spot.path(), shown.folder())) {
                  items.add(shown);
                }
              }
              return items.isEmpty()
                  ? CompletableFuture.completedFuture(0)
                  : ItemMoves.move(parent, items, spot);
            });
  }

  private static Map<Contact, Role> roles(
      List<RoomMember> members, Map<String, FolderRight> rights) {
    Map<Contact, Role> roles = new LinkedHashMap<>();
    List<String> unknown = new ArrayList<>(rights.keySet());
    for (RoomMember member : members) {
      if (member.contact().isGroup() || !member.isIn()) {
        continue;
      }
      unknown.remove(member.contact().login());
      FolderRight right = rights.getOrDefault(member.contact().login(), FolderRight.NONE);
      Role role = role(member, right);
      if (!member.self() && role != null) {
        roles.put(member.contact(), role);
      }
    }
    if (!unknown.isEmpty()) {
      throw noMember();
    }
    return roles;
  }

  /** Null for who is not to be in the folder's chain at all. Fails with {@code REFUSED}. */
  private static @Nullable Role role(RoomMember inSafe, FolderRight right) {
    boolean admin = inSafe.role().administers();
    return switch (right) {
      case FULL -> admin ? Role.ADMIN : Role.WRITER;
      case READ -> {
        if (admin) {
          throw ClientProblem.refused(
              Kind.REFUSED, "admin-right", "an admin of the safe has full rights or none", 0);
        }
        yield Role.READER;
      }
      case NONE -> admin ? Role.STEWARD : null;
    };
  }

  /** See {@link SafeFolders#members}. */
  CompletableFuture<List<FolderMember>> members(RoomId folder) {
    return tree.look()
        .thenCompose(
            view -> {
              RoomEngine engine = view.engine(folder);
              return tree.root()
                  .engine()
                  .people()
                  .members()
                  .thenCompose(
                      safe ->
                          engine
                              .people()
                              .members()
                              .thenCompose(
                                  members ->
                                      engine
                                          .items()
                                          .sync()
                                          .thenApply(chain -> members(safe, members, chain))));
            });
  }

  private static List<FolderMember> members(
      List<RoomMember> safe, List<RoomMember> members, RoomChain chain) {
    List<FolderMember> shown = new ArrayList<>(members.size());
    for (RoomMember member : members) {
      Role proposal = chain.proposal(member.contact().fingerprint());
      shown.add(
          new FolderMember(
              member.contact(),
              FolderRight.of(member.role()),
              member.role().administers(),
              proposal == null ? null : FolderRight.of(proposal)));
    }
    FolderGroups.without(safe, members)
        .forEach(group -> shown.add(new FolderMember(group, FolderRight.NONE, false, null)));
    return shown;
  }

  /** See {@link SafeFolders#setRight}. */
  CompletableFuture<SafeFolders.RightChange> set(RoomId folder, String login, FolderRight right) {
    return tree.look()
        .thenCompose(
            view -> {
              RoomEngine engine = view.engine(folder);
              return tree.root()
                  .engine()
                  .people()
                  .members()
                  .thenCompose(
                      safe ->
                          engine
                              .people()
                              .members()
                              .thenCompose(
                                  inFolder ->
                                      set(
                                          view,
                                          engine,
                                          right,
                                          who(safe, inFolder, login),
                                          inFolder)));
            });
  }

  /**
   * A member as the safe knows him, with his role there.
   *
   * @param inSafe null for who is in the folder alone: he can only be put out
   */
  private record Who(Contact contact, @Nullable RoomMember inSafe) {}

  private static Who who(List<RoomMember> safe, List<RoomMember> folder, String login) {
    for (RoomMember member : safe) {
      if (member.isIn() && !member.contact().isGroup() && member.contact().login().equals(login)) {
        return new Who(member.contact(), member);
      }
    }
    for (RoomMember member : folder) {
      if (!member.contact().isGroup() && member.contact().login().equals(login)) {
        return new Who(member.contact(), null);
      }
    }
    throw noMember();
  }

  private CompletableFuture<SafeFolders.RightChange> set(
      SafeView view, RoomEngine engine, FolderRight right, Who who, List<RoomMember> inFolder) {
    RoomMember inSafe = who.inSafe();
    if (inSafe == null && right != FolderRight.NONE) {
      throw noMember();
    }
    Role role = inSafe == null ? null : role(inSafe, right);
    FolderGroups.requireKeeper(inFolder, who.contact(), role);
    // By whichever of his cards: he may have replaced his keys since.
    boolean read =
        inFolder.stream()
            .filter(member -> !member.contact().isGroup())
            .filter(member -> member.contact().account().equals(who.contact().account()))
            .anyMatch(member -> member.role().atLeast(Role.READER));
    Map<Contact, @Nullable Role> change = new LinkedHashMap<>();
    change.put(who.contact(), role);
    return engine
        .folders()
        .put(change)
        .thenCompose(done -> engine.items().sync())
        .thenCompose(
            after -> {
              Role now = after.role(who.contact().fingerprint());
              boolean proposed = role != null && now != role;
              boolean lost = read && !now.atLeast(Role.READER);
              return rotate(view.find(engine.id()), lost)
                  .thenCompose(
                      items ->
                          FolderGroups.through(engine, who.contact(), right)
                              .thenApply(
                                  groups -> new SafeFolders.RightChange(proposed, items, groups)));
            });
  }

  /** What somebody could open who is out now, as far as this member can. */
  private static CompletableFuture<List<SafeItem>> rotate(@Nullable Spot spot, boolean lost) {
    return spot == null || !lost || !spot.branch().engine().people().role().atLeast(Role.READER)
        ? CompletableFuture.completedFuture(List.of())
        : spot.items();
  }

  /** A path that a folder may have. Fails with {@code REFUSED}. */
  static void requirePath(String path) {
    if (path.isEmpty()) {
      throw ClientProblem.refused(Kind.REFUSED, "folder-invalid", "a folder has a name", 0);
    }
    SafeWriter.body(false, false, path, Bytes.EMPTY);
  }

  /** Fails with {@code REFUSED} where another folder than {@code moved} has the path, or more. */
  static void requireFree(SafeView view, String path, @Nullable RoomId moved) {
    for (SafeFolder folder : view.folders()) {
      boolean other = moved == null || !view.isWithin(folder.id(), moved);
      if (other && (folder.path().equals(path) || folder.path().startsWith(path + "/"))) {
        throw ClientProblem.refused(
            Kind.REFUSED, "folder-exists", "there is a folder with rights of its own there", 0);
      }
    }
  }

  /** The name of a folder in its parent. Fails with {@code REFUSED}. */
  static String name(String relative) {
    if (relative.getBytes(StandardCharsets.UTF_8).length > RoomInfo.NAME_BYTES_MAX) {
      throw ClientProblem.refused(
          Kind.REFUSED,
          "folder-invalid",
          "a name of at most " + RoomInfo.NAME_BYTES_MAX + " bytes",
          0);
    }
    return relative;
  }

  /** Fails with {@code REFUSED} where a folder would be too deep. */
  static void requireDepth(SafeView view, Spot parent) {
    int depth = 1;
    RoomId at = parent.id();
    for (SafeFolder folder = view.findFolder(at); folder != null; folder = view.findFolder(at)) {
      at = folder.parent();
      depth++;
    }
    if (depth > SafeTree.DEPTH_MAX) {
      throw ClientProblem.refused(
          Kind.REFUSED, "folder-depth", "folders nest " + SafeTree.DEPTH_MAX + " deep", 0);
    }
  }

  static ClientProblem noMember() {
    return ClientProblem.refused(
        Kind.REFUSED, "not-found", "no member of the safe of that name", 0);
  }
}
