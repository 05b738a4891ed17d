package dev.zamok.app.server;

import dev.zamok.app.OwnerOnly;
import dev.zamok.app.UserError;
import dev.zamok.roomlog.RoomLog;
import dev.zamok.roomlog.local.LocalRoomLog;
import dev.zamok.roomlog.sqlite.Database;
import dev.zamok.roomlog.sqlite.DatabaseProblem;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;

/** The data directory of a one-node server, opened. */
record Stores(Database database, RoomLog log) {
  static Future<Stores> open(Vertx vertx, Path data, Clock clock) {
    OwnerOnly.directory(data);
    return Database.open(vertx, Database.Options.in(data))
        .compose(database -> open(vertx, database, clock))
        .recover(Stores::explain);
  }

  private static Future<Stores> open(Vertx vertx, Database database, Clock clock) {
    return LocalRoomLog.open(vertx, database, clock)
        .map(log -> new Stores(database, log))
        .recover(failure -> database.close().transform(closed -> Future.failedFuture(failure)));
  }

  /** A problem with the files is the administrator's to mend, and says how. */
  private static Future<Stores> explain(Throwable failure) {
    return Future.failedFuture(
        failure instanceof DatabaseProblem problem
            ? new UserError(String.valueOf(problem.getMessage()))
            : failure);
  }

  /** Closes, then fails with what kept the server from starting. */
  <T> Future<T> giveUp(Throwable failure) {
    return close().transform(closed -> Future.failedFuture(failure));
  }

  Future<Void> close() {
    return log.close().eventually(database::close);
  }
}
