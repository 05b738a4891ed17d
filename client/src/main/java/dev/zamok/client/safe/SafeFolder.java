package dev.zamok.client.safe;

import dev.zamok.protocol.RoomId;

/**
 * A folder with rights of its own, as this member sees it.
 *
 * @param parent the safe, or the folder that it is in
 * @param path from the safe on; where the name cannot be read, or is claimed by another folder too,
 *     the id stands in it
 * @param right of this member
 * @param administers whether this member changes its members
 * @param contested whether another folder claims its path: nothing is written there by path
 */
public record SafeFolder(
    RoomId id,
    RoomId parent,
    String path,
    FolderRight right,
    boolean administers,
    boolean contested) {
  /** Whether this member has nothing to do with it, or it does not say that it lies here. */
  public boolean isClosed() {
    return right == FolderRight.NONE && !administers;
  }

  /** Hides the path. */
  @Override
  public String toString() {
    return "SafeFolder[" + id + ", " + right + "]";
  }
}
