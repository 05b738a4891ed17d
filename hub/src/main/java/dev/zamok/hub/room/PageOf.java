package dev.zamok.hub.room;

import dev.zamok.hub.endpoint.FrameTap;
import dev.zamok.protocol.Entry;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import dev.zamok.roomlog.Page;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of the log, encoded once for all who read it.
 *
 * @param after what was asked for
 */
record PageOf(Position after, Page page, List<Encoded> entries) {
  /**
   * What is read.
   *
   * @param serial other than 0 for reads that must not be shared with one begun earlier
   */
  record Key(RoomId room, Position after, long serial) implements SharedReads.Key<PageOf> {}

  static PageOf of(Position after, Page page, @Nullable FrameTap tap) {
    List<Encoded> encoded = new ArrayList<>(page.entries().size());
    for (Entry entry : page.entries()) {
      encoded.add(Encoded.of(entry, tap));
    }
    return new PageOf(after, page, encoded);
  }

  /** Where the first entry takes up; the head when there is none. */
  Position start() {
    return entries.isEmpty() ? page.head() : entries.get(0).entry().previous();
  }

  /** Where a reader stands once he has it. */
  Position end() {
    if (!entries.isEmpty()) {
      return entries.get(entries.size() - 1).entry().position();
    }
    return page.lost() || !page.complete() ? page.head() : after;
  }
}
