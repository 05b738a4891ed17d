package dev.zamok.roomlog.sqlite;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The row a query stands on, valid only during the call that got it. Columns count from 1.
 *
 * <p>What may be null is read with the methods that say so.
 */
public final class Row {
  private final ResultSet result;

  Row(ResultSet result) {
    this.result = result;
  }

  public int getInt(int column) {
    try {
      return result.getInt(column);
    } catch (SQLException e) {
      throw new StatementFailure(e);
    }
  }

  public long getLong(int column) {
    try {
      return result.getLong(column);
    } catch (SQLException e) {
      throw new StatementFailure(e);
    }
  }

  public String getString(int column) {
    return Objects.requireNonNull(getStringOrNull(column));
  }

  public @Nullable String getStringOrNull(int column) {
    try {
      return result.getString(column);
    } catch (SQLException e) {
      throw new StatementFailure(e);
    }
  }

  public byte[] getBytes(int column) {
    return Objects.requireNonNull(getBytesOrNull(column));
  }

  public byte @Nullable [] getBytesOrNull(int column) {
    try {
      return result.getBytes(column);
    } catch (SQLException e) {
      throw new StatementFailure(e);
    }
  }
}
