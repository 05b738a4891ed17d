package dev.zamok.authority.node;

import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.beat.BeatKeys;
import dev.zamok.roomlog.NodeBeat;
import dev.zamok.roomlog.Notice;
import dev.zamok.roomlog.NoticeCodec;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which beats count: everybody who reaches the log can send one, and clients are sent where those
 * of hubs say. With keys it must be signed by one of them, answer a challenge that is not old, and
 * have a higher number than any before of that node: so one that was recorded is worth nothing.
 * Without keys all count. Belongs to the event loop of the authority.
 */
final class BeatGate {
  private static final Logger LOG = LoggerFactory.getLogger(BeatGate.class);
  private static final Duration COMPLAIN = Duration.ofSeconds(30);
  private static final int CHALLENGES_MAX = 64;
  private static final int HUBS_MAX = 4 * HubRegistry.HUBS_MAX;

  private final @Nullable BeatKeys keys;
  private final long self;
  private final long freshNanos;
  private final LongSupplier nanos;
  private final LongSupplier random;
  private final Deque<Sent> challenges = new ArrayDeque<>();
  private final Map<Long, Numbered> numbers = new HashMap<>();
  private long challenged;
  private @Nullable String refused;
  private long refusedNanos;

  private record Sent(long value, long atNanos) {}

  private record Numbered(long number, long atNanos) {}

  /**
   * @param self the id of this authority
   * @param fresh how long a challenge may be answered
   * @param random nobody must be able to guess what it gives
   */
  BeatGate(
      @Nullable BeatKeys keys, long self, Duration fresh, LongSupplier nanos, LongSupplier random) {
    this.keys = keys;
    this.self = self;
    this.freshNanos = fresh.toNanos();
    this.nanos = nanos;
    this.random = random;
  }

  /** A new one, for all nodes. */
  Notice.Challenge challenge() {
    tidy();
    if (challenges.size() >= CHALLENGES_MAX) {
      challenges.remove();
    }
    Sent sent = new Sent(random.getAsLong(), nanos.getAsLong());
    challenges.add(sent);
    return new Notice.Challenge(self, sent.value());
  }

  /** So that nobody makes others up in our name, or pushes it out; empty without keys. */
  Optional<Notice.SignedChallenge> signed(Notice.Challenge challenge) {
    if (keys == null) {
      return Optional.empty();
    }
    long number = ++challenged;
    Bytes mac = keys.sign(NoticeCodec.statement(challenge, number));
    return Optional.of(new Notice.SignedChallenge(challenge, number, mac));
  }

  private void tidy() {
    long now = nanos.getAsLong();
    challenges.removeIf(sent -> now - sent.atNanos() >= freshNanos);
    // What is older than that fails by its challenge.
    numbers.values().removeIf(heard -> now - heard.atNanos() >= freshNanos);
  }

  /**
   * A node says something unsigned. Of an authority it is no sign of a wrong key: one of a version
   * before says it so, too.
   */
  boolean takes(NodeBeat beat) {
    return keys == null || (beat.role() == NodeBeat.Role.HUB && refuse(beat));
  }

  boolean takes(Notice.SignedBeat notice) {
    if (keys == null) {
      return true;
    }
    NodeBeat beat = notice.beat();
    boolean signed =
        keys.verify(NoticeCodec.statement(beat, notice.number(), notice.answers()), notice.mac());
    if (!signed) {
      return refuse(beat);
    }
    tidy();
    Numbered before = numbers.get(beat.id());
    boolean late = before != null && before.number() >= notice.number();
    boolean full = before == null && numbers.size() >= HUBS_MAX;
    if (late || full || !answersUs(notice)) {
      // The first beat of a node comes before it heard a challenge.
      LOG.debug("an old beat of {}", ClockWatch.name(beat));
      return false;
    }
    numbers.put(beat.id(), new Numbered(notice.number(), nanos.getAsLong()));
    return true;
  }

  private boolean answersUs(Notice.SignedBeat notice) {
    return notice.answers().stream()
        .anyMatch(
            answer ->
                answer.authority() == self
                    && challenges.stream().anyMatch(sent -> sent.value() == answer.value()));
  }

  private boolean refuse(NodeBeat beat) {
    if (complaint() == null) {
      LOG.warn("a beat of {} is not signed by our key of beats: ignored", ClockWatch.name(beat));
    }
    refused = ClockWatch.name(beat);
    refusedNanos = nanos.getAsLong();
    return false;
  }

  /** Whom the last beat named that came lately without the right key; null when there was none. */
  @Nullable String complaint() {
    return nanos.getAsLong() - refusedNanos < COMPLAIN.toNanos() ? refused : null;
  }
}
