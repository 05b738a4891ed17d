package dev.zamok.roomlog;

import static dev.zamok.roomlog.LogDriver.ANNA;
import static dev.zamok.roomlog.LogDriver.TOKEN;
import static dev.zamok.roomlog.LogDriver.await;
import static dev.zamok.roomlog.LogDriver.refused;
import static dev.zamok.roomlog.LogDriver.room;
import static dev.zamok.roomlog.LogDriver.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.protocol.Entry;
import dev.zamok.protocol.ErrorCode;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Archiving and trimming. */
abstract class TrimContract {
  private static final RoomId ROOM = room(1);

  private final Supplier<LogDriver> source;
  private LogDriver d;

  TrimContract(Supplier<LogDriver> source) {
    this.source = source;
  }

  @BeforeEach
  void takeDriver() {
    d = source.get();
  }

  @Test
  void trimmedEntriesAreGoneAndTheFloorIsTheLastOfThem() {
    d.create(ROOM);
    Position a = d.say(ROOM, "a");
    Position b = d.say(ROOM, "b");
    d.say(ROOM, "c");
    d.trim(ROOM, b);
    assertThat(d.state(ROOM).floor()).isEqualTo(b);
    assertThat(d.state(ROOM).archived()).isEqualTo(b);

    Page fromFloor = d.read(ROOM, b);
    assertThat(texts(fromFloor.entries())).containsExactly("c");
    assertThat(fromFloor.complete()).as("who has the floor missed nothing").isTrue();
    assertThat(fromFloor.floor()).isEqualTo(b);

    for (Position before : List.of(Position.ZERO, a)) {
      Page page = d.read(ROOM, before);
      assertThat(page.complete()).as("something is missing").isFalse();
      assertThat(texts(page.entries())).containsExactly("c");
    }
  }

  @Test
  void aCutBetweenTwoEntriesKeepsTheLater() {
    d.create(ROOM);
    RoomId other = d.neighbour(ROOM);
    d.create(other);
    Position a = d.say(ROOM, "a");
    Position between = d.say(other, "x");
    d.say(ROOM, "b");
    d.trim(ROOM, between);
    assertThat(d.state(ROOM).floor()).isEqualTo(a);
    assertThat(texts(d.read(ROOM, a).entries())).containsExactly("b");
    assertThat(texts(d.read(other, Position.ZERO).entries()))
        .as("another room keeps its entries")
        .containsExactly("R1", "x");
  }

  @Test
  void whatIsNotArchivedIsNotTrimmed() {
    d.create(ROOM);
    Position a = d.say(ROOM, "a");
    Position b = d.say(ROOM, "b");
    d.archive(ROOM, a);
    refused(ErrorCode.FENCED, d.log.trim(TOKEN, ROOM, b, false));
    assertThat(d.read(ROOM, Position.ZERO).entries()).hasSize(3);
    await(d.log.trim(TOKEN, ROOM, a, false));
    assertThat(texts(d.read(ROOM, a).entries())).containsExactly("b");
  }

  @Test
  void aLogWithoutAnArchiveTrimsWhatIsNotArchived() {
    d.create(ROOM);
    Position a = d.say(ROOM, "a");
    d.say(ROOM, "b");
    await(d.log.trim(TOKEN, ROOM, a, true));
    assertThat(d.state(ROOM).floor()).isEqualTo(a);
    assertThat(d.state(ROOM).archived()).isEqualTo(Position.ZERO);
  }

  @Test
  void nothingBeyondTheHeadIsArchivedOrTrimmed() {
    d.create(ROOM);
    Position beyond = new Position(d.state(ROOM).head().packed() + 1);
    refused(ErrorCode.FENCED, d.log.archived(TOKEN, ROOM, beyond));
    refused(ErrorCode.FENCED, d.log.trim(TOKEN, ROOM, beyond, true));
    refused(ErrorCode.UNKNOWN_ROOM, d.log.archived(TOKEN, room(9), Position.ZERO));
    refused(ErrorCode.UNKNOWN_ROOM, d.log.trim(TOKEN, room(9), Position.ZERO, true));
  }

  @Test
  void archivedAndFloorNeverGoBack() {
    d.create(ROOM);
    Position a = d.say(ROOM, "a");
    Position b = d.say(ROOM, "b");
    d.trim(ROOM, b);
    d.archive(ROOM, a);
    await(d.log.trim(TOKEN, ROOM, a, false));
    assertThat(d.state(ROOM).archived()).isEqualTo(b);
    assertThat(d.state(ROOM).floor()).isEqualTo(b);
  }

  @Test
  void anIdIsKnownAsLongAsItsEntryIsInTheLog() {
    d.create(ROOM);
    Append a = d.message(ROOM, "a");
    Append b = d.message(ROOM, "b");
    Position first = d.append(a).position();
    Position second = d.append(b).position();
    d.trim(ROOM, first);
    assertThat(d.append(b)).isEqualTo(new Appended(second, true));
    Appended again = d.append(a);
    assertThat(again.duplicate()).isFalse();
    assertThat(again.position()).isGreaterThan(second);
  }

  @Test
  void theStateOfARoomSurvivesTrimmingAllItsEntries() {
    d.create(ROOM);
    d.rekey(ROOM, 2, 2);
    d.append(Append.evict(ROOM, 2, ANNA, 5, TOKEN, d.newId()));
    Position head = d.append(d.message(ROOM, LogDriver.BORIS, 0, 2, "last")).position();
    d.trim(ROOM, head);

    assertThat(d.state(ROOM)).isEqualTo(new RoomState(head, 2, 2, head, head, Map.of(ANNA, 5)));
    assertThat(d.read(ROOM, head).complete()).isTrue();
    assertThat(d.read(ROOM, head).entries()).isEmpty();
    assertThat(d.read(ROOM, Position.ZERO).complete()).isFalse();
    refused(ErrorCode.EVICTED, d.log.append(d.message(ROOM, ANNA, 4, 2, "out")));
    refused(ErrorCode.STALE_EPOCH, d.log.append(d.message(ROOM, ANNA, 5, 1, "old")));

    d.append(d.message(ROOM, ANNA, 5, 2, "next"));
    Entry next = d.read(ROOM, head).entries().get(0);
    assertThat(next.previous()).isEqualTo(head);
  }

  @Test
  void theNewestRekeyIsKeptWhenItsEntryIsTrimmed() {
    d.create(ROOM);
    Position second = d.rekey(ROOM, 2, 1);
    d.trim(ROOM, second);
    assertThat(texts(await(d.log.rekeys(ROOM, 0, 10)))).containsExactly("R2");
    assertThat(texts(await(d.log.rekeys(ROOM, 1, 10)))).containsExactly("R2");
  }

  @Test
  void rekeysWithSomeGoneFromTheLogAreAnsweredWithTheNewest() {
    Position first = d.create(ROOM);
    d.rekey(ROOM, 2, 1);
    d.rekey(ROOM, 3, 1);
    d.trim(ROOM, first);
    assertThat(texts(await(d.log.rekeys(ROOM, 0, 10)))).as("R1 is gone").containsExactly("R3");
    assertThat(texts(await(d.log.rekeys(ROOM, 1, 10)))).containsExactly("R2", "R3");
  }

  @Test
  void aRekeyThatWasTheNewestWhenTrimmedIsGoneOnceThereIsANewerOne() {
    d.create(ROOM);
    Position second = d.rekey(ROOM, 2, 1);
    d.trim(ROOM, second);
    d.rekey(ROOM, 3, 1);
    assertThat(texts(await(d.log.rekeys(ROOM, 1, 10)))).as("R2 is gone").containsExactly("R3");
    assertThat(texts(await(d.log.rekeys(ROOM, 2, 10)))).containsExactly("R3");
  }

  @Test
  void trimmingBitByBitLeavesTheRestReadable() {
    d.create(ROOM);
    d.create(room(2));
    List<Position> positions = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      positions.add(d.say(ROOM, "m" + i));
      d.say(room(2), "x" + i);
    }
    for (int i = 9; i < 60; i += 10) {
      d.trim(ROOM, positions.get(i));
      List<Entry> left = d.read(ROOM, positions.get(i)).entries();
      assertThat(left)
          .extracting(Entry::position)
          .isEqualTo(positions.subList(i + 1, positions.size()));
    }
    assertThat(d.read(room(2), Position.ZERO).entries()).hasSize(61);
  }
}
