package dev.zamok.roomlog.beat;

import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.beat.BeatKeys;
import dev.zamok.roomlog.NodeBeat;
import dev.zamok.roomlog.Notice;
import dev.zamok.roomlog.NoticeCodec;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Signs the beats of one node, as answers to what authorities asked last. Thread-safe. */
public final class BeatSigner {
  private final BeatKeys keys;
  private final Challenges challenges;
  private final AtomicLong sent = new AtomicLong();

  /**
   * @param nanos a monotonic clock
   */
  public BeatSigner(BeatKeys keys, LongSupplier nanos) {
    this.keys = keys;
    this.challenges = new Challenges(keys, nanos);
  }

  /** Those of authorities are heard through it. */
  public Challenges challenges() {
    return challenges;
  }

  public Notice.SignedBeat sign(NodeBeat beat) {
    long number = sent.incrementAndGet();
    List<Notice.Challenge> answers = challenges.all();
    Bytes mac = keys.sign(NoticeCodec.statement(beat, number, answers));
    return new Notice.SignedBeat(beat, number, answers, mac);
  }
}
