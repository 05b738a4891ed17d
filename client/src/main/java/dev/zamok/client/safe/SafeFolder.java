package dev.zamok.client.safe;

import dev.zamok.client.problem.ClientProblem;
import dev.zamok.protocol.RoomId;
import org.jspecify.annotations.Nullable;

/**
 * A folder with rights of its own, as this member sees it.
 *
 * @param parent the safe, or the folder that it is in
 * @param path from the safe on; where the name cannot be read, or is claimed by another folder too,
 *     the id stands in it
 * @param right of this member
 * @param administers whether this member changes its members
 * @param contested whether another folder claims its path: nothing is written there by path
 * @param broken why nothing of it is believed; null unless it is a {@link BrokenFolder}
 */
public record SafeFolder(
    RoomId id,
    RoomId parent,
    String path,
    FolderRight right,
    boolean administers,
    boolean contested,
    @Nullable ClientProblem broken) {
  /**
   * Whether this member has nothing to do with it, it does not say that it lies here, or it does
   * not verify.
   */
  public boolean isClosed() {
    return right == FolderRight.NONE && !administers;
  }

  /** Hides the path. */
  @Override
  public String toString() {
    return "SafeFolder[" + id + ", " + right + "]";
  }
}
