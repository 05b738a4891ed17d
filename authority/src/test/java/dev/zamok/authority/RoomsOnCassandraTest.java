package dev.zamok.authority;

import dev.zamok.authority.store.cassandra.CassandraConfig;
import dev.zamok.authority.store.cassandra.CassandraStore;
import dev.zamok.authority.store.cassandra.TestRing;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Some of {@link RoomsOverHttpTest}, by the same authority with its rows in a ring. */
class RoomsOnCassandraTest {
  @TempDir Path directory;
  private RoomsOverHttpTest rooms;

  @BeforeEach
  void start() {
    CassandraConfig config = TestRing.cleared();
    rooms =
        new RoomsOverHttpTest() {
          @Override
          Node node(Path ignored) {
            return new Node(RoomsOnCassandraTest.this.directory)
                .withStore((vertx, clock) -> CassandraStore.open(vertx, config, clock));
          }
        };
    rooms.start();
  }

  @AfterEach
  void stop() {
    rooms.stop();
  }

  @Test
  void privateRoomIsMadeReadAndExtendedByItsChain() {
    rooms.privateRoomIsMadeReadAndExtendedByItsChain();
  }

  @Test
  void whatWasSaidIsReadBackInBothDirections() {
    rooms.whatWasSaidIsReadBackInBothDirections();
  }

  @Test
  void roomsAndTheirKeysSurviveARestart() {
    rooms.roomsAndTheirKeysSurviveARestart();
  }

  @Test
  void revokedDeviceBringsNewKeysToAllRooms() {
    rooms.revokedDeviceBringsNewKeysToAllRooms();
  }
}
