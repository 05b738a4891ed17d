package dev.zamok.roomlog;

import static dev.zamok.roomlog.LogDriver.ANNA;
import static dev.zamok.roomlog.LogDriver.BORIS;
import static dev.zamok.roomlog.LogDriver.TOKEN;
import static dev.zamok.roomlog.LogDriver.await;
import static dev.zamok.roomlog.LogDriver.refused;
import static dev.zamok.roomlog.LogDriver.room;
import static dev.zamok.roomlog.LogDriver.text;
import static dev.zamok.roomlog.LogDriver.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.Entry;
import dev.zamok.protocol.EntryKind;
import dev.zamok.protocol.ErrorCode;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.MessageId;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.Unavailable;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Epochs, evictions and leases. */
abstract class AuthorityContract {
  private static final RoomId ROOM = room(1);

  private final Supplier<LogDriver> source;
  private LogDriver d;

  AuthorityContract(Supplier<LogDriver> source) {
    this.source = source;
  }

  @BeforeEach
  void takeDriver() {
    d = source.get();
  }

  @Test
  void aFirstRekeyCreatesTheRoom() {
    Position position = d.create(ROOM);
    assertThat(d.state(ROOM))
        .isEqualTo(new RoomState(position, 1, 1, Position.ZERO, Position.ZERO, Map.of()));
    Entry rekey = d.read(ROOM, Position.ZERO).entries().get(0);
    assertThat(rekey.kind()).isEqualTo(EntryKind.REKEY);
    assertThat(rekey.epoch()).isEqualTo(1);
    assertThat(rekey.tag()).isEqualTo(MemberTag.NONE);
    assertThat(rekey.previous()).isEqualTo(Position.ZERO);
  }

  @Test
  void aLaterRekeyDoesNotCreateARoom() {
    refused(
        ErrorCode.UNKNOWN_ROOM,
        d.log.append(Append.rekey(ROOM, 2, 1, TOKEN, d.newId(), text("R2"))));
    refused(ErrorCode.UNKNOWN_ROOM, d.log.append(Append.evict(ROOM, 0, ANNA, 1, TOKEN, d.newId())));
  }

  @Test
  void onlyAcceptedEpochsMayBeUsed() {
    d.create(ROOM);
    d.rekey(ROOM, 2, 2);
    d.rekey(ROOM, 3, 2);
    refused(ErrorCode.STALE_EPOCH, d.log.append(d.message(ROOM, ANNA, 0, 1, "closed")));
    d.append(d.message(ROOM, ANNA, 0, 2, "old but accepted"));
    d.append(d.message(ROOM, ANNA, 0, 3, "current"));
    refused(ErrorCode.STALE_EPOCH, d.log.append(d.message(ROOM, ANNA, 0, 4, "not yet")));
    refused(ErrorCode.STALE_EPOCH, d.log.append(d.hint(ROOM, 1)));
    d.append(d.hint(ROOM, 2));
  }

  @Test
  void aRekeyGovernsWhatIsAppendedAfterItInTheSameTurn() {
    d.create(ROOM);
    Context context = d.vertx.getOrCreateContext();
    Append before = d.message(ROOM, "before");
    Append rekey = Append.rekey(ROOM, 2, 2, TOKEN, d.newId(), text("R2"));
    Append after = d.message(ROOM, "after");
    List<Boolean> succeeded =
        d.on(
            context,
            () ->
                Future.all(
                        Stream.of(before, rekey, after)
                            .map(append -> d.log.append(append).map(true).otherwise(false))
                            .toList())
                    .map(all -> all.<Boolean>list()));
    assertThat(succeeded).containsExactly(true, true, false);
    assertThat(texts(d.read(ROOM, Position.ZERO).entries())).containsExactly("R1", "before", "R2");
  }

  @Test
  void closingEndsTheGraceOfOldEpochs() {
    d.create(ROOM);
    d.rekey(ROOM, 2, 1);
    d.append(d.message(ROOM, ANNA, 0, 1, "in grace"));
    d.append(Append.close(ROOM, 2, 2, TOKEN, d.newId()));
    refused(ErrorCode.STALE_EPOCH, d.log.append(d.message(ROOM, ANNA, 0, 1, "too late")));
    assertThat(d.state(ROOM).minEpoch()).isEqualTo(2);
    assertThat(d.state(ROOM).epoch()).isEqualTo(2);
  }

  /** Attack: replaying a weak rekey must not bring a closed epoch back. */
  @Test
  void aClosedEpochIsNeverAcceptedAgain() {
    d.create(ROOM);
    d.rekey(ROOM, 2, 2);
    d.rekey(ROOM, 3, 1);
    d.append(Append.close(ROOM, 3, 1, TOKEN, d.newId()));
    assertThat(d.state(ROOM).minEpoch()).isEqualTo(2);
    refused(ErrorCode.STALE_EPOCH, d.log.append(d.message(ROOM, ANNA, 0, 1, "closed")));
  }

  @Test
  void aHeldRoomTakesNothingOfMembersUntilItsNextEpoch() {
    d.create(ROOM);
    d.rekey(ROOM, 2, 1);
    Append known = d.message(ROOM, ANNA, 0, 2, "before");
    Position before = d.append(known).position();
    d.append(Append.hold(ROOM, 2, TOKEN, d.newId()));
    assertThat(d.state(ROOM).isHeld()).isTrue();
    for (int epoch = 1; epoch <= 3; epoch++) {
      assertThat(LogDriver.failure(d.log.append(d.message(ROOM, ANNA, 0, epoch, "held"))))
          .isInstanceOfSatisfying(Unavailable.class, e -> assertThat(e.outcomeUnknown()).isFalse());
    }
    assertThat(LogDriver.failure(d.log.append(d.hint(ROOM, 2)))).isInstanceOf(Unavailable.class);
    assertThat(d.append(known).position()).as("what was there stays").isEqualTo(before);

    d.append(Append.evict(ROOM, 2, ANNA, 5, TOKEN, d.newId()));
    refused(ErrorCode.EVICTED, d.log.append(d.message(ROOM, ANNA, 4, 2, "out")));
    assertThat(d.state(ROOM).isHeld()).isTrue();
    d.rekey(ROOM, 3, 3);
    assertThat(d.state(ROOM).isHeld()).isFalse();
    d.append(d.message(ROOM, BORIS, 0, 3, "after"));
    refused(ErrorCode.STALE_EPOCH, d.log.append(d.message(ROOM, BORIS, 0, 2, "late")));
    assertThat(d.read(ROOM, before).entries())
        .extracting(Entry::kind)
        .containsExactly(EntryKind.CLOSE, EntryKind.EVICT, EntryKind.REKEY, EntryKind.MESSAGE);
  }

  /** Attack: a hold that comes late must not stop a room that has its next epoch. */
  @Test
  void aHoldThatComesLateIsRefused() {
    d.create(ROOM);
    d.rekey(ROOM, 2, 2);
    refused(ErrorCode.FENCED, d.log.append(Append.hold(ROOM, 1, TOKEN, d.newId())));
    d.append(d.message(ROOM, BORIS, 0, 2, "open"));
  }

  @Test
  void controlEntriesExpectTheCurrentEpoch() {
    d.create(ROOM);
    d.rekey(ROOM, 2, 2);
    for (Append append :
        List.of(
            Append.rekey(ROOM, 1, 1, TOKEN, d.newId(), text("R")),
            Append.rekey(ROOM, 2, 2, TOKEN, d.newId(), text("R")),
            Append.rekey(ROOM, 4, 4, TOKEN, d.newId(), text("R")),
            Append.close(ROOM, 1, 1, TOKEN, d.newId()),
            Append.announce(ROOM, 3, TOKEN, d.newId(), text("A")),
            Append.evict(ROOM, 1, ANNA, 1, TOKEN, d.newId()))) {
      refused(ErrorCode.FENCED, d.log.append(append));
    }
    assertThat(d.state(ROOM).epoch()).isEqualTo(2);
    assertThat(d.state(ROOM).admitted()).isEmpty();
  }

  @Test
  void anAnnouncementChangesNoState() {
    d.create(ROOM);
    RoomState before = d.state(ROOM);
    Position position =
        d.append(Append.announce(ROOM, 1, TOKEN, d.newId(), text("soon"))).position();
    RoomState after = d.state(ROOM);
    assertThat(after.head()).isEqualTo(position);
    assertThat(after.epoch()).isEqualTo(before.epoch());
    assertThat(after.minEpoch()).isEqualTo(before.minEpoch());
  }

  @Test
  void anEvictedMemberIsRefusedUntilAdmittedAnew() {
    d.create(ROOM);
    d.append(d.message(ROOM, ANNA, 4, 1, "in"));
    d.append(Append.evict(ROOM, 1, ANNA, 5, TOKEN, d.newId()));
    refused(ErrorCode.EVICTED, d.log.append(d.message(ROOM, ANNA, 4, 1, "out")));
    d.append(d.message(ROOM, BORIS, 0, 1, "not concerned"));
    d.append(d.message(ROOM, ANNA, 5, 1, "back"));
    assertThat(d.state(ROOM).admitted()).isEqualTo(Map.of(ANNA, 5));
    assertThat(d.state(ROOM).admits(ANNA, 4)).isFalse();
    assertThat(d.state(ROOM).admits(ANNA, 5)).isTrue();
  }

  /** Attack: an old eviction that is repeated late must not let a member in again. */
  @Test
  void theLowestAdmittedVersionNeverFalls() {
    d.create(ROOM);
    d.append(Append.evict(ROOM, 1, ANNA, 5, TOKEN, d.newId()));
    d.append(Append.evict(ROOM, 1, ANNA, 3, TOKEN, d.newId()));
    refused(ErrorCode.EVICTED, d.log.append(d.message(ROOM, ANNA, 4, 1, "out")));
  }

  @Test
  void anEvictionSaysWhomInItsBody() {
    d.create(ROOM);
    Position position = d.append(Append.evict(ROOM, 1, ANNA, 5, TOKEN, d.newId())).position();
    List<Entry> entries = d.read(ROOM, Position.ZERO).entries();
    Entry evict = entries.get(entries.size() - 1);
    assertThat(evict.position()).isEqualTo(position);
    assertThat(evict.kind()).isEqualTo(EntryKind.EVICT);
    assertThat(evict.body()).isEqualTo(Bytes.fromHex("000000000000000a00000005"));
  }

  @Test
  void anEvictedMemberIsToldSoRatherThanThatHisEpochIsOld() {
    d.create(ROOM);
    d.append(Append.evict(ROOM, 1, ANNA, 5, TOKEN, d.newId()));
    d.rekey(ROOM, 2, 2);
    refused(ErrorCode.EVICTED, d.log.append(d.message(ROOM, ANNA, 4, 1, "out")));
  }

  @Test
  void anOldLeaseIsFencedOffOnceANewerOneWasClaimed() {
    d.create(ROOM);
    RoomId unknown = d.neighbour(ROOM);
    int partition = d.log.partitionOf(ROOM);
    await(d.log.claim(partition, TOKEN + 1));

    refused(ErrorCode.FENCED, d.log.claim(partition, TOKEN));
    refused(ErrorCode.FENCED, d.log.append(Append.rekey(ROOM, 2, 2, TOKEN, d.newId(), text("R2"))));
    refused(
        ErrorCode.FENCED, d.log.append(Append.rekey(unknown, 1, 1, TOKEN, d.newId(), text("R1"))));
    refused(ErrorCode.FENCED, d.log.append(Append.evict(ROOM, 1, ANNA, 1, TOKEN, d.newId())));
    refused(ErrorCode.FENCED, d.log.archived(TOKEN, ROOM, d.state(ROOM).head()));
    refused(ErrorCode.FENCED, d.log.trim(TOKEN, ROOM, d.state(ROOM).head(), true));
    refused(ErrorCode.UNKNOWN_ROOM, d.log.state(unknown));

    await(d.log.claim(partition, TOKEN + 1));
    d.append(Append.rekey(ROOM, 2, 2, TOKEN + 1, d.newId(), text("R2")));
    d.append(d.message(ROOM, ANNA, 0, 2, "members need no lease"));
  }

  @Test
  void aRepeatedRekeyIsRecognisedThoughItsExpectationNoLongerHolds() {
    d.create(ROOM);
    MessageId id = d.newId();
    Append rekey = Append.rekey(ROOM, 2, 2, TOKEN, id, text("R2"));
    Position position = d.append(rekey).position();
    assertThat(d.append(rekey)).isEqualTo(new Appended(position, true));
    assertThat(d.state(ROOM).epoch()).isEqualTo(2);
  }

  @Test
  void rekeysSinceAnEpochAreGivenOldestFirst() {
    d.create(ROOM);
    d.rekey(ROOM, 2, 1);
    d.say(ROOM, "between");
    d.rekey(ROOM, 3, 1);
    assertThat(texts(await(d.log.rekeys(ROOM, 0, 10)))).containsExactly("R1", "R2", "R3");
    assertThat(texts(await(d.log.rekeys(ROOM, 1, 10)))).containsExactly("R2", "R3");
    assertThat(texts(await(d.log.rekeys(ROOM, 1, 2)))).containsExactly("R2", "R3");
    assertThat(await(d.log.rekeys(ROOM, 3, 10))).isEmpty();
    assertThat(await(d.log.rekeys(ROOM, 9, 10))).isEmpty();
  }

  @Test
  void tooManyRekeysAreAnsweredWithTheNewest() {
    d.create(ROOM);
    d.rekey(ROOM, 2, 1);
    d.rekey(ROOM, 3, 1);
    assertThat(texts(await(d.log.rekeys(ROOM, 0, 2)))).containsExactly("R3");
    assertThat(texts(await(d.log.rekeys(ROOM, 0, 1)))).containsExactly("R3");
  }
}
