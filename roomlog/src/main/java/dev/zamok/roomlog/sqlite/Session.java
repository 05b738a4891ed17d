package dev.zamok.roomlog.sqlite;

import dev.zamok.protocol.Bytes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One connection inside one transaction, handed to a job and valid only while it runs.
 *
 * <p>Statements are prepared once and kept. Values are always bound: give {@code String}, {@code
 * Integer}, {@code Long}, {@code byte[]}, {@link Bytes} or null. A statement must not be run again
 * while its own rows are still being read. Not thread-safe.
 */
public final class Session {
  /** Far more than the statements of all components together. */
  private static final int STATEMENTS_MAX = 256;

  private final Connection connection;
  private final Map<String, PreparedStatement> statements = new LinkedHashMap<>(64, 0.75f, true);

  Session(Connection connection) {
    this.connection = connection;
  }

  /** Reads one row. */
  @FunctionalInterface
  public interface Mapper<R> {
    R map(Row row);
  }

  /** Takes one row. */
  @FunctionalInterface
  public interface Reader {
    void read(Row row);
  }

  /** Yields the number of rows changed. */
  public int update(String sql, @Nullable Object... values) {
    try {
      return bound(sql, values).executeUpdate();
    } catch (SQLException e) {
      throw new StatementFailure(e);
    }
  }

  public <R> List<R> query(String sql, Mapper<R> mapper, @Nullable Object... values) {
    List<R> rows = new ArrayList<>();
    each(sql, row -> rows.add(mapper.map(row)), values);
    return rows;
  }

  /** The first row, if any. */
  public <R> Optional<R> first(String sql, Mapper<R> mapper, @Nullable Object... values) {
    try (ResultSet result = bound(sql, values).executeQuery()) {
      return result.next() ? Optional.of(mapper.map(new Row(result))) : Optional.empty();
    } catch (SQLException e) {
      throw new StatementFailure(e);
    }
  }

  /** Reads all rows one after the other, without holding them in memory. */
  public void each(String sql, Reader reader, @Nullable Object... values) {
    try (ResultSet result = bound(sql, values).executeQuery()) {
      Row row = new Row(result);
      while (result.next()) {
        reader.read(row);
      }
    } catch (SQLException e) {
      throw new StatementFailure(e);
    }
  }

  /**
   * Returns pages that deletions freed to the file system, at most {@code pagesMax} of them, once
   * more than {@code pagesKept} are free. A page is 4 KiB. Writers only.
   */
  public void shrink(int pagesKept, int pagesMax) {
    int free = first("PRAGMA freelist_count", row -> row.getInt(1)).orElse(0);
    if (free > pagesKept) {
      execute("PRAGMA incremental_vacuum(" + Math.min(pagesMax, free - pagesKept) + ")");
    }
  }

  /** For schema changes and pragmas: not kept, its rows dropped. */
  void execute(String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    } catch (SQLException e) {
      throw new StatementFailure(e);
    }
  }

  void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new StatementFailure(e);
    }
  }

  private PreparedStatement bound(String sql, @Nullable Object... values) throws SQLException {
    PreparedStatement statement = prepared(sql);
    for (int i = 0; i < values.length; i++) {
      Object value = values[i];
      if (value == null) {
        statement.setNull(i + 1, java.sql.Types.NULL);
      } else if (value instanceof Long number) {
        statement.setLong(i + 1, number);
      } else if (value instanceof Integer number) {
        statement.setInt(i + 1, number);
      } else if (value instanceof String text) {
        statement.setString(i + 1, text);
      } else if (value instanceof byte[] array) {
        statement.setBytes(i + 1, array);
      } else if (value instanceof Bytes bytes) {
        statement.setBytes(i + 1, bytes.toByteArray());
      } else {
        throw new IllegalArgumentException("cannot bind a " + value.getClass().getSimpleName());
      }
    }
    return statement;
  }

  private PreparedStatement prepared(String sql) throws SQLException {
    PreparedStatement known = statements.get(sql);
    if (known != null) {
      return known;
    }
    if (statements.size() >= STATEMENTS_MAX) {
      var eldest = statements.entrySet().iterator();
      eldest.next().getValue().close();
      eldest.remove();
    }
    PreparedStatement statement = connection.prepareStatement(sql);
    statements.put(sql, statement);
    return statement;
  }
}
