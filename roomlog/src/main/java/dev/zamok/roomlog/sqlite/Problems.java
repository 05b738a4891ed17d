package dev.zamok.roomlog.sqlite;

import dev.zamok.roomlog.sqlite.DatabaseProblem.Kind;
import java.io.IOException;
import java.nio.file.Path;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Turns what the driver and the file system report into what an operator can act on. */
final class Problems {
  private Problems() {}

  /**
   * Whether the failure is the file's or the device's, so that everything in the transaction is in
   * doubt; otherwise it is that of one statement.
   */
  static boolean isEnvironment(Throwable e) {
    if (!(e instanceof StatementFailure statement
        && statement.failure() instanceof SQLiteException sqlite)) {
      return false;
    }
    return switch (primary(sqlite)) {
      case SQLITE_FULL,
          SQLITE_IOERR,
          SQLITE_CORRUPT,
          SQLITE_NOTADB,
          SQLITE_READONLY,
          SQLITE_CANTOPEN,
          SQLITE_NOMEM,
          SQLITE_BUSY,
          SQLITE_LOCKED,
          SQLITE_PROTOCOL,
          SQLITE_INTERRUPT,
          SQLITE_PERM,
          SQLITE_AUTH,
          SQLITE_NOLFS ->
          true;
      default -> false;
    };
  }

  static DatabaseProblem of(Throwable e, Path file) {
    if (!(e instanceof StatementFailure statement
        && statement.failure() instanceof SQLiteException sqlite)) {
      return new DatabaseProblem(Kind.OTHER, file + ": " + e.getMessage(), e);
    }
    return switch (primary(sqlite)) {
      case SQLITE_FULL ->
          new DatabaseProblem(Kind.DISK_FULL, "no space left for " + file + ": free some", e);
      case SQLITE_CORRUPT, SQLITE_NOTADB -> damaged(file, sqlite.getResultCode().message, e);
      case SQLITE_IOERR ->
          new DatabaseProblem(
              Kind.DEVICE,
              "the device failed under "
                  + file
                  + " ("
                  + sqlite.getResultCode()
                  + "): check the disk and the kernel log",
              e);
      case SQLITE_READONLY, SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_AUTH -> notWritable(file, e);
      case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_PROTOCOL ->
          new DatabaseProblem(
              Kind.LOCKED, file + " is locked by another program: close it, then start again", e);
      default -> new DatabaseProblem(Kind.OTHER, file + ": " + e.getMessage(), e);
    };
  }

  static DatabaseProblem damaged(Path file, String what, Throwable cause) {
    return new DatabaseProblem(Kind.DAMAGED, damagedText(file, what), cause);
  }

  static DatabaseProblem damaged(Path file, String what) {
    return new DatabaseProblem(Kind.DAMAGED, damagedText(file, what));
  }

  private static String damagedText(Path file, String what) {
    return file
        + " is damaged or not a database ("
        + what
        + "). It was left as it is: restore a backup, or move it away to keep it for a repair";
  }

  static DatabaseProblem notWritable(Path path, Throwable cause) {
    return new DatabaseProblem(
        Kind.NOT_WRITABLE,
        path
            + " cannot be used ("
            + cause.getClass().getSimpleName()
            + "): it must be in a directory that belongs to the user of this process, mode 0700",
        cause);
  }

  static DatabaseProblem of(IOException e, Path path) {
    String message = e.getMessage();
    if (message != null && message.contains("No space left")) {
      return new DatabaseProblem(Kind.DISK_FULL, "no space left for " + path + ": free some", e);
    }
    return notWritable(path, e);
  }

  /** The extended codes keep the primary one in their low byte. */
  private static SQLiteErrorCode primary(SQLiteException e) {
    return SQLiteErrorCode.getErrorCode(e.getResultCode().code & 0xff);
  }
}
