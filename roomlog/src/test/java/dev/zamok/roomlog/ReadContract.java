package dev.zamok.roomlog;

import static dev.zamok.roomlog.LogDriver.await;
import static dev.zamok.roomlog.LogDriver.room;
import static dev.zamok.roomlog.LogDriver.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.protocol.Entry;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import dev.zamok.roomlog.RoomLog.Moved;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pages of entries, and which rooms moved. */
abstract class ReadContract {
  private static final RoomId ROOM = room(1);

  private final Supplier<LogDriver> source;
  private LogDriver d;

  ReadContract(Supplier<LogDriver> source) {
    this.source = source;
  }

  @BeforeEach
  void takeDriver() {
    d = source.get();
  }

  @Test
  void everythingAfterAnEntryIsReadCompletely() {
    d.create(ROOM);
    Position a = d.say(ROOM, "a");
    d.say(ROOM, "b");
    Position c = d.say(ROOM, "c");
    Page page = d.read(ROOM, a);
    assertThat(texts(page.entries())).containsExactly("b", "c");
    assertThat(page.complete()).isTrue();
    assertThat(page.lost()).isFalse();
    assertThat(page.more()).isFalse();
    assertThat(page.head()).isEqualTo(c);
    assertThat(page.floor()).isEqualTo(Position.ZERO);
  }

  @Test
  void aRoomIsReadFromItsStart() {
    d.create(ROOM);
    d.say(ROOM, "a");
    Page page = d.read(ROOM, Position.ZERO);
    assertThat(texts(page.entries())).containsExactly("R1", "a");
    assertThat(page.complete()).isTrue();
  }

  @Test
  void nothingFollowsTheHead() {
    d.create(ROOM);
    Position head = d.say(ROOM, "a");
    Page page = d.read(ROOM, head);
    assertThat(page.entries()).isEmpty();
    assertThat(page.complete()).isTrue();
    assertThat(page.lost()).isFalse();
    assertThat(page.more()).isFalse();
  }

  @Test
  void aPositionBeyondTheHeadIsLost() {
    d.create(ROOM);
    Position head = d.say(ROOM, "a");
    Page page = d.read(ROOM, new Position(head.packed() + 1));
    assertThat(page.lost()).isTrue();
    assertThat(page.complete()).isFalse();
    assertThat(page.entries()).isEmpty();
    assertThat(page.head()).isEqualTo(head);
  }

  /** A position of another room's entry, or of one withdrawn: nobody can say what is missing. */
  @Test
  void aPositionThatIsNoEntryOfTheRoomIsNotComplete() {
    d.create(ROOM);
    RoomId other = d.neighbour(ROOM);
    d.create(other);
    d.say(ROOM, "a");
    Position foreign = d.say(other, "foreign");
    d.say(ROOM, "b");
    Page page = d.read(ROOM, foreign);
    assertThat(page.complete()).isFalse();
    assertThat(page.lost()).isFalse();
    assertThat(texts(page.entries())).containsExactly("b");
  }

  @Test
  void aPageHoldsAtMostAsManyEntriesAsAskedFor() {
    d.create(ROOM);
    for (int i = 0; i < 5; i++) {
      d.say(ROOM, "m" + i);
    }
    Page first = await(d.log.read(ROOM, Position.ZERO, 4, 1 << 20));
    assertThat(texts(first.entries())).containsExactly("R1", "m0", "m1", "m2");
    assertThat(first.more()).isTrue();
    assertThat(first.head()).isEqualTo(d.state(ROOM).head());
    Page rest = await(d.log.read(ROOM, first.entries().get(3).position(), 2, 1 << 20));
    assertThat(texts(rest.entries())).containsExactly("m3", "m4");
    assertThat(rest.more()).isFalse();
  }

  @Test
  void aPageHoldsAboutAsManyBytesAsAskedForButAtLeastOneEntry() {
    d.create(ROOM);
    Position start = d.say(ROOM, "x");
    for (int i = 0; i < 5; i++) {
      d.say(ROOM, "y".repeat(1000));
    }
    Page some = await(d.log.read(ROOM, start, 100, 2500));
    assertThat(some.entries()).hasSizeBetween(1, 3);
    assertThat(some.more()).isTrue();
    Page one = await(d.log.read(ROOM, start, 100, 0));
    assertThat(one.entries()).hasSize(1);
    assertThat(one.more()).isTrue();
  }

  @Test
  void pagesJoinWithoutGapOrOverlap() {
    d.create(ROOM);
    d.create(room(2));
    for (int i = 0; i < 100; i++) {
      d.say(i % 4 == 3 ? room(2) : ROOM, "m" + i);
    }
    List<Entry> all = new ArrayList<>();
    Position after = Position.ZERO;
    Page page;
    do {
      page = await(d.log.read(ROOM, after, 7, 1 << 20));
      assertThat(page.complete()).isTrue();
      all.addAll(page.entries());
      after = all.get(all.size() - 1).position();
    } while (page.more());
    assertThat(all).isEqualTo(d.read(ROOM, Position.ZERO).entries()).hasSize(76);
  }

  @Test
  void movedRoomsComeInTheOrderOfTheirLastEntry() {
    int partition = d.log.partitionOf(ROOM);
    List<RoomId> rooms = d.neighbours(ROOM, 3);
    d.create(rooms.get(0));
    d.create(rooms.get(1));
    Position two = d.create(rooms.get(2));
    Position one = d.say(rooms.get(1), "m");
    Position zero = d.say(rooms.get(0), "m");

    assertThat(await(d.log.moved(partition, Position.ZERO, 10)))
        .containsExactly(
            new Moved(rooms.get(2), two),
            new Moved(rooms.get(1), one),
            new Moved(rooms.get(0), zero));
    assertThat(await(d.log.moved(partition, two, 1))).containsExactly(new Moved(rooms.get(1), one));
    assertThat(await(d.log.moved(partition, zero, 10))).isEmpty();
  }

  @Test
  void aRoomWithoutEntriesHasNotMoved() {
    await(d.log.openRoom(ROOM, 1));
    assertThat(await(d.log.moved(d.log.partitionOf(ROOM), Position.ZERO, 10))).isEmpty();
  }
}
