package dev.zamok.roomlog.local;

import static dev.zamok.roomlog.LogDriver.await;
import static dev.zamok.roomlog.LogDriver.room;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.protocol.Entry;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import dev.zamok.roomlog.Append;
import dev.zamok.roomlog.Appended;
import dev.zamok.roomlog.LogDriver;
import dev.zamok.roomlog.Page;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log that nobody archives keeps a window by itself. The timer never comes in these tests. */
class LocalRoomLogSelfTrimTest {
  private static final RoomId ROOM = room(1);
  private static final long MINUTE = 60_000;
  private static final HotWindow WINDOW =
      new HotWindow(Duration.ofMinutes(10), 3, 1 << 20, Duration.ofDays(1));

  @TempDir Path directory;
  private Store store;
  private long now = 1_000_000;

  @AfterEach
  void close() {
    store.close();
  }

  private LogDriver open(Limits limits, HotWindow window) {
    store = new Store(directory, limits);
    log().trimUnarchived(window);
    return store.driver();
  }

  private LocalRoomLog log() {
    return (LocalRoomLog) store.driver().log;
  }

  private void after(long millis) {
    now += millis;
    store.clock.set(now);
    await(log().trimNow());
  }

  private List<Position> say(RoomId room, int times) {
    List<Position> said = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      said.add(store.driver().say(room, "m" + i));
    }
    return said;
  }

  private List<Position> left(RoomId room) {
    return store.driver().read(room, Position.ZERO).entries().stream()
        .map(Entry::position)
        .toList();
  }

  @Test
  void youngEntriesStayAndOfOldOnesTheNewest() {
    LogDriver d = open(Limits.DEFAULT, WINDOW);
    d.create(ROOM);
    List<Position> old = say(ROOM, 5);
    after(0);
    after(9 * MINUTE);
    List<Position> young = say(ROOM, 4);
    after(0);
    assertThat(left(ROOM)).as("nothing is old").hasSize(10);

    after(MINUTE);
    List<Position> expected = new ArrayList<>(old.subList(2, 5));
    expected.addAll(young);
    assertThat(left(ROOM)).isEqualTo(expected);

    after(9 * MINUTE);
    assertThat(left(ROOM)).isEqualTo(young.subList(1, 4));
    after(100 * MINUTE);
    assertThat(left(ROOM)).as("a quiet room keeps its last ones").isEqualTo(young.subList(1, 4));
  }

  @Test
  void ofOldEntriesNoMoreBytesStayThanTheWindowSays() {
    LogDriver d =
        open(
            Limits.DEFAULT,
            new HotWindow(Duration.ofMinutes(10), 1_000, 1_000, Duration.ofDays(1)));
    d.create(ROOM);
    List<Position> said = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      said.add(d.say(ROOM, "x".repeat(400)));
    }
    after(0);
    after(10 * MINUTE);
    assertThat(left(ROOM)).isEqualTo(said.subList(3, 5));
  }

  @Test
  void whoMissedWhatWasTrimmedIsToldSoAndTheOthersAreComplete() {
    LogDriver d = open(Limits.DEFAULT, WINDOW);
    d.create(ROOM);
    List<Position> said = say(ROOM, 6);
    after(0);
    after(10 * MINUTE);
    Page lacking = d.read(ROOM, said.get(0));
    assertThat(lacking.complete()).isFalse();
    assertThat(d.read(ROOM, said.get(2)).complete()).isTrue();
    assertThat(d.read(ROOM, said.get(4)).complete()).isTrue();
  }

  @Test
  void marksOfABusyRoomStayFewAndNothingLeavesTooEarly() {
    LogDriver d = open(Limits.DEFAULT, WINDOW);
    d.create(ROOM);
    List<Position> said = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      said.add(d.say(ROOM, "m" + i));
      after(10_000);
    }
    // 20 minutes in steps of 10 s: 60 are young, up to 6 count as young for a minute more, 3 stay
    assertThat(left(ROOM).size()).isBetween(63, 70);
    assertThat(left(ROOM)).endsWith(said.get(119));
  }

  @Test
  void aLogThatIsHalfFullKeepsLessInsteadOfRefusing() {
    LogDriver d = open(new Limits(1 << 20, 40, 1 << 20, 0, 1000), WINDOW);
    d.create(ROOM);
    d.create(room(2));
    List<Position> said = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      said.add(d.say(ROOM, "m" + i));
      after(1);
    }
    assertThat(left(ROOM)).hasSizeLessThan(25).endsWith(said.get(99));
    assertThat(left(room(2))).as("its only entry").hasSize(1);
  }

  private static final HotWindow WIDE =
      new HotWindow(Duration.ofMinutes(10), 1_000, 1 << 20, Duration.ofDays(1));
  private static final Limits FEW_BYTES = new Limits(100_000, 1 << 20, 1 << 20, 0, 1_000);

  private void sayMuch(int fromRoom, int toRoom, int times) {
    for (int i = 0; i < times; i++) {
      for (int room = fromRoom; room < toRoom; room++) {
        store.driver().say(room(room), "x".repeat(400));
      }
    }
  }

  private void create(int fromRoom, int toRoom) {
    for (int room = fromRoom; room < toRoom; room++) {
      store.driver().create(room(room));
    }
  }

  /** Fault: every room kept what bytes one may keep, and all together more than the log takes. */
  @Test
  void manyRoomsThatKeepFewEntriesOfManyBytesDoNotFillTheLog() {
    open(FEW_BYTES, WIDE);
    create(0, 40);
    for (int i = 0; i < 10; i++) {
      sayMuch(0, 40, 1);
      after(1);
    }
    for (int room = 0; room < 40; room++) {
      assertThat(left(room(room))).isNotEmpty().hasSizeLessThan(4);
    }
  }

  @Test
  void quietRoomsGiveMoreWhenNewOnesComeToAFullLog() {
    open(FEW_BYTES, WIDE);
    create(0, 10);
    sayMuch(0, 10, 13);
    after(1);
    assertThat(left(room(0))).hasSizeBetween(3, 6);
    create(10, 30);
    sayMuch(10, 30, 4);
    after(1);
    assertThat(left(room(0))).hasSize(1);
    assertThat(left(room(29))).hasSize(1);
  }

  @Test
  void moreRoomsThanOneCommitTakesAreAllTrimmed() {
    LogDriver d = open(Limits.DEFAULT, new HotWindow(Duration.ZERO, 0, 0, Duration.ofDays(1)));
    for (int i = 0; i < 450; i++) {
      d.create(room(i));
    }
    after(0);
    for (int i = 0; i < 450; i++) {
      assertThat(left(room(i))).isEmpty();
    }
    assertThat(store.chunks()).isZero();
  }

  @Test
  void anIdIsKnownAsLongAsItsEntryStays() {
    LogDriver d = open(Limits.DEFAULT, WINDOW);
    d.create(ROOM);
    Append append = d.message(ROOM, "once");
    Position position = d.append(append).position();
    say(ROOM, 2);
    after(0);
    after(10 * MINUTE);
    assertThat(d.append(append)).isEqualTo(new Appended(position, true));
  }

  @Test
  void whatWasTrimmedStaysAwayAfterARestartAndAgeCountsAnew() {
    LogDriver d = open(Limits.DEFAULT, WINDOW);
    d.create(ROOM);
    List<Position> said = say(ROOM, 6);
    after(0);
    after(10 * MINUTE);
    assertThat(left(ROOM)).isEqualTo(said.subList(3, 6));
    store.reopen();
    log().trimUnarchived(WINDOW);
    say(ROOM, 4);
    after(0);
    assertThat(left(ROOM)).hasSize(7);
    after(10 * MINUTE);
    assertThat(left(ROOM)).hasSize(3);
  }
}
