package dev.zamok.roomlog;

import dev.zamok.protocol.Entry;
import dev.zamok.protocol.Position;
import java.util.List;

/**
 * A run of a room's entries.
 *
 * @param complete nothing between {@code after} and the first entry is missing: {@code after} is
 *     not before the floor, and equals it or is an entry still there
 * @param lost {@code after} lies beyond the head: the log no longer has what the caller saw
 * @param more entries follow that did not fit
 * @param head the room's last committed entry when the page was read
 * @param floor everything up to it may have been removed
 */
public record Page(
    List<Entry> entries,
    boolean complete,
    boolean lost,
    boolean more,
    Position head,
    Position floor) {
  public Page {
    entries = List.copyOf(entries);
  }
}
