package dev.zamok.client.safe;

import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.problem.ClientProblem.Kind;
import dev.zamok.client.room.RoomEngine;
import dev.zamok.crypto.chain.ChainItem;
import dev.zamok.crypto.chain.ItemAct;
import dev.zamok.crypto.identity.Fingerprint;
import dev.zamok.protocol.ItemId;
import dev.zamok.protocol.RoomId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A safe with its folders at one moment.
 *
 * @param spots that can be read, the safe first, every parent before its folders
 * @param folders all that are listed, those too that cannot be read
 * @param engines of the folders that this member is in or administers
 * @param contested paths that more than one folder claims, or that cannot be told apart from one
 *     that is claimed
 * @param closed what cannot be opened
 * @param behind admins of the safe whom folders that this member administers do not follow
 */
record SafeView(
    List<Spot> spots,
    List<SafeFolder> folders,
    Map<RoomId, RoomEngine> engines,
    List<String> contested,
    Closed closed,
    Set<Fingerprint> behind) {

  /**
   * Folders of which nothing, or not all, is known.
   *
   * @param lost that this device could open and that are closed now
   * @param inner that lie in those which this member administers without reading them
   * @param withheld that this device could follow and that are not served now
   * @param broken that do not verify
   */
  record Closed(List<FolderMark> lost, Set<RoomId> inner, Set<RoomId> withheld, Broken broken) {}

  /**
   * Folders that do not verify.
   *
   * @param engines of those whose chain is believed, and says that they lie here
   */
  record Broken(Map<RoomId, BrokenFolder> folders, Map<RoomId, RoomEngine> engines) {}

  /** Whether all folders are known: what lies in one that is closed is not. */
  boolean isWhole() {
    return folders.stream().noneMatch(SafeFolder::isClosed);
  }

  Spot root() {
    return spots.get(0);
  }

  @Nullable Spot find(RoomId room) {
    return spots.stream().filter(spot -> spot.id().equals(room)).findFirst().orElse(null);
  }

  /** Fails with {@code REFUSED} ({@code not-found}). */
  Spot at(RoomId room) {
    Spot found = find(room);
    if (found == null) {
      requireVerified(room);
      throw notFound("that folder cannot be read");
    }
    return found;
  }

  /** Where what is put into {@code folder} belongs. Fails with {@code REFUSED}. */
  Spot target(String folder) {
    requireOpen(folder);
    Spot best = root();
    for (Spot spot : spots) {
      if (Spot.covers(spot.path(), folder) && spot.path().length() > best.path().length()) {
        best = spot;
      }
    }
    return best;
  }

  /** Nothing is put where it would lie in another room than the path says. */
  void requireOpen(String folder) {
    for (String path : contested) {
      if (Spot.covers(path, folder)) {
        throw ClientProblem.refused(
            Kind.REFUSED, "folder-contested", "more than one folder claims that path", 0);
      }
    }
    for (Spot spot : spots) {
      // Not only where it would lie: somebody may have put another folder in the place of one.
      if (Spot.covers(spot.path(), folder)) {
        requireNotLost(spot, spot.relative(folder));
      }
    }
  }

  private void requireNotLost(Spot spot, String relative) {
    for (FolderMark mark : closed.lost()) {
      if (mark.parent().equals(spot.id()) && mark.covers(relative)) {
        BrokenFolder broken = closed.broken().folders().get(mark.folder());
        throw ClientProblem.refused(
            broken == null ? Kind.REFUSED : broken.why().kind(),
            "folder-closed",
            "that path is a folder which you could open before and cannot open now"
                + (broken == null ? "" : ": " + broken.why().getMessage()),
            0);
      }
    }
  }

  /** Fails as loudly as the folder does not verify. */
  private void requireVerified(RoomId room) {
    BrokenFolder broken = closed.broken().folders().get(room);
    if (broken != null) {
      throw broken.why();
    }
  }

  /** The only room with that item, be it in the trash. Fails with {@code REFUSED}. */
  Spot of(ItemId item) {
    List<Spot> found = new ArrayList<>();
    for (Spot spot : spots) {
      ChainItem newest = spot.chain().item(item);
      if (newest != null && newest.act() != ItemAct.REMOVE) {
        found.add(spot);
      }
    }
    if (found.size() > 1) {
      // Ids are random: somebody chose that of another's item.
      throw ClientProblem.refused(
          Kind.REFUSED, "item-ambiguous", "two folders have an item of that id", 0);
    }
    if (found.isEmpty()) {
      throw noItem();
    }
    return found.get(0);
  }

  /** Loud where it may lie in a folder that does not verify. */
  private ClientProblem noItem() {
    return closed.broken().folders().values().stream()
        .findFirst()
        .map(
            broken ->
                ClientProblem.refused(
                    broken.why().kind(),
                    "not-found",
                    "no such item in what verifies of the safe",
                    0))
        .orElseGet(() -> notFound("no such item in the safe"));
  }

  boolean isThere(ItemId item) {
    return spots.stream()
        .map(spot -> spot.chain().item(item))
        .anyMatch(newest -> newest != null && newest.act() != ItemAct.REMOVE);
  }

  /** Where it lies, or where it is listed if it is closed. Fails with {@code REFUSED}. */
  SafeFolder folder(RoomId id) {
    SafeFolder found = findFolder(id);
    if (found == null) {
      throw notFound("no such folder in the safe");
    }
    return found;
  }

  @Nullable SafeFolder findFolder(RoomId id) {
    SafeFolder found = null;
    for (SafeFolder folder : folders) {
      // A parent that it left may still list it.
      if (folder.id().equals(id) && (found == null || !folder.isClosed())) {
        found = folder;
      }
    }
    return found;
  }

  /**
   * All that this member does not administer, or knows of by their listing alone; without those
   * that do not verify.
   */
  Set<RoomId> beyond() {
    Set<RoomId> beyond = new LinkedHashSet<>(closed.inner());
    folders.forEach(folder -> beyond.add(folder.id()));
    beyond.removeAll(closed.broken().folders().keySet());
    beyond.removeIf(
        id -> {
          RoomEngine engine = engines.get(id);
          return engine != null && engine.people().personalRole().administers();
        });
    return beyond;
  }

  /**
   * Fails with {@code NOT_ALLOWED} for a folder that this member has nothing to do with, loudly for
   * one that does not verify.
   */
  RoomEngine engine(RoomId id) {
    RoomEngine engine = engines.get(id);
    if (engine == null) {
      requireVerified(id);
      throw ClientProblem.of(Kind.NOT_ALLOWED, "this member has no right to that folder");
    }
    return engine;
  }

  /** Whether {@code inner} is that folder or in it. */
  boolean isWithin(RoomId inner, RoomId folder) {
    RoomId at = inner;
    for (int depth = 0; depth <= SafeTree.DEPTH_MAX; depth++) {
      if (at.equals(folder)) {
        return true;
      }
      SafeFolder found = findFolder(at);
      if (found == null) {
        return false;
      }
      at = found.parent();
    }
    return false;
  }

  private static ClientProblem notFound(String text) {
    return ClientProblem.refused(Kind.REFUSED, "not-found", text, 0);
  }
}
