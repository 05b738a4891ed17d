package dev.zamok.roomlog.local;

import dev.zamok.protocol.Entry;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.Unavailable;
import dev.zamok.roomlog.follow.Deliveries;
import dev.zamok.roomlog.follow.Followers;
import dev.zamok.roomlog.sqlite.Database;
import dev.zamok.roomlog.sqlite.Session;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The writer's side of the log: one batch at a time, each beginning where the last one was
 * committed.
 *
 * <p>After a commit whose outcome is open, what is in memory can no longer be trusted to be what is
 * on the disk. Then the log opens itself anew with the next batch, exactly as at the start: a new
 * generation, everything read, followers told to reread.
 */
final class Batches {
  private static final Logger LOG = LoggerFactory.getLogger(Batches.class);

  private final Database database;
  private final Clock clock;
  private final Limits limits;
  private final Followers followers;
  private final long seed;
  private final Intake intake = new Intake(this::next);
  private final Gathering gathering = new Gathering();

  /** Null until the log was opened for the first time. Always safe to read from. */
  private volatile @Nullable Committed committed;

  /** Whether the next batch must open the log anew. */
  private volatile boolean suspect = true;

  Batches(Database database, Clock clock, Limits limits, Followers followers, long seed) {
    this.database = database;
    this.clock = clock;
    this.limits = limits;
    this.followers = followers;
    this.seed = seed;
  }

  Limits limits() {
    return limits;
  }

  Intake intake() {
    return intake;
  }

  @Nullable Committed committed() {
    return committed;
  }

  boolean isSuspect() {
    return suspect;
  }

  /** On the writer's thread, which may be kept waiting for a moment: see {@link Gathering}. */
  List<Task<?>> gather() {
    gathering.await();
    List<Task<?>> taken = intake.take();
    gathering.took(taken.size());
    return taken;
  }

  List<Task<?>> take() {
    return intake.take();
  }

  /** Where the next batch begins: what was committed last, or the log opened anew. */
  Committed base(Session session) {
    Committed last = committed;
    return suspect || last == null ? Loader.load(session, limits, seed) : last;
  }

  Draft draft(Committed base) {
    return new Draft(base, limits, Math.max(0, clock.millis()));
  }

  /** On the writer's thread. */
  void committed(Batch.Work work, List<Task<?>> tasks) {
    Deliveries deliveries = new Deliveries();
    try {
      Map<RoomId, List<Entry>> entries = work.apply();
      boolean opened = committed != work.base();
      committed = work.base();
      suspect = false;
      if (opened) {
        LOG.info("the room log is open, generation {}", work.base().generation());
        followers.rereadAll(deliveries);
      }
      entries.forEach((room, added) -> followers.entries(room, added, deliveries));
      for (Task<?> task : tasks) {
        deliveries.add(task.context(), task::complete);
      }
      deliveries.send();
    } catch (RuntimeException e) {
      failed(e, tasks);
      return;
    }
    if (work.base().ledger().hasDue() || !intake.sleep()) {
      next();
    }
  }

  /** On the writer's thread, or on that of a caller when the database refuses work. */
  void failed(Throwable cause, List<Task<?>> tasks) {
    Unavailable told;
    if (cause instanceof Unavailable unavailable) {
      told = unavailable;
    } else {
      LOG.error("the room log failed; it opens itself anew with the next append", cause);
      told = new Unavailable("the room log failed", true, cause);
    }
    if (told.outcomeUnknown()) {
      suspect = true;
    }
    Deliveries deliveries = new Deliveries();
    for (Task<?> task : tasks) {
      deliveries.add(task.context(), () -> task.fail(told));
    }
    deliveries.send();
    if (!intake.sleep()) {
      next();
    }
  }

  private void next() {
    database.execute(new Batch(this));
  }
}
