package dev.zamok.client.safe;

import dev.zamok.crypto.Context;
import dev.zamok.crypto.Hash;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.RoomId;
import java.nio.charset.StandardCharsets;

/**
 * Where a folder lay that cannot be opened now, so that nothing meant for it is put into the room
 * around it, where others read: a server may hide a folder, and somebody may have been put out. The
 * device keeps a hash alone, not the name; whoever has the device can guess at it.
 *
 * @param parent the room that lists it
 * @param mark of its id and its name there
 */
record FolderMark(RoomId parent, RoomId folder, Hash mark) {
  static FolderMark of(RoomId parent, RoomId folder, String name) {
    Bytes text = Bytes.wrap(name.getBytes(StandardCharsets.UTF_8));
    return new FolderMark(
        parent,
        folder,
        Hash.of(Context.of("folder-place").room(parent).room(folder).sized(text).toBytes()));
  }

  /** Whether a path, from the parent on, is that of the folder or leads into it. */
  boolean covers(String relative) {
    for (int end = relative.indexOf('/'); end >= 0; end = relative.indexOf('/', end + 1)) {
      if (of(parent, folder, relative.substring(0, end)).equals(this)) {
        return true;
      }
    }
    return of(parent, folder, relative).equals(this);
  }
}
