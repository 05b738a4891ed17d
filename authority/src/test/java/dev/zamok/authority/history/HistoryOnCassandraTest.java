package dev.zamok.authority.history;

import dev.zamok.authority.room.RoomBed;
import dev.zamok.authority.store.cassandra.CassandraConfig;
import dev.zamok.authority.store.cassandra.CassandraStore;
import dev.zamok.authority.store.cassandra.TestRing;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archive and history of {@link HistoryDeskTest}, with the rows in a ring. */
class HistoryOnCassandraTest {
  @TempDir Path directory;
  private HistoryDeskTest history;

  @BeforeEach
  void open() {
    CassandraConfig config = TestRing.cleared();
    history =
        new HistoryDeskTest() {
          @Override
          RoomBed bed(Path ignored) {
            return new RoomBed(
                HistoryOnCassandraTest.this.directory,
                (vertx, clock) -> CassandraStore.open(vertx, config, clock));
          }
        };
    history.open();
  }

  @AfterEach
  void close() {
    history.close();
  }

  @Test
  void storeAndLogAreReadAsOneInBothDirections() {
    history.storeAndLogAreReadAsOneInBothDirections();
  }

  @Test
  void newcomerCannotReadWhatWasSaidBeforeHeJoined() {
    history.newcomerCannotReadWhatWasSaidBeforeHeJoined();
  }
}
