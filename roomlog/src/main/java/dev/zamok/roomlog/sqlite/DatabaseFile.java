package dev.zamok.roomlog.sqlite;

import dev.zamok.roomlog.sqlite.DatabaseProblem.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.Arrays;
import org.sqlite.SQLiteConfig;

/**
 * Creates, checks and opens the file.
 *
 * <p>A file that exists is never replaced, and it is checked over a read-only connection, so that a
 * damaged one stays as it was found. A new one is finished under another name first: an empty or
 * half-made file under the real name is damage, not the trace of a crash.
 *
 * <p>Blocks: not for event loops.
 */
final class DatabaseFile {
  /** The file is there, in WAL mode, with its write-ahead log in {@code zamok.db-wal}. */
  static final String NAME = "zamok.db";

  /** "ZMOK", told by {@code file(1)} and checked at opening. */
  private static final int APPLICATION_ID = 0x5a4d4f4b;

  private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

  /** Checkpoints every 16 MiB: fewer of them means fewer commits that take long. */
  private static final int CHECKPOINT_PAGES = 4096;

  private static final int WAL_BYTES_KEPT_MAX = 64 << 20;
  private static final int BUSY_MILLIS_MAX = 5000;

  private final Path directory;
  private final Path path;

  DatabaseFile(Path directory) {
    this.directory = directory;
    this.path = directory.resolve(NAME);
  }

  Path path() {
    return path;
  }

  /** Creates the file unless it exists, and checks it. The directory must be locked. */
  void prepare() throws IOException {
    if (!Files.exists(path)) {
      create();
    }
    byte[] start;
    try (InputStream in = Files.newInputStream(path)) {
      start = in.readNBytes(MAGIC.length);
    }
    if (!Arrays.equals(start, MAGIC)) {
      throw Problems.damaged(path, "it does not start like one");
    }
    check();
  }

  Session openWriter() {
    SQLiteConfig config = common();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setWalAutocheckpoint(CHECKPOINT_PAGES);
    config.setJournalSizeLimit(WAL_BYTES_KEPT_MAX);
    return open(config, path);
  }

  Session openReader() {
    SQLiteConfig config = common();
    config.setReadOnly(true);
    return open(config, path);
  }

  private void create() throws IOException {
    Path wal = path.resolveSibling(NAME + "-wal");
    if (Files.exists(wal) && Files.size(wal) > 0) {
      // SQLite would delete it; it may hold what was committed last.
      throw Problems.damaged(path, "it is missing, but " + wal.getFileName() + " is there");
    }
    Path draft = path.resolveSibling(NAME + ".new");
    Files.deleteIfExists(draft);
    OwnerOnly.createFile(draft);
    SQLiteConfig config = common();
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    try {
      Session session = open(config, draft);
      session.execute("PRAGMA auto_vacuum = INCREMENTAL");
      session.execute("PRAGMA application_id = " + APPLICATION_ID);
      session.execute(Components.CREATE);
      session.execute("PRAGMA journal_mode = WAL");
      session.close();
    } catch (StatementFailure e) {
      throw Problems.of(e, draft);
    }
    Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE);
    OwnerOnly.sync(directory);
  }

  private void check() {
    try {
      Session session = openReader();
      try {
        String found = session.query("PRAGMA quick_check(1)", row -> row.getString(1)).get(0);
        if (!found.equals("ok")) {
          throw Problems.damaged(path, found);
        }
        int id = session.query("PRAGMA application_id", row -> row.getInt(1)).get(0);
        if (id != APPLICATION_ID) {
          throw new DatabaseProblem(
              Kind.DAMAGED, path + " is a database of another program: choose another directory");
        }
      } finally {
        session.close();
      }
    } catch (StatementFailure e) {
      throw Problems.of(e, path);
    }
  }

  private static SQLiteConfig common() {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(BUSY_MILLIS_MAX);
    config.setTempStore(SQLiteConfig.TempStore.MEMORY);
    config.enforceForeignKeys(true);
    // nobody asks for them, and after each insertion the driver would ask the database
    config.setGetGeneratedKeys(false);
    return config;
  }

  private static Session open(SQLiteConfig config, Path path) {
    try {
      return new Session(config.createConnection("jdbc:sqlite:" + path.toAbsolutePath()));
    } catch (SQLException e) {
      throw new StatementFailure(e);
    }
  }
}
