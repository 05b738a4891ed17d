package dev.zamok.load.faults;

import dev.zamok.load.faults.tap.Frame;
import dev.zamok.protocol.EntryKind;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** The room log's calls, as they pass a tap; the Lua files say what stands where. */
final class LogCalls {
  private static final int PARTITION = 3;
  private static final int ENTRIES = 8;
  private static final int ENTRY_WORDS = 8;

  private LogCalls() {}

  static Predicate<Frame> call(String function) {
    return frame -> frame.calls(function);
  }

  /** Appends with an entry of this kind among them. */
  static Predicate<Frame> append(EntryKind kind) {
    String code = Integer.toString(kind.code());
    return frame -> {
      boolean found = false;
      for (int at = ENTRIES; frame.calls("append") && at < frame.words().size(); ) {
        found |= frame.word(at + 1).equals(code);
        at += ENTRY_WORDS;
      }
      return found;
    };
  }

  /**
   * Commits of a partition to which an entry of this kind was appended since this was asked for.
   */
  static Predicate<Frame> commit(EntryKind kind) {
    Predicate<Frame> append = append(kind);
    Set<String> partitions = ConcurrentHashMap.newKeySet();
    return frame -> {
      if (append.test(frame)) {
        partitions.add(frame.word(PARTITION));
      }
      return frame.calls("commit") && partitions.contains(frame.word(PARTITION));
    };
  }
}
