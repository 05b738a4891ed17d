package dev.zamok.authority.room;

import dev.zamok.authority.epoch.EpochConfig;
import dev.zamok.authority.room.Settlement.Wish;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.Unavailable;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides when a room is due for a new epoch, from what the archiver reads of its log: a ratchet
 * after so many messages or minutes of talk, a timed reset about once a day. A room in which nobody
 * talks keeps its keys.
 *
 * <p>Counts are in memory and start anew with the process. Belongs to the event loop of the
 * authority.
 */
public final class RotationPlan {
  private static final Logger LOG = LoggerFactory.getLogger(RotationPlan.class);

  private final Progress progress;
  private final EpochConfig config;
  private final Clock clock;
  private final Map<RoomId, Talk> talks = new HashMap<>();

  RotationPlan(Progress progress, EpochConfig config, Clock clock) {
    this.progress = progress;
    this.config = config;
    this.clock = clock;
  }

  /** What was said in a room since its last ratchet. */
  private static final class Talk {
    private final long sinceMillis;
    private int messages;
    private boolean busy;

    Talk(long sinceMillis) {
      this.sinceMillis = sinceMillis;
    }
  }

  /** Messages were read from the log of a room. */
  public void read(RoomId room, int messages) {
    Talk talk = talks.computeIfAbsent(room, r -> new Talk(clock.millis()));
    talk.messages += messages;
    check(room, talk);
  }

  /** Looks at all rooms where somebody talked; call it every few seconds. */
  public void tick() {
    Map.copyOf(talks).forEach(this::check);
  }

  private void check(RoomId room, Talk talk) {
    if (!progress.isInCharge(room)) {
      talks.remove(room);
      return;
    }
    boolean due =
        talk.messages >= config.ratchetMessages()
            || clock.millis() - talk.sinceMillis >= config.ratchetAfter().toMillis();
    if (!due || talk.busy) {
      return;
    }
    talk.busy = true;
    progress
        .change(room, this::rotate)
        .onSuccess(v -> talks.remove(room))
        .onFailure(
            failure -> {
              talk.busy = false;
              LOG.debug("room {} keeps its epoch for now: {}", room, failure.toString());
            });
  }

  private Future<Void> rotate(Room room) {
    if (progress.isUnderWay(room.id())) {
      return Future.failedFuture(new Unavailable("another rotation is under way", false));
    }
    long reset = room.header().epoch().resetMillis();
    if (clock.millis() - reset >= resetAfterMillis(room.id())) {
      return progress.announceReset(room);
    }
    return progress.begin(room.id()).compose(v -> progress.complete(room, Wish.RATCHET));
  }

  /** Nine tenths to eleven tenths of the configured time, so that rooms do not reset together. */
  private long resetAfterMillis(RoomId room) {
    long after = config.resetAfter().toMillis();
    long share = Math.floorMod(room.low(), 1_000L);
    return after - after / 10 + after / 5 * share / 1_000;
  }
}
