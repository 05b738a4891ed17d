package dev.zamok.hub;

import dev.zamok.roomlog.Notice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The last challenge of each authority. Anybody who reaches the log can make some up, and push the
 * true ones out by it: then the beats of this hub count for nothing, but no other beat counts for
 * more. Thread-safe.
 */
final class Challenges {
  private static final long PROMPT_EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final LongSupplier nanos;
  private final Map<Long, Long> last = new LinkedHashMap<>();
  private long promptedNanos;

  Challenges(LongSupplier nanos) {
    this.nanos = nanos;
    this.promptedNanos = nanos.getAsLong() - PROMPT_EVERY_NANOS;
  }

  /**
   * Takes one in. Yields whether it is to be answered now, once a second at most: an authority that
   * starts, or that stood still, knows of no hub before one answers. The next beat answers the
   * others.
   */
  synchronized boolean heard(Notice.Challenge challenge) {
    // To the end: it is the one that was heard last.
    last.remove(challenge.authority());
    last.put(challenge.authority(), challenge.value());
    if (last.size() > Notice.SignedBeat.ANSWERS_MAX) {
      last.remove(last.keySet().iterator().next());
    }
    boolean answer = nanos.getAsLong() - promptedNanos >= PROMPT_EVERY_NANOS;
    if (answer) {
      promptedNanos = nanos.getAsLong();
    }
    return answer;
  }

  synchronized List<Notice.Challenge> all() {
    List<Notice.Challenge> all = new ArrayList<>(last.size());
    last.forEach((authority, value) -> all.add(new Notice.Challenge(authority, value)));
    return all;
  }
}
