package dev.zamok.authority.store;

import dev.zamok.protocol.Bytes;
import java.util.regex.Pattern;

/**
 * A table of rows. Each domain declares its own as constants in one class named {@code …Tables},
 * with the layout of keys and bodies beside them.
 *
 * @param name 1 to 32 of {@code a-z}, digits and {@code _}, starting with a letter; unique in the
 *     deployment and part of what a seal authenticates, so never changed
 */
public record Table(String name, Kind kind) {
  /** How rows of a table may change. */
  public enum Kind {
    /**
     * Insert only. Inserting the same content again is applied, other content is a conflict. Rows
     * go by expiry or with their whole partition, and a key that went is never used again.
     *
     * <p>Only for rows whose content follows from their key, or which one writer makes: of two that
     * insert different content under one key at the same moment both may be told that it was
     * applied. Where inserting is meant to decide something, use {@link #DECIDED}.
     */
    IMMUTABLE,
    /**
     * As {@link #IMMUTABLE}, but each insert is a compare-and-set: whoever else inserts at the same
     * moment, one content is applied and every other one is a conflict.
     */
    DECIDED,
    /** Insert, replace, delete: each a compare-and-set on the version. */
    VERSIONED;

    /** Whether rows are never replaced. */
    public boolean insertOnly() {
      return this != VERSIONED;
    }
  }

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,31}");

  public Table {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("table name " + name);
    }
  }

  public static Table immutable(String name) {
    return new Table(name, Kind.IMMUTABLE);
  }

  public static Table decided(String name) {
    return new Table(name, Kind.DECIDED);
  }

  public static Table versioned(String name) {
    return new Table(name, Kind.VERSIONED);
  }

  public RowKey key(Bytes partition, Bytes sort) {
    return new RowKey(this, partition, sort);
  }

  /** The key of the only row of a partition. */
  public RowKey key(Bytes partition) {
    return new RowKey(this, partition, Bytes.EMPTY);
  }
}
