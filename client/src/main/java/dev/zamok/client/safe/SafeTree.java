package dev.zamok.client.safe;

import dev.zamok.client.authority.Answers;
import dev.zamok.client.authority.SessionApi;
import dev.zamok.client.loop.Futures;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.problem.ClientProblem.Kind;
import dev.zamok.client.profile.Profile;
import dev.zamok.client.profile.RoomPins;
import dev.zamok.client.room.RoomEngine;
import dev.zamok.client.room.Rooms;
import dev.zamok.crypto.Hash;
import dev.zamok.crypto.chain.ChainFolder;
import dev.zamok.crypto.chain.FolderPlace;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.chain.RoomChain;
import dev.zamok.crypto.chain.RoomKind;
import dev.zamok.crypto.item.ItemBody;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.RoomId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The rooms of one safe. Which folders there are, its chain says and those of its folders; a folder
 * is shown where its own chain agrees ({@link FolderPlace}). Belongs to the client's loop.
 *
 * <p>What the server serves beside, and no chain lists, is not part of the safe. What a chain lists
 * and the server does not serve, or serves in a state that does not agree, is shown as closed: it
 * does not vanish.
 */
final class SafeTree {
  /** How deep folders with rights of their own may nest. */
  static final int DEPTH_MAX = 8;

  /** How many of its rooms a client asks for at a time. */
  static final int ROOMS_AT_ONCE = 8;

  private final SessionApi authority;
  private final Profile profile;
  private final Rooms rooms;
  private final Branch root;
  private final Map<RoomId, Branch> branches = new HashMap<>();

  SafeTree(SessionApi authority, Profile profile, Rooms rooms, RoomEngine root) {
    this.authority = authority;
    this.profile = profile;
    this.rooms = rooms;
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

  /** A look under way. */
  private static final class Looking {
    private final Map<RoomId, Answers.Room> served = new HashMap<>();
    private final List<Spot> spots = new ArrayList<>();
    private final List<SafeFolder> folders = new ArrayList<>();
    private final Map<RoomId, RoomEngine> engines = new HashMap<>();
    private final List<String> contested = new ArrayList<>();
    private final List<FolderMark> lost = new ArrayList<>();
    private final Set<RoomId> inner = new LinkedHashSet<>();
    private final Set<RoomId> withheld = new LinkedHashSet<>();
    private final Set<RoomId> seen = new HashSet<>();

    private void serve(List<Answers.Room> views) {
      for (Answers.Room view : views) {
        if (view.kind() == RoomKind.FOLDER) {
          served.put(view.room(), view);
        }
      }
    }

    private SafeView view() {
      return new SafeView(
          spots, folders, engines, contested, new SafeView.Closed(lost, inner, withheld));
    }
  }

  /**
   * A folder that is listed, opened as far as this member may.
   *
   * @param engine null where it is closed
   * @param name null where it cannot be read
   */
  private record Found(
      RoomId id, @Nullable RoomEngine engine, @Nullable RoomChain chain, @Nullable String name) {
    private String shortId() {
      return id.toString().substring(id.toString().length() - 8);
    }
  }

  private CompletableFuture<Void> walk(Looking looking, Spot parent, int depth) {
    if (depth > DEPTH_MAX) {
      return CompletableFuture.completedFuture(null);
    }
    List<ChainFolder> listed = new ArrayList<>(parent.chain().folders());
    listed.removeIf(folder -> looking.seen.contains(folder.room()));
    return Futures.several(
            listed, ROOMS_AT_ONCE, folder -> inspect(looking, parent.chain(), folder))
        .thenCompose(
            found -> {
              found.stream()
                  .filter(one -> one.engine() != null)
                  .forEach(one -> looking.seen.add(one.id()));
              List<Spot> inner = new ArrayList<>();
              for (Found one : found) {
                Spot spot = place(looking, parent, one, found);
                if (spot != null) {
                  inner.add(spot);
                }
              }
              return Futures.each(inner, spot -> walk(looking, spot, depth + 1));
            });
  }

  /** Yields the room of a folder that can be read. */
  private @Nullable Spot place(Looking looking, Spot parent, Found one, List<Found> siblings) {
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
    Role role = engine == null ? Role.NONE : engine.role();
    // A steward may read as a group, and administers all the same.
    boolean administers = engine != null && engine.personalRole().administers();
    looking.folders.add(
        new SafeFolder(one.id(), parent.id(), path, FolderRight.of(role), administers, contested));
    RoomChain chain = one.chain();
    if (engine == null || chain == null) {
      return null;
    }
    looking.engines.put(one.id(), engine);
    if (!role.atLeast(Role.READER)) {
      chain.folders().forEach(folder -> looking.inner.add(folder.room()));
      return null;
    }
    Spot spot = new Spot(branch(engine), path, chain);
    looking.spots.add(spot);
    return spot;
  }

  /** Where it lies, on this device; or, of one that is closed now, where it lay. */
  private void remember(Looking looking, RoomId parent, Found one) {
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

  private static boolean overlaps(Found one, Found other) {
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

  /** One that does not say that it lies here is closed, whatever the server serves of it. */
  private CompletableFuture<Found> inspect(Looking looking, RoomChain parent, ChainFolder listed) {
    Answers.Room view = looking.served.get(listed.room());
    Found closed = new Found(listed.room(), null, null, null);
    if (view == null) {
      return CompletableFuture.completedFuture(withheld(looking, closed));
    }
    RoomEngine engine = rooms.room(view);
    return engine
        .items()
        .sync()
        .thenCompose(
            chain ->
                FolderPlace.of(parent, chain) == null
                    ? CompletableFuture.completedFuture(closed)
                    : engine.open().thenCompose(done -> opened(engine, chain)))
        .exceptionally(
            failure -> {
              // Put out a moment ago.
              if (ClientProblem.is(failure, Kind.NOT_ALLOWED)
                  || ClientProblem.isRefusal(failure, "not-found")) {
                return withheld(looking, closed);
              }
              throw ClientProblem.in(failure);
            });
  }

  /** One that this device could follow before, and is not served now. */
  private Found withheld(Looking looking, Found closed) {
    if (profile.room(closed.id()).chain() != null) {
      looking.withheld.add(closed.id());
    }
    return closed;
  }

  private static CompletableFuture<Found> opened(RoomEngine engine, RoomChain chain) {
    if (!engine.role().atLeast(Role.READER)) {
      return CompletableFuture.completedFuture(new Found(engine.id(), engine, chain, null));
    }
    boolean renews = chain.owesGeneration() && engine.role().atLeast(Role.WRITER);
    CompletableFuture<RoomChain> now =
        renews ? renewed(engine, chain) : CompletableFuture.completedFuture(chain);
    return now.thenCompose(
        newest ->
            engine.name().thenApply(name -> new Found(engine.id(), engine, newest, path(name))));
  }

  /** With the secret that somebody who was put out has left owed. */
  private static CompletableFuture<RoomChain> renewed(RoomEngine engine, RoomChain chain) {
    return engine
        .makeOwed()
        .thenCompose(done -> engine.items().sync())
        .exceptionally(
            failure -> {
              // Somebody else makes it, or a write does.
              if (ClientProblem.in(failure).isLoud()) {
                throw ClientProblem.in(failure);
              }
              return chain;
            });
  }

  /** Null for what is no path: whoever named it did not keep to the format. */
  private static @Nullable String path(@Nullable String name) {
    if (name == null || name.isEmpty()) {
      return null;
    }
    try {
      return new ItemBody(false, false, name, Bytes.EMPTY).folder();
    } catch (MalformedException e) {
      return null;
    }
  }
}
