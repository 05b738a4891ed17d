package dev.zamok.roomlog.sqlite;

import dev.zamok.protocol.Unavailable;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An embedded SQLite database: one file, one writer with group commit, a few readers.
 *
 * <p>Everything written is on the disk ({@code synchronous = FULL}) before its future completes,
 * and survives a crash of the process or of the machine. Jobs that arrive while a commit is under
 * way share the next one.
 *
 * <p>Failures: {@link dev.zamok.protocol.Rejection} with {@code OVERLOADED} when too many jobs
 * wait; {@link Unavailable} when the file or the device failed, its cause a {@link
 * DatabaseProblem}; and whatever the job throws.
 *
 * <p>Threads: call from anywhere; futures complete on the Vert.x context of the call. Jobs run on
 * the threads of the database and must not wait for anything else.
 */
public final class Database {
  private static final Logger LOG = LoggerFactory.getLogger(Database.class);

  private final Vertx vertx;
  private final DatabaseFile file;
  private final Writer writer;
  private final Readers readers;

  private Database(Vertx vertx, DatabaseFile file, Writer writer, Readers readers) {
    this.vertx = vertx;
    this.file = file;
    this.writer = writer;
    this.readers = readers;
  }

  /**
   * Where the file is, and the limits.
   *
   * @param directory holds the file and its lock; made with mode 0700 when missing
   * @param readersCount connections, each with a thread, that read at the same time
   * @param queuedWritesMax jobs that may wait for the writer
   * @param queuedReadsMax jobs that may wait for a reader
   * @param writesPerCommitMax jobs that share one commit
   */
  public record Options(
      Path directory,
      int readersCount,
      int queuedWritesMax,
      int queuedReadsMax,
      int writesPerCommitMax) {
    public Options {
      if (readersCount < 1 || queuedWritesMax < 1 || queuedReadsMax < 1 || writesPerCommitMax < 1) {
        throw new IllegalArgumentException("a limit below 1");
      }
    }

    public static Options in(Path directory) {
      return new Options(directory, 2, 20_000, 10_000, 1_000);
    }
  }

  /** Work inside a transaction; throws to undo what it did. */
  @FunctionalInterface
  public interface Job<T> {
    @Nullable T run(Session session);
  }

  /**
   * A write that learns of its commit on the writer's thread, before the next transaction begins.
   *
   * <p>Exactly one of {@link #committed} and {@link #failed} is called, once.
   */
  public interface DurableJob {
    void run(Session session);

    void committed();

    /**
     * With what {@link #run} threw, or an {@link Unavailable} that tells if the outcome is open.
     */
    void failed(Throwable cause);
  }

  /**
   * Opens the file, and creates it in an empty directory. Fails with {@link DatabaseProblem}; a
   * file that is damaged is left as it is.
   */
  public static Future<Database> open(Vertx vertx, Options options) {
    return vertx.executeBlocking(() -> openBlocking(vertx, options));
  }

  private static Database openBlocking(Vertx vertx, Options options) {
    Path directory = options.directory().toAbsolutePath();
    try {
      OwnerOnly.createDirectories(directory);
      DirectoryLock lock = DirectoryLock.take(directory);
      try {
        DatabaseFile file = new DatabaseFile(directory);
        file.prepare();
        Readers readers = new Readers(file, options);
        Writer writer = new Writer(file, options, file.openWriter());
        writer.start(
            () -> {
              readers.close();
              closeQuietly(lock);
            });
        return new Database(vertx, file, writer, readers);
      } catch (IOException | RuntimeException e) {
        closeQuietly(lock);
        throw e;
      }
    } catch (IOException e) {
      throw Problems.of(e, directory);
    } catch (StatementFailure e) {
      throw Problems.of(e, directory.resolve(DatabaseFile.NAME));
    }
  }

  /** Brings the tables of a component up to date. Fails with {@link DatabaseProblem}. */
  public Future<Void> prepare(Schema schema) {
    return write(
        session -> {
          Components.migrate(session, schema, file.path());
          return null;
        });
  }

  /**
   * Runs {@code job} in the next transaction and yields its result once it is on the disk. If it
   * throws, what it did is undone, what others did in the same transaction stands.
   */
  public <T> Future<T> write(Job<T> job) {
    WriteJob<T> pending = new WriteJob<>(vertx.getOrCreateContext(), job);
    writer.submit(pending);
    return pending.promise.future();
  }

  /**
   * As {@link #write}, but never refused for the length of the queue: for a component that has at
   * most one job waiting and bounds its own input.
   */
  public void execute(DurableJob job) {
    writer.submitAlways(job);
  }

  /**
   * Runs {@code job} on a read-only connection, over one snapshot that holds everything committed
   * before the call.
   */
  public <T> Future<T> read(Job<T> job) {
    Context context = vertx.getOrCreateContext();
    Promise<T> promise = Promise.promise();
    readers.submit(
        job,
        (result, cause) ->
            on(
                context,
                () -> {
                  if (cause != null) {
                    promise.fail(cause);
                  } else {
                    promise.complete(result);
                  }
                }));
    return promise.future();
  }

  /**
   * Copies everything committed before the call to a new file, while the database stays in use: one
   * snapshot, for all components. The copy has mode 0600 and is on the disk when the future
   * completes. Fails with {@link DatabaseProblem} when {@code target} exists or cannot be written;
   * an incomplete copy is removed.
   */
  public Future<Void> backup(Path target) {
    return vertx.executeBlocking(
        () -> {
          Backup.write(file, target.toAbsolutePath());
          return null;
        });
  }

  /** What keeps the file from being written now, for readiness checks. */
  public Optional<DatabaseProblem> problem() {
    return writer.problem();
  }

  /** Completes what was submitted, and lets go of the file. Idempotent. */
  public Future<Void> close() {
    Context context = vertx.getOrCreateContext();
    Promise<Void> promise = Promise.promise();
    writer.close(() -> on(context, promise::tryComplete));
    return promise.future();
  }

  /** Runs {@code task} on {@code context}; drops it when Vert.x was closed. */
  private static void on(Context context, Runnable task) {
    try {
      context.runOnContext(v -> task.run());
    } catch (RejectedExecutionException e) {
      LOG.debug("a result came after Vert.x was closed");
    }
  }

  private static void closeQuietly(DirectoryLock lock) {
    try {
      lock.close();
    } catch (IOException e) {
      LOG.warn("closing the lock file failed", e);
    }
  }

  private static final class WriteJob<T> implements DurableJob {
    private final Context context;
    private final Job<T> job;
    private final Promise<T> promise = Promise.promise();
    private @Nullable T result;

    WriteJob(Context context, Job<T> job) {
      this.context = context;
      this.job = job;
    }

    @Override
    public void run(Session session) {
      result = job.run(session);
    }

    @Override
    public void committed() {
      on(context, () -> promise.complete(result));
    }

    @Override
    public void failed(Throwable cause) {
      on(context, () -> promise.fail(cause));
    }
  }
}
