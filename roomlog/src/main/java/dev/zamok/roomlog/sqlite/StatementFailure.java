package dev.zamok.roomlog.sqlite;

import java.sql.SQLException;

/** What the driver threw, so that nobody outside this package must know the driver. */
final class StatementFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final SQLException failure;

  StatementFailure(SQLException failure) {
    super(failure.getMessage(), failure);
    this.failure = failure;
  }

  SQLException failure() {
    return failure;
  }
}
