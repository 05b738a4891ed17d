package dev.zamok.client.room;

import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.MessageId;
import dev.zamok.protocol.Position;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The last {@value #IDS_MAX} (tag, message id) of a room, so that a message that stands in the log
 * twice is delivered once.
 */
final class Remembered {
  static final int IDS_MAX = 4_096;

  private record Key(MemberTag tag, MessageId id) {}

  private final Map<Key, Position> delivered = new LinkedHashMap<>();
  private final Set<Key> withdrawn = new HashSet<>();

  boolean has(MemberTag tag, MessageId id) {
    return delivered.containsKey(new Key(tag, id));
  }

  void note(MemberTag tag, MessageId id, Position position) {
    delivered.put(new Key(tag, id), position);
    if (delivered.size() > IDS_MAX) {
      Iterator<Key> oldest = delivered.keySet().iterator();
      oldest.next();
      oldest.remove();
    }
  }

  /** The log lost these: their senders may append them again. */
  void withdraw(List<Position> positions) {
    Set<Position> gone = new HashSet<>(positions);
    if (withdrawn.size() > IDS_MAX) {
      withdrawn.clear();
    }
    delivered
        .entrySet()
        .removeIf(
            entry -> {
              boolean is = gone.contains(entry.getValue());
              if (is) {
                withdrawn.add(entry.getKey());
              }
              return is;
            });
  }

  /** Whether it was withdrawn before: its sequence number is not new then, and need not be. */
  boolean comesBack(MemberTag tag, MessageId id) {
    return withdrawn.remove(new Key(tag, id));
  }
}
