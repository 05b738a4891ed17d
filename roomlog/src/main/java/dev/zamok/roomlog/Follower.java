package dev.zamok.roomlog;

import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.Entry;
import dev.zamok.protocol.MemberTag;
import java.util.List;

/**
 * Sees what happens in one room. Called on the context that asked for it, never at the same time
 * twice.
 */
public interface Follower {
  /** One or more entries, in order, committed; the list must not be changed. */
  void entries(List<Entry> entries);

  void signal(MemberTag tag, Bytes envelope);

  /** Entries may have been missed: read from the last one seen. */
  void reread();

  /**
   * For {@link LogHealth#SILENCE_MAX} nobody could confirm that what was told is all there is: do
   * not let it pass for live. Followed by {@link #reread} once the log is back.
   */
  void unavailable();
}
