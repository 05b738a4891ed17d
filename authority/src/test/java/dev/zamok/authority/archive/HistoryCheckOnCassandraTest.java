package dev.zamok.authority.archive;

import dev.zamok.authority.room.RoomBed;
import dev.zamok.authority.store.cassandra.CassandraConfig;
import dev.zamok.authority.store.cassandra.CassandraStore;
import dev.zamok.authority.store.cassandra.TestRing;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Repairs of {@link HistoryCheckTest}, with the rows in a ring. */
class HistoryCheckOnCassandraTest {
  @TempDir Path directory;
  private HistoryCheckTest history;

  @BeforeEach
  void open() {
    CassandraConfig config = TestRing.cleared();
    history =
        new HistoryCheckTest() {
          @Override
          RoomBed bed(Path ignored) {
            return new RoomBed(
                HistoryCheckOnCassandraTest.this.directory,
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
  void anotherEntryIsShownAndReplacedAndTheAlarmEnds() {
    history.anotherEntryIsShownAndReplacedAndTheAlarmEnds();
  }

  @Test
  void whatNoKeyOpensIsToldAndReplaced() {
    history.whatNoKeyOpensIsToldAndReplaced();
  }

  @Test
  void whereAMessageFirstCameIsPutRightWhenItDoesNotOpen() {
    history.whereAMessageFirstCameIsPutRightWhenItDoesNotOpen();
  }

  @Test
  void whatWasDeletedIsToldToStayHidden() {
    history.whatWasDeletedIsToldToStayHidden();
  }

  @Test
  void whatChangedSinceItWasLookedAtIsLeftAlone() {
    history.whatChangedSinceItWasLookedAtIsLeftAlone();
  }
}
