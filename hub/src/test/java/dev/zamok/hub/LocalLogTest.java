package dev.zamok.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.hub.limit.Time;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.frame.HubFrame;
import dev.zamok.roomlog.local.LocalRoomLog;
import dev.zamok.roomlog.sqlite.Database;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The hub on the durable local log. */
class LocalLogTest {
  @TempDir Path directory;

  @Test
  void messagesSurviveTheServerAndAResumeBringsThemAll() throws Exception {
    TestTime clock = new TestTime();
    TestTickets tickets = new TestTickets();
    RoomId room = TestTickets.room(1);
    String ticket = tickets.sign(1, room);
    Position seen = Position.ZERO;
    for (int life = 0; life < 2; life++) {
      Vertx vertx = Vertx.vertx();
      Database database = HubFixture.await(Database.open(vertx, Database.Options.in(directory)));
      LocalRoomLog log = HubFixture.await(LocalRoomLog.open(vertx, database, Clock.systemUTC()));
      HubFixture.await(log.openRoom(room, 0));
      Time time = clock.time();
      Hub hub = HubFixture.await(Hub.start(vertx, HubFixture.config(), log, tickets.keys(), time));
      try (TestClient ann = TestClient.admitted(hub.port(), ticket);
          TestClient ben = TestClient.admitted(hub.port(), ticket)) {
        HubFrame.Joined joined = ann.join(room, seen, 0);
        assertThat(joined.recovery()).isEqualTo(HubFrame.Recovery.COMPLETE);
        if (life > 0) {
          for (int i = 10; i < 50; i++) {
            assertThat(ann.text()).isEqualTo("message " + i);
          }
        }
        ben.join(room);
        for (int i = 0; i < 50; i++) {
          ben.publish(room, 1 + i + 50L * life, "message " + i);
        }
        for (int i = 0; i < 50; i++) {
          HubFrame.Entry entry = ann.await(HubFrame.Entry.class);
          assertThat(entry.entry().body()).isEqualTo(TestClient.bytes("message " + i));
          if (i == 9 && life == 0) {
            seen = entry.entry().position();
          }
        }
      }
      HubFixture.await(hub.close());
      HubFixture.await(log.close());
      HubFixture.await(database.close());
      HubFixture.await(vertx.close());
    }
  }
}
