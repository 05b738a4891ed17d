package dev.zamok.authority.history;

import dev.zamok.protocol.Entry;
import dev.zamok.protocol.EntryKind;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.MessageId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What pages of entries have in common. */
final class Entries {
  private Entries() {}

  private record Sent(MemberTag tag, MessageId id) {}

  /** Without messages that came before in this list. */
  static List<Entry> once(List<Entry> entries) {
    Set<Sent> seen = new HashSet<>();
    List<Entry> once = new ArrayList<>(entries.size());
    for (Entry entry : entries) {
      if (entry.kind() != EntryKind.MESSAGE || seen.add(new Sent(entry.tag(), entry.id()))) {
        once.add(entry);
      }
    }
    return once;
  }

  /** The last ones of about {@code bytesMax}, at least one. */
  static List<Entry> lastBytes(List<Entry> entries, long bytesMax) {
    long bytes = 0;
    int from = entries.size();
    while (from > 0 && bytes < bytesMax) {
      from--;
      bytes += entries.get(from).body().size();
    }
    return entries.subList(from, entries.size());
  }
}
