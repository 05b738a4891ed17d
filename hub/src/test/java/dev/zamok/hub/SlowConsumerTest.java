package dev.zamok.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.hub.limit.HubLimits;
import dev.zamok.hub.metrics.Counter;
import dev.zamok.hub.room.MemoryRoomLog;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.Entry;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.frame.HubFrame;
import dev.zamok.roomlog.Append;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Clients that do not read as fast as the others talk. */
class SlowConsumerTest {
  private static final int ENTRIES = 4_000;
  private static final int ENTRY_BYTES = 2_000;

  private HubFixture fixture = new HubFixture();

  @AfterEach
  void end() throws Exception {
    fixture.close();
  }

  /** No memory of recent entries, and hours until silence matters. */
  private void withoutRing() throws Exception {
    fixture.close();
    HubLimits.Times times = HubLimits.Times.defaults();
    HubLimits.Times patient =
        new HubLimits.Times(
            times.upgrade(),
            times.hello(),
            Duration.ofHours(1),
            times.stuck(),
            times.closing(),
            times.logOutage());
    HubLimits.Sizes sizes = new HubLimits.Sizes(65_536, 262_144, 65_536, 16_384, 0, 0);
    fixture =
        new HubFixture(config -> config.withLimits(HubLimits.defaults().with(sizes).with(patient)));
  }

  private void talk(RoomId room, int from, int to) {
    for (int i = from; i <= to; i++) {
      fixture.log.appendNow(
          Append.message(
              room, MemberTag.NONE, 0, 0, MemoryRoomLog.id(i), Bytes.wrap(new byte[ENTRY_BYTES])));
    }
  }

  /** Reads entries until it has {@code last}, every one in its turn. */
  private static void readAll(TestClient client, List<Entry> entries) throws Exception {
    for (Entry expected : entries) {
      assertThat(client.entry().position()).isEqualTo(expected.position());
    }
  }

  private void slowIsCaughtUp() throws Exception {
    RoomId room = fixture.room(1);
    TestClient slow = fixture.member(1, room);
    TestClient quick = fixture.member(2, room);
    slow.join(room);
    quick.join(room);
    for (int i = 0; i < ENTRIES; i += 500) {
      talk(room, i + 1, i + 500);
      // all of it, while the slow one reads nothing
      readAll(quick, fixture.log.entries(room).subList(i, i + 500));
    }
    // its loop may be behind the one of the quick client
    HubFixture.until(() -> fixture.hub.metrics().value(Counter.SLOW) > 0);
    readAll(slow, fixture.log.entries(room));
    talk(room, ENTRIES + 1, ENTRIES + 1);
    readAll(slow, fixture.log.entries(room).subList(ENTRIES, ENTRIES + 1));
    slow.ping();
  }

  @Test
  void slowClientIsCaughtUpAndLosesNothingWhileOthersAreNotDelayed() throws Exception {
    slowIsCaughtUp();
    // what was longer ago than the ring reaches came from the log
    assertThat(fixture.hub.metrics().value(Counter.CATCH_UPS_LOG)).isPositive();
    assertThat(fixture.hub.metrics().value(Counter.CATCH_UPS_RING)).isPositive();
  }

  @Test
  void slowClientIsCaughtUpFromTheLogAlone() throws Exception {
    withoutRing();
    slowIsCaughtUp();
  }

  @Test
  void slowClientIsToldOfTheGapWhenTheLogHasForgotten() throws Exception {
    withoutRing();
    RoomId room = fixture.room(1);
    TestClient slow = fixture.member(1, room);
    slow.join(room);
    talk(room, 1, ENTRIES);
    HubFixture.until(() -> fixture.hub.metrics().value(Counter.SLOW) > 0);
    List<Entry> all = fixture.log.entries(room);
    Position floor = all.get(ENTRIES - 10).position();
    fixture.log.forget(room, floor);
    Position last = Position.ZERO;
    HubFrame frame = slow.next();
    while (frame instanceof HubFrame.Entry entry) {
      assertThat(entry.entry().previous()).isEqualTo(last);
      last = entry.entry().position();
      frame = slow.next();
    }
    assertThat(frame).isEqualTo(new HubFrame.Gap(room, last, floor));
    readAll(slow, all.subList(ENTRIES - 9, ENTRIES));
    slow.ping();
  }

  @Test
  void whoCannotBeCaughtUpWhileTheLogIsAwayIsClosed() throws Exception {
    withoutRing();
    RoomId room = fixture.room(1);
    TestClient slow = fixture.member(1, room);
    slow.join(room);
    talk(room, 1, ENTRIES);
    HubFixture.until(() -> fixture.hub.metrics().value(Counter.SLOW) > 0);
    fixture.log.failing(true);
    AtomicInteger code = new AtomicInteger();
    Thread reader =
        new Thread(
            () -> {
              try {
                code.set(slow.closeCode());
              } catch (java.io.IOException e) {
                code.set(-1);
              }
            });
    reader.start();
    // it is tried again each real second; a hundred of them would be too many for ten of the clock
    HubFixture.until(
        () -> {
          fixture.advance(Duration.ofMillis(50));
          return code.get() != 0;
        });
    reader.join();
    assertThat(code.get()).isEqualTo(4010);
  }

  @Test
  void whoIsStuckForHalfAMinuteIsClosed() throws Exception {
    RoomId room = fixture.room(1);
    TestClient stuck = fixture.member(1, room);
    TestClient quick = fixture.member(2, room);
    stuck.join(room);
    quick.join(room);
    talk(room, 1, ENTRIES);
    readAll(quick, fixture.log.entries(room));
    HubFixture.until(() -> fixture.hub.metrics().value(Counter.SLOW) > 0);
    fixture.advance(Duration.ofSeconds(29));
    quick.ping();
    assertThat(fixture.hub.metrics().closes(dev.zamok.protocol.frame.CloseCode.TOO_SLOW)).isZero();
    // what the sockets still took may have been progress: from then on it counts
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (fixture.hub.metrics().closes(dev.zamok.protocol.frame.CloseCode.TOO_SLOW) == 0) {
      assertThat(System.nanoTime()).isLessThan(end);
      fixture.advance(Duration.ofSeconds(1));
      quick.ping();
      TimeUnit.MILLISECONDS.sleep(200);
    }
    assertThat(fixture.hub.metrics().closes(dev.zamok.protocol.frame.CloseCode.TOO_SLOW)).isOne();
    // what was queued for it comes first, and that is bounded
    assertThat(stuck.closeCode()).isEqualTo(4008);
    quick.ping();
  }
}
