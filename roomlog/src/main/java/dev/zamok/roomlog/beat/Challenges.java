package dev.zamok.roomlog.beat;

import dev.zamok.protocol.beat.BeatKeys;
import dev.zamok.roomlog.Notice;
import dev.zamok.roomlog.NoticeCodec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The last challenge of each authority.
 *
 * <p>Anybody who reaches the log can make up unsigned ones, as authorities of before send them: by
 * that he pushes other unsigned ones out, and no signed one. One that was recorded is older than
 * the last of its authority. Of an authority that ended he can play back what he recorded; that
 * takes the place of nobody who is there. Thread-safe.
 */
public final class Challenges {
  /** Places of authorities that sign. */
  static final int SIGNED_MAX = 32;

  /** Who was not heard for so long loses his place. */
  static final long KEEP_NANOS = TimeUnit.SECONDS.toNanos(10);

  private static final long PROMPT_EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final BeatKeys keys;
  private final LongSupplier nanos;
  private final Map<Long, Signed> signed = new LinkedHashMap<>();
  private final Map<Long, Long> unsigned = new LinkedHashMap<>();
  private final Prompts prompts;
  private final Prompts unsignedPrompts;

  private record Signed(long value, long number, long atNanos) {}

  public Challenges(BeatKeys keys, LongSupplier nanos) {
    this.keys = keys;
    this.nanos = nanos;
    this.prompts = new Prompts(nanos);
    this.unsignedPrompts = new Prompts(nanos);
  }

  /**
   * Takes one in. Yields whether it is to be answered now, once a second at most, and once a second
   * beside that for signed ones, which nobody else uses up: an authority that starts, or that stood
   * still, knows of no node before one answers. The next beat answers the others.
   */
  public synchronized boolean heard(Notice.Challenge challenge) {
    if (signed.containsKey(challenge.authority())) {
      return false; // it signs each as well
    }
    // To the end: it is the one that was heard last.
    unsigned.remove(challenge.authority());
    unsigned.put(challenge.authority(), challenge.value());
    if (unsigned.size() > Notice.SignedBeat.ANSWERS_MAX) {
      unsigned.remove(unsigned.keySet().iterator().next());
    }
    return unsignedPrompts.take();
  }

  /** As {@link #heard(Notice.Challenge)}, of one that is signed; false for one that is forged. */
  public synchronized boolean heard(Notice.SignedChallenge notice) {
    if (!keys.verify(NoticeCodec.statement(notice.challenge(), notice.number()), notice.mac())) {
      return false;
    }
    long authority = notice.challenge().authority();
    Signed before = signed.get(authority);
    if (before != null && before.number() >= notice.number()) {
      return false;
    }
    long now = nanos.getAsLong();
    if (before == null) {
      signed.values().removeIf(one -> now - one.atNanos() >= KEEP_NANOS);
      if (signed.size() >= SIGNED_MAX) {
        return false;
      }
    }
    signed.put(authority, new Signed(notice.challenge().value(), notice.number(), now));
    unsigned.remove(authority);
    return prompts.take();
  }

  /** One a second. */
  private static final class Prompts {
    private final LongSupplier nanos;
    private long lastNanos;

    private Prompts(LongSupplier nanos) {
      this.nanos = nanos;
      this.lastNanos = nanos.getAsLong() - PROMPT_EVERY_NANOS;
    }

    private boolean take() {
      boolean now = nanos.getAsLong() - lastNanos >= PROMPT_EVERY_NANOS;
      if (now) {
        lastNanos = nanos.getAsLong();
      }
      return now;
    }
  }

  /** Those of which nothing else is known come last, the oldest first; too old ones not at all. */
  synchronized List<Notice.Challenge> all() {
    List<Notice.Challenge> all = new ArrayList<>();
    signed.forEach((authority, one) -> all.add(new Notice.Challenge(authority, one.value())));
    int skipped = Math.max(0, all.size() + unsigned.size() - Notice.SignedBeat.ANSWERS_MAX);
    for (Map.Entry<Long, Long> one : unsigned.entrySet()) {
      if (skipped-- <= 0) {
        all.add(new Notice.Challenge(one.getKey(), one.getValue()));
      }
    }
    return all;
  }
}
