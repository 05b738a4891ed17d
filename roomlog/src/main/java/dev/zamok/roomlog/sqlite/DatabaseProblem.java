package dev.zamok.roomlog.sqlite;

/**
 * The database file or its directory cannot be used. The message is for the operator: it says what
 * is wrong and what to do, and names paths but no content.
 */
public final class DatabaseProblem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What is wrong. */
  public enum Kind {
    /** The directory is missing and cannot be made, or it or its files cannot be written. */
    NOT_WRITABLE,
    /** No room is left on the device. */
    DISK_FULL,
    /** The file is damaged, incomplete or not a database. It was not changed. */
    DAMAGED,
    /** A newer release wrote the file. */
    NEWER_SCHEMA,
    /** Another process, or another part of this one, has it open. */
    LOCKED,
    /** The device failed to read or write. */
    DEVICE,
    /** Anything else that the driver reports. */
    OTHER
  }

  private final Kind kind;

  public DatabaseProblem(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public DatabaseProblem(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
