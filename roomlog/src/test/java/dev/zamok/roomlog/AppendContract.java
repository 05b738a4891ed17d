package dev.zamok.roomlog;

import static dev.zamok.roomlog.LogDriver.ANNA;
import static dev.zamok.roomlog.LogDriver.BORIS;
import static dev.zamok.roomlog.LogDriver.await;
import static dev.zamok.roomlog.LogDriver.failure;
import static dev.zamok.roomlog.LogDriver.refused;
import static dev.zamok.roomlog.LogDriver.room;
import static dev.zamok.roomlog.LogDriver.text;
import static dev.zamok.roomlog.LogDriver.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.Entry;
import dev.zamok.protocol.EntryKind;
import dev.zamok.protocol.ErrorCode;
import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.MessageId;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.Unavailable;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Order, identity and concurrency of appends. */
abstract class AppendContract {
  private static final RoomId ROOM = room(1);

  private final Supplier<LogDriver> source;
  private LogDriver d;

  AppendContract(Supplier<LogDriver> source) {
    this.source = source;
  }

  @BeforeEach
  void takeDriver() {
    d = source.get();
  }

  @Test
  void whatWasAppendedIsReadAsItWasGiven() {
    Position created = d.create(ROOM);
    MessageId id = d.newId();
    Append append = Append.message(ROOM, BORIS, 3, 1, id, text("hello"));
    Appended appended = d.append(append);

    Entry entry = d.read(ROOM, created).entries().get(0);
    assertThat(appended.duplicate()).isFalse();
    assertThat(entry.room()).isEqualTo(ROOM);
    assertThat(entry.position()).isEqualTo(appended.position());
    assertThat(entry.previous()).isEqualTo(created);
    assertThat(entry.kind()).isEqualTo(EntryKind.MESSAGE);
    assertThat(entry.tag()).isEqualTo(BORIS);
    assertThat(entry.epoch()).isEqualTo(1);
    assertThat(entry.id()).isEqualTo(id);
    assertThat(text(entry)).isEqualTo("hello");
  }

  @Test
  void positionsGrowAndEachEntryNamesThePreviousOfItsRoom() {
    RoomId other = room(2);
    d.create(ROOM);
    d.create(other);
    for (int i = 0; i < 10; i++) {
      d.say(i % 3 == 0 ? other : ROOM, "m" + i);
    }
    for (RoomId room : List.of(ROOM, other)) {
      Position last = Position.ZERO;
      for (Entry entry : d.read(room, Position.ZERO).entries()) {
        assertThat(entry.previous()).isEqualTo(last);
        assertThat(entry.position()).isGreaterThan(last);
        last = entry.position();
      }
      assertThat(d.state(room).head()).isEqualTo(last);
    }
  }

  @Test
  void timeNeverFallsWithinARoom() {
    d.create(ROOM);
    for (int i = 0; i < 20; i++) {
      d.say(ROOM, "m" + i);
    }
    assertThat(d.read(ROOM, Position.ZERO).entries())
        .isSortedAccordingTo(Comparator.comparingLong(Entry::timeMillis));
  }

  @Test
  void appendsOfOneContextKeepTheirOrder() {
    d.create(ROOM);
    Context context = d.vertx.getOrCreateContext();
    List<String> said = new ArrayList<>();
    d.on(
        context,
        () -> {
          List<Future<Appended>> all = new ArrayList<>();
          for (int i = 0; i < 500; i++) {
            said.add("m" + i);
            all.add(d.log.append(d.message(ROOM, "m" + i)));
          }
          return Future.all(all).mapEmpty();
        });
    assertThat(
            texts(d.read(ROOM, d.read(ROOM, Position.ZERO).entries().get(0).position()).entries()))
        .isEqualTo(said);
  }

  @Test
  void futuresCompleteOnTheContextOfTheCall() {
    d.create(ROOM);
    Context context = d.vertx.getOrCreateContext();
    Context seen =
        d.on(
            context,
            () ->
                d.log
                    .append(d.message(ROOM, "m"))
                    .map(appended -> io.vertx.core.Vertx.currentContext()));
    assertThat(seen).isSameAs(context);
  }

  @Test
  void appendsFromSeveralContextsAreAllKeptOnceAndInOneOrder() {
    int contexts = 4;
    int each = 200;
    d.create(ROOM);
    d.create(room(2));
    List<Future<Void>> runs = new ArrayList<>();
    for (int c = 0; c < contexts; c++) {
      int author = c;
      runs.add(
          d.vertx
              .deployVerticle(new Chatter(d.log, author, each, List.of(ROOM, room(2))))
              .mapEmpty());
    }
    await(Future.all(runs));
    for (RoomId room : List.of(ROOM, room(2))) {
      List<Entry> entries = d.read(room, Position.ZERO).entries();
      assertThat(entries).hasSize(1 + contexts * each / 2);
      Position last = Position.ZERO;
      long[] seen = new long[contexts];
      for (Entry entry : entries) {
        assertThat(entry.previous()).isEqualTo(last);
        last = entry.position();
        if (entry.kind() == EntryKind.MESSAGE) {
          int author = (int) entry.tag().value() - 1;
          assertThat(entry.id().low()).as("order of one author").isGreaterThan(seen[author]);
          seen[author] = entry.id().low();
        }
      }
    }
  }

  @Test
  void theSameIdIsAnsweredWithTheFirstPosition() {
    d.create(ROOM);
    Append append = d.message(ROOM, "once");
    Position first = d.append(append).position();
    d.say(ROOM, "between");
    Appended again = d.append(append);
    assertThat(again).isEqualTo(new Appended(first, true));
    assertThat(texts(d.read(ROOM, Position.ZERO).entries()))
        .containsExactly("R1", "once", "between");
  }

  @Test
  void theSameIdAppendedTwiceInOneTurnIsKeptOnce() {
    d.create(ROOM);
    Append append = d.message(ROOM, "once");
    Context context = d.vertx.getOrCreateContext();
    List<Appended> answers =
        d.on(
            context,
            () -> Future.all(d.log.append(append), d.log.append(append)).map(both -> both.list()));
    assertThat(answers.get(0).position()).isEqualTo(answers.get(1).position());
    assertThat(answers).extracting(Appended::duplicate).containsExactly(false, true);
    assertThat(d.read(ROOM, Position.ZERO).entries()).hasSize(2);
  }

  @Test
  void idsBelongToTheirAuthorAndRoom() {
    d.create(ROOM);
    d.create(room(2));
    MessageId id = d.newId();
    assertThat(d.append(Append.message(ROOM, ANNA, 0, 1, id, text("a"))).duplicate()).isFalse();
    assertThat(d.append(Append.message(ROOM, BORIS, 0, 1, id, text("b"))).duplicate()).isFalse();
    assertThat(d.append(Append.message(room(2), ANNA, 0, 1, id, text("c"))).duplicate()).isFalse();
  }

  @Test
  void aKnownIdIsAnsweredBeforeAnyOtherCheck() {
    d.create(ROOM);
    Append append = d.message(ROOM, ANNA, 1, 1, "kept");
    Position position = d.append(append).position();
    d.rekey(ROOM, 2, 2);
    d.append(Append.evict(ROOM, 2, ANNA, 9, LogDriver.TOKEN, d.newId()));
    assertThat(d.append(append)).isEqualTo(new Appended(position, true));
  }

  @Test
  void aRoomWithoutStateIsUnknown() {
    refused(ErrorCode.UNKNOWN_ROOM, d.log.append(d.message(ROOM, "m")));
    refused(ErrorCode.UNKNOWN_ROOM, d.log.state(ROOM));
    refused(ErrorCode.UNKNOWN_ROOM, d.log.read(ROOM, Position.ZERO, 1, 1));
    refused(ErrorCode.UNKNOWN_ROOM, d.log.rekeys(ROOM, 0, 1));
  }

  @Test
  void aRoomOpenedWithoutARekeyTakesMessagesOfItsEpoch() {
    await(d.log.openRoom(ROOM, 0));
    d.append(Append.message(ROOM, ANNA, 0, 0, d.newId(), text("m")));
    await(d.log.openRoom(ROOM, 5));
    assertThat(d.state(ROOM).epoch()).as("opening again changes nothing").isZero();
    assertThat(await(d.log.rekeys(ROOM, 0, 10))).isEmpty();
  }

  /** Attack: an append that no entry can hold must not spoil what others append with it. */
  @Test
  void whatCannotBecomeAnEntryCannotBeAppended() {
    for (Supplier<Append> malformed :
        List.<Supplier<Append>>of(
            () -> Append.message(ROOM, ANNA, 0, 1, MessageId.NONE, text("m")),
            () -> Append.message(new RoomId(0, 1), ANNA, 0, 1, d.newId(), text("m")),
            () ->
                Append.message(
                    ROOM, ANNA, 0, 1, d.newId(), Bytes.wrap(new byte[Entry.BODY_BYTES_MAX + 1])),
            () ->
                Append.rekey(
                    ROOM,
                    1,
                    1,
                    LogDriver.TOKEN,
                    d.newId(),
                    Bytes.wrap(new byte[Entry.REKEY_BYTES_MAX + 1])))) {
      assertThatThrownBy(malformed::get).isInstanceOf(MalformedException.class);
    }
  }

  @Test
  void theLargestBodyIsKeptWhole() {
    d.create(ROOM);
    byte[] body = new byte[Entry.BODY_BYTES_MAX];
    new java.util.Random(4).nextBytes(body);
    d.append(Append.message(ROOM, ANNA, 0, 1, d.newId(), Bytes.copyOf(body)));
    assertThat(d.read(ROOM, Position.ZERO).entries().get(1).body()).isEqualTo(Bytes.wrap(body));
  }

  @Test
  void aBarrierWaitsForWhatWasAppendedBefore() {
    d.create(ROOM);
    Context context = d.vertx.getOrCreateContext();
    Append append = d.message(ROOM, "m");
    boolean there =
        d.on(
            context,
            () -> {
              Future<Appended> appended = d.log.append(append);
              return d.log
                  .barrier(d.log.partitionOf(ROOM))
                  .compose(done -> d.log.state(ROOM))
                  .compose(state -> appended.map(a -> state.head().compareTo(a.position()) >= 0));
            });
    assertThat(there).isTrue();
  }

  @Test
  void aClosedLogIsUnavailable() {
    d.create(ROOM);
    await(d.log.close());
    assertThat(failure(d.log.append(d.message(ROOM, "late")))).isInstanceOf(Unavailable.class);
    assertThat(failure(d.log.state(ROOM))).isInstanceOf(Unavailable.class);
    assertThat(failure(d.log.read(ROOM, Position.ZERO, 1, 1))).isInstanceOf(Unavailable.class);
    assertThat(failure(d.log.barrier(0))).isInstanceOf(Unavailable.class);
    assertThat(failure(d.log.follow(ROOM, new Recorder(null)))).isInstanceOf(Unavailable.class);
  }
}
