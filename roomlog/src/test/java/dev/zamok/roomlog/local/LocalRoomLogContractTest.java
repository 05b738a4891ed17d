package dev.zamok.roomlog.local;

import dev.zamok.roomlog.RoomLog;
import dev.zamok.roomlog.RoomLogContractTest;
import dev.zamok.roomlog.sqlite.Database;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.io.TempDir;

class LocalRoomLogContractTest extends RoomLogContractTest {
  @TempDir Path directory;
  private Database database;

  @Override
  protected Future<? extends RoomLog> open(Vertx vertx) {
    return Database.open(vertx, Database.Options.in(directory))
        .compose(
            opened -> {
              database = opened;
              return LocalRoomLog.open(vertx, opened, Clock.systemUTC());
            });
  }

  @Override
  protected Future<Void> release() {
    return database.close();
  }
}
