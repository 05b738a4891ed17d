package dev.zamok.roomlog.sqlite;

import dev.zamok.protocol.ErrorCode;
import dev.zamok.protocol.Rejection;
import dev.zamok.protocol.Unavailable;
import dev.zamok.roomlog.sqlite.Database.DurableJob;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes: takes what waits, runs it in one transaction, commits, tells.
 *
 * <p>Each job has a savepoint of its own. A failure of the file or the device undoes them all. The
 * connection is opened anew after such a failure.
 */
final class Writer {
  private static final Logger LOG = LoggerFactory.getLogger(Writer.class);

  private final DatabaseFile file;
  private final int queuedMax;
  private final int perCommitMax;
  private final BlockingQueue<Queued> queue = new LinkedBlockingQueue<>();
  private final AtomicInteger counted = new AtomicInteger();
  private final List<Runnable> closeListeners = new ArrayList<>();
  private boolean closing;
  private boolean closed;
  private @Nullable Session session;
  private volatile @Nullable DatabaseProblem problem;

  /** A job, or null as the mark of the end. */
  private record Queued(@Nullable DurableJob job, boolean counted) {}

  Writer(DatabaseFile file, Database.Options options, Session session) {
    this.file = file;
    this.queuedMax = options.queuedWritesMax();
    this.perCommitMax = options.writesPerCommitMax();
    this.session = session;
  }

  /**
   * @param afterwards run on the writer's thread after the last job
   */
  void start(Runnable afterwards) {
    Thread thread =
        new Thread(
            () -> {
              loop();
              closeSession();
              afterwards.run();
              ended();
            },
            "zamok-db-writer");
    thread.setDaemon(true);
    thread.start();
  }

  void submit(DurableJob job) {
    if (counted.incrementAndGet() > queuedMax) {
      counted.decrementAndGet();
      job.failed(new Rejection(ErrorCode.OVERLOADED));
      return;
    }
    put(new Queued(job, true), job);
  }

  void submitAlways(DurableJob job) {
    put(new Queued(job, false), job);
  }

  Optional<DatabaseProblem> problem() {
    return Optional.ofNullable(problem);
  }

  void close(Runnable whenClosed) {
    synchronized (closeListeners) {
      if (!closed) {
        closeListeners.add(whenClosed);
        if (!closing) {
          closing = true;
          queue.add(new Queued(null, false));
        }
        return;
      }
    }
    whenClosed.run();
  }

  private void put(Queued queued, DurableJob job) {
    synchronized (closeListeners) {
      if (!closing) {
        queue.add(queued);
        return;
      }
    }
    job.failed(new Unavailable("the database is closed", false));
  }

  private void ended() {
    List<Runnable> listeners;
    synchronized (closeListeners) {
      closed = true;
      listeners = List.copyOf(closeListeners);
    }
    listeners.forEach(Runnable::run);
  }

  private void loop() {
    List<Queued> taken = new ArrayList<>();
    List<DurableJob> group = new ArrayList<>();
    boolean last = false;
    while (!last) {
      try {
        taken.add(queue.take());
      } catch (InterruptedException e) {
        // Nobody interrupts this thread; ending it now would strand the jobs that wait.
        continue;
      }
      queue.drainTo(taken, perCommitMax - 1);
      for (Queued queued : taken) {
        DurableJob job = queued.job();
        if (job == null) {
          last = true;
        } else {
          group.add(job);
        }
        if (queued.counted()) {
          counted.decrementAndGet();
        }
      }
      taken.clear();
      if (!group.isEmpty()) {
        runGroup(group);
        group.clear();
      }
    }
  }

  private void runGroup(List<DurableJob> group) {
    // What a job threw by itself; null where it did its work, or was not reached.
    @Nullable Throwable[] own = new Throwable[group.size()];
    boolean committing = false;
    try {
      Session session = begin();
      for (int i = 0; i < own.length; i++) {
        own[i] = runOne(session, group.get(i));
      }
      committing = true;
      session.update("COMMIT");
      recovered();
    } catch (Throwable e) {
      // Whatever it was, this thread must go on and the callers must be told.
      DatabaseProblem problem = Problems.of(e, file.path());
      undo(problem);
      Unavailable cause = new Unavailable("the database failed", committing, problem);
      for (int i = 0; i < own.length; i++) {
        own[i] = own[i] == null ? cause : own[i];
      }
    }
    for (int i = 0; i < own.length; i++) {
      tell(group.get(i), own[i]);
    }
  }

  private Session begin() {
    Session open = session;
    if (open == null) {
      open = file.openWriter();
      session = open;
    }
    open.update("BEGIN IMMEDIATE");
    return open;
  }

  /** Yields what the job threw, having undone what it did; throws what concerns them all. */
  private static @Nullable Throwable runOne(Session session, DurableJob job) {
    session.update("SAVEPOINT job");
    Throwable thrown = null;
    try {
      job.run(session);
    } catch (StatementFailure e) {
      if (Problems.isEnvironment(e)) {
        throw e;
      }
      thrown = e;
    } catch (Throwable e) {
      thrown = e;
    }
    if (thrown != null) {
      session.update("ROLLBACK TO job");
    }
    session.update("RELEASE job");
    return thrown;
  }

  private void undo(DatabaseProblem cause) {
    if (problem == null) {
      LOG.error("nothing can be written now; each later write tries again", cause);
    }
    problem = cause;
    // Closing rolls back, and a new connection is in a known state whatever the failure was.
    closeSession();
  }

  private void recovered() {
    if (problem != null) {
      problem = null;
      LOG.info("writing works again");
    }
  }

  private static void tell(DurableJob job, @Nullable Throwable cause) {
    try {
      if (cause == null) {
        job.committed();
      } else {
        job.failed(cause);
      }
    } catch (Throwable e) {
      LOG.error("a job failed to take its outcome", e);
    }
  }

  private void closeSession() {
    Session open = session;
    session = null;
    if (open != null) {
      try {
        open.close();
      } catch (StatementFailure e) {
        LOG.warn("closing the database failed", e);
      }
    }
  }
}
