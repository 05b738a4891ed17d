package dev.zamok.crypto.chain;

import org.jspecify.annotations.Nullable;

/**
 * Whether a folder lies where a parent says. Both chains must agree: the parent lists the folder,
 * by a statement of one of its admins; the folder names the parent, by a statement of one of its
 * own. So nobody puts a folder where he likes who has no say in both.
 */
public final class FolderPlace {
  private FolderPlace() {}

  /** What the parent says of the folder, if both agree; null when they do not. */
  public static @Nullable ChainFolder of(RoomChain parent, RoomChain folder) {
    ChainFolder listed = parent.folder(folder.roomId());
    if (listed == null
        || folder.kind() != RoomKind.FOLDER
        || !parent.roomId().equals(folder.parent())
        || !folder.matchesPin(listed.head())) {
      return null;
    }
    // One that was moved here names the very statement that lists it: no older one will do.
    ChainHead moved = folder.movedBy();
    return moved == null || moved.equals(listed.added()) ? listed : null;
  }
}
