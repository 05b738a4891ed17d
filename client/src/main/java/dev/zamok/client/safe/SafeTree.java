package dev.zamok.client.safe;

import dev.zamok.client.authority.SessionApi;
import dev.zamok.client.loop.Futures;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.profile.Profile;
import dev.zamok.client.profile.RoomPins;
import dev.zamok.client.room.RoomEngine;
import dev.zamok.client.room.Rooms;
import dev.zamok.crypto.Hash;
import dev.zamok.crypto.chain.ChainFolder;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.chain.RoomChain;
import dev.zamok.protocol.RoomId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The rooms of one safe. Which folders there are, its chain says and those of its folders; a folder
 * is shown where its own chain agrees ({@link FolderPlace}). Belongs to the client's loop.
 *
 * <p>What the server serves beside, and no chain lists, is not part of the safe. What a chain lists
 * and the server does not serve, or serves in a state that does not agree, is shown as closed: it
 * does not vanish. So is what does not verify, and is told as {@link BrokenFolder}.
 */
final class SafeTree {
  /** How deep folders with rights of their own may nest. */
  static final int DEPTH_MAX = 8;

  /** How many of its rooms a client asks for at a time. */
  static final int ROOMS_AT_ONCE = 8;

  private final SessionApi authority;
  private final Profile profile;
  private final ListedFolders opener;
  private final Branch root;
  private final Consumer<BrokenFolder> onBroken;
  private final Map<RoomId, Branch> branches = new HashMap<>();
  private final Set<RoomId> told = new HashSet<>();

  /**
   * @param onBroken hears of each folder that does not verify, once
   */
  SafeTree(
      SessionApi authority,
      Profile profile,
      Rooms rooms,
      RoomEngine root,
      Consumer<BrokenFolder> onBroken) {
    this.onBroken = onBroken;
    this.authority = authority;
    this.profile = profile;
    this.opener = new ListedFolders(profile, rooms);
    this.root = new Branch(root);
  }

  Branch root() {
    return root;
  }

  /** The safe as it is now. */
  CompletableFuture<SafeView> look() {
    return root.engine()
        .open()
        .thenCompose(done -> root.engine().items().sync())
        .thenCompose(
            chain -> {
              Looking looking = new Looking();
              Spot spot = new Spot(root, "", chain);
              looking.spots.add(spot);
              return chain.folders().isEmpty()
                  ? CompletableFuture.completedFuture(looking.view())
                  : authority
                      .rooms()
                      .thenCompose(
                          views -> {
                            looking.serve(views);
                            return walk(looking, spot, 1);
                          })
                      .thenApply(done -> looking.view());
            });
  }

  private CompletableFuture<Void> walk(Looking looking, Spot parent, int depth) {
    if (depth > DEPTH_MAX) {
      return CompletableFuture.completedFuture(null);
    }
    List<ChainFolder> listed = new ArrayList<>(parent.chain().folders());
    listed.removeIf(folder -> looking.seen.contains(folder.room()));
    return Futures.several(
            listed, ROOMS_AT_ONCE, folder -> opener.inspect(looking, parent.chain(), folder))
        .thenCompose(
            found -> {
              found.stream()
                  .filter(one -> one.chain() != null)
                  .forEach(one -> looking.seen.add(one.id()));
              List<Spot> inner = new ArrayList<>();
              for (ListedFolders.Found one : found) {
                Spot spot = place(looking, parent, one, found);
                if (spot != null) {
                  inner.add(spot);
                }
              }
              return Futures.each(inner, spot -> walk(looking, spot, depth + 1));
            });
  }

  /** Yields the room of a folder that can be read. */
  private @Nullable Spot place(
      Looking looking, Spot parent, ListedFolders.Found one, List<ListedFolders.Found> siblings) {
    String name = one.name();
    boolean contested = name != null && siblings.stream().anyMatch(other -> overlaps(one, other));
    String path =
        Spot.joined(
            parent.path(),
            name == null ? one.id().toString() : contested ? name + "~" + one.shortId() : name);
    if (name != null && contested) {
      looking.contested.add(Spot.joined(parent.path(), name));
    }
    remember(looking, parent.id(), one);
    RoomEngine engine = one.engine();
    RoomChain chain = one.chain();
    Role role = engine == null || chain == null ? Role.NONE : engine.people().role();
    // A steward may read as a group, and administers all the same.
    boolean administers =
        chain != null && engine != null && engine.people().personalRole().administers();
    looking.folders.add(
        new SafeFolder(
            one.id(),
            parent.id(),
            path,
            FolderRight.of(role),
            administers,
            contested,
            one.broken()));
    ClientProblem why = one.broken();
    if (why != null) {
      looking.broken.put(one.id(), broken(one.id(), path, why));
      if (engine != null) {
        looking.brokenEngines.put(one.id(), engine);
      }
      return null;
    }
    if (engine == null || chain == null) {
      return null;
    }
    looking.engines.put(one.id(), engine);
    looking.compare(chain, engine.people().personalRole());
    if (!role.atLeast(Role.READER)) {
      chain.folders().forEach(folder -> looking.inner.add(folder.room()));
      return null;
    }
    Spot spot = new Spot(branch(engine), path, chain);
    looking.spots.add(spot);
    return spot;
  }

  /** Where it lies, on this device; or, of one that is closed now, where it lay. */
  private void remember(Looking looking, RoomId parent, ListedFolders.Found one) {
    RoomPins pins = profile.room(one.id());
    String name = one.name();
    if (name != null) {
      pins.pinPlace(FolderMark.of(parent, one.id(), name).mark());
      return;
    }
    Hash place = pins.place();
    if (place != null) {
      looking.lost.add(new FolderMark(parent, one.id(), place));
    }
  }

  private static boolean overlaps(ListedFolders.Found one, ListedFolders.Found other) {
    String name = one.name();
    String others = other.name();
    return !one.id().equals(other.id())
        && name != null
        && others != null
        && (Spot.covers(name, others) || Spot.covers(others, name));
  }

  private Branch branch(RoomEngine engine) {
    Branch known = branches.get(engine.id());
    if (known != null && known.engine() == engine) {
      return known;
    }
    Branch made = new Branch(engine);
    branches.put(engine.id(), made);
    return made;
  }

  /** Told once in a session. */
  BrokenFolder broken(RoomId folder, String path, ClientProblem why) {
    BrokenFolder broken = new BrokenFolder(root.id(), folder, path, why);
    if (told.add(folder)) {
      onBroken.accept(broken);
    }
    return broken;
  }

  /** What is in a room, as callers see it; of a folder that does not verify, why. */
  CompletableFuture<SafeContents> contents(Spot spot) {
    return spot.branch()
        .shelf()
        .contents()
        .thenApply(
            found ->
                new SafeContents(
                    found.items().stream().map(spot::shown).toList(),
                    found.unreadable(),
                    List.of()))
        .exceptionally(
            failure ->
                new SafeContents(
                    List.of(), List.of(), List.of(brokenBy(spot, ClientProblem.in(failure)))));
  }

  /** The folder, where it is that which does not verify; otherwise the problem is thrown. */
  BrokenFolder brokenBy(Spot spot, ClientProblem problem) {
    if (spot.id().equals(root.id()) || !BrokenFolder.isOne(problem)) {
      throw problem;
    }
    return broken(spot.id(), spot.path(), problem);
  }
}
