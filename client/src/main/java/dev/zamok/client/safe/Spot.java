package dev.zamok.client.safe;

import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.problem.ClientProblem.Kind;
import dev.zamok.crypto.chain.RoomChain;
import dev.zamok.crypto.item.ItemBody;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.RoomId;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A room of a safe that can be read, at its place now. Bodies name folders from their own room on,
 * callers from the safe on.
 *
 * @param path empty for the safe itself
 */
record Spot(Branch branch, String path, RoomChain chain) {

  RoomId id() {
    return branch.id();
  }

  /** Whether {@code folder} is {@code path} or lies in it. */
  static boolean covers(String path, String folder) {
    return path.isEmpty() || folder.equals(path) || folder.startsWith(path + "/");
  }

  static String joined(String path, String more) {
    return path.isEmpty() || more.isEmpty() ? path + more : path + "/" + more;
  }

  String relative(String folder) {
    if (!covers(path, folder)) {
      throw new IllegalArgumentException("a folder of another room");
    }
    return path.isEmpty() || folder.equals(path)
        ? folder.substring(path.length())
        : folder.substring(path.length() + 1);
  }

  /** As callers see it. */
  SafeItem shown(SafeItem item) {
    SafeItem.Place place = item.place();
    return new SafeItem(
        item.id(),
        item.version(),
        new SafeItem.Place(
            joined(path, place.folder()),
            place.trashed(),
            place.resealed(),
            place.generation(),
            id(),
            place.inner()),
        item.content(),
        item.author(),
        item.timeMillis());
  }

  /** All that is in it, as callers see it. */
  CompletableFuture<List<SafeItem>> items() {
    return branch
        .shelf()
        .contents()
        .thenApply(contents -> contents.items().stream().map(this::shown).toList());
  }

  ItemBody body(boolean trashed, String folder, Bytes content) {
    return SafeWriter.body(trashed, false, relative(folder), content);
  }

  /** Fails with {@code NOT_ALLOWED}, before anything is written anywhere. */
  void requireWriter() {
    if (!branch.writes()) {
      throw ClientProblem.of(Kind.NOT_ALLOWED, "this member may not write there");
    }
  }
}
