package dev.zamok.authority.alert;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What is wrong for good, out of what is wrong at the moment: raised once it lasted for a while,
 * cleared once it was gone for a while, so that nothing flaps.
 */
final class HoldDown {
  private final long raiseNanos;
  private final long clearNanos;
  private final Map<String, Seen> seen = new HashMap<>();

  /** Found gone for good, while others may still count it as raised. */
  private final Set<String> settled = new HashSet<>();

  HoldDown(Duration raiseAfter, Duration clearAfter) {
    this.raiseNanos = raiseAfter.toNanos();
    this.clearNanos = clearAfter.toNanos();
  }

  private static final class Seen {
    private final long sinceNanos;
    private long lastNanos;
    private String text;
    private boolean raised;

    Seen(long sinceNanos, String text) {
      this.sinceNanos = sinceNanos;
      this.lastNanos = sinceNanos;
      this.text = text;
    }
  }

  /** Takes in what is wrong now; yields what counts as wrong. */
  Map<String, String> look(Map<String, String> wrong, long nowNanos) {
    wrong.forEach(
        (subject, text) -> {
          settled.remove(subject);
          Seen one = seen.computeIfAbsent(subject, s -> new Seen(nowNanos, text));
          one.lastNanos = nowNanos;
          one.text = text;
          one.raised = one.raised || nowNanos - one.sinceNanos >= raiseNanos;
        });
    Map<String, String> raised = new LinkedHashMap<>();
    Iterator<Map.Entry<String, Seen>> all = seen.entrySet().iterator();
    while (all.hasNext()) {
      Map.Entry<String, Seen> one = all.next();
      boolean gone = !wrong.containsKey(one.getKey());
      long since = nowNanos - one.getValue().lastNanos;
      if (gone && (!one.getValue().raised || since >= clearNanos)) {
        if (one.getValue().raised) {
          settled.add(one.getKey());
        }
        all.remove();
      } else if (one.getValue().raised) {
        raised.put(one.getKey(), one.getValue().text);
      }
    }
    return raised;
  }

  /**
   * All that counts as raised by somebody else, with its text: it stays so until it is gone for a
   * while here too. What was found gone here is not taken in again because nobody has said so yet.
   */
  void adopt(Map<String, String> raised, long nowNanos) {
    settled.retainAll(raised.keySet());
    raised.forEach(
        (subject, text) -> {
          if (!settled.contains(subject)) {
            seen.computeIfAbsent(subject, s -> new Seen(nowNanos, text)).raised = true;
          }
        });
  }
}
