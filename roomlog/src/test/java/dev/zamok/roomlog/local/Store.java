package dev.zamok.roomlog.local;

import static dev.zamok.roomlog.LogDriver.await;

import dev.zamok.roomlog.LogDriver;
import dev.zamok.roomlog.sqlite.Database;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;

/** A local log in a directory, that can be closed and opened again. */
final class Store implements AutoCloseable {
  /** So small that chunks are short and nothing stays in memory. */
  static final Limits TINY = new Limits(1 << 20, 10_000, 1 << 20, 0, 400);

  final Vertx vertx = Vertx.vertx();
  final SettableClock clock = new SettableClock();
  private final Path directory;
  private Limits limits;
  private Database database;
  private LogDriver driver;

  Store(Path directory, Limits limits) {
    this.directory = directory;
    this.limits = limits;
    open();
  }

  LogDriver driver() {
    return driver;
  }

  Database database() {
    return database;
  }

  void limits(Limits newLimits) {
    limits = newLimits;
  }

  void reopen() {
    await(driver.log.close());
    await(database.close());
    open();
  }

  /** After an opening that failed and whose database was closed. */
  void reopenAfterFailure() {
    open();
  }

  /** Rows of the chunk table. */
  int chunks() {
    return count("SELECT count(*) FROM log_chunk");
  }

  int chunkBytes() {
    return count("SELECT coalesce(sum(length(entries)), 0) FROM log_chunk");
  }

  private int count(String sql) {
    // Sweeping goes on after a trim was answered, and two sweeps in a row may be due.
    for (int i = 0; i < 3; i++) {
      await(driver.log.barrier(0));
    }
    return await(database.read(s -> s.first(sql, row -> row.getInt(1)).orElseThrow()));
  }

  private void open() {
    database = await(Database.open(vertx, Database.Options.in(directory)));
    driver = new LogDriver(vertx, await(LocalRoomLog.open(vertx, database, clock, limits)));
  }

  @Override
  public void close() {
    await(driver.log.close());
    await(database.close());
    await(vertx.close());
  }

  /** Stands still until it is told. */
  static final class SettableClock extends Clock {
    private final AtomicLong millis = new AtomicLong(1_000_000);

    void set(long newMillis) {
      millis.set(newMillis);
    }

    @Override
    public long millis() {
      return millis.get();
    }

    @Override
    public Instant instant() {
      return Instant.ofEpochMilli(millis.get());
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
