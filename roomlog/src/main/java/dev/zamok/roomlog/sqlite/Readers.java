package dev.zamok.roomlog.sqlite;

import dev.zamok.protocol.ErrorCode;
import dev.zamok.protocol.Rejection;
import dev.zamok.protocol.Unavailable;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A few threads that read, each job on one of as many connections. */
final class Readers {
  private static final Logger LOG = LoggerFactory.getLogger(Readers.class);
  private static final long CLOSE_SECONDS_MAX = 30;

  private final DatabaseFile file;
  private final ThreadPoolExecutor threads;

  /** At most as many as there are threads: a thread takes one, or opens one when none is idle. */
  private final ConcurrentLinkedQueue<Session> idle = new ConcurrentLinkedQueue<>();

  /** Takes a result, or what was thrown. */
  @FunctionalInterface
  interface Outcome<T> {
    void take(@Nullable T result, @Nullable Throwable cause);
  }

  Readers(DatabaseFile file, Database.Options options) {
    this.file = file;
    this.threads =
        new ThreadPoolExecutor(
            options.readersCount(),
            options.readersCount(),
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(options.queuedReadsMax()),
            task -> {
              Thread thread = new Thread(task, "zamok-db-reader");
              thread.setDaemon(true);
              return thread;
            });
  }

  <T> void submit(Database.Job<T> job, Outcome<T> outcome) {
    try {
      threads.execute(() -> run(job, outcome));
    } catch (RejectedExecutionException e) {
      outcome.take(
          null,
          threads.isShutdown()
              ? new Unavailable("the database is closed", false)
              : new Rejection(ErrorCode.OVERLOADED));
    }
  }

  /** Waits for the jobs that were taken: call it from a thread that may block. */
  void close() {
    threads.shutdown();
    try {
      if (!threads.awaitTermination(CLOSE_SECONDS_MAX, TimeUnit.SECONDS)) {
        LOG.warn("reads are still under way after {} s", CLOSE_SECONDS_MAX);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (Session session = idle.poll(); session != null; session = idle.poll()) {
      closeQuietly(session);
    }
  }

  private <T> void run(Database.Job<T> job, Outcome<T> outcome) {
    Session session = null;
    T result;
    try {
      session = idle.poll();
      if (session == null) {
        session = file.openReader();
      }
      session.update("BEGIN");
      result = job.run(session);
      session.update("COMMIT");
      idle.add(session);
    } catch (Throwable e) {
      // After a failure the connection may be in any state.
      if (session != null) {
        closeQuietly(session);
      }
      outcome.take(null, told(e));
      return;
    }
    outcome.take(result, null);
  }

  private Throwable told(Throwable e) {
    return Problems.isEnvironment(e)
        ? new Unavailable("the database cannot be read", false, Problems.of(e, file.path()))
        : e;
  }

  private static void closeQuietly(Session session) {
    try {
      session.close();
    } catch (StatementFailure e) {
      LOG.warn("closing a connection failed", e);
    }
  }
}
