package dev.zamok.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.zamok.client.authority.Answers;
import dev.zamok.client.problem.ClientProblem.Kind;
import dev.zamok.client.profile.ProfileStore;
import dev.zamok.client.room.RoomWarning;
import dev.zamok.client.world.Heard;
import dev.zamok.client.world.WorldRoom;
import dev.zamok.client.world.WorldSession;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.epoch.EpochKey;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.Entry;
import dev.zamok.protocol.EntryKind;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.MessageId;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.content.Content;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What hubs and former members try with messages and history. */
class MessageAttackTest extends Attack {
  /** Until missing numbers are no longer expected. */
  private static final Duration LATE = Duration.ofSeconds(40);

  @Test
  void aReplayedMessageIsRefused() {
    Heard heard = bob.listen(bob.room(inside));
    alice.say(hers, "pay 100");
    Entry original = inside.log.get(inside.log.size() - 1);

    inside.append(
        EntryKind.MESSAGE, original.tag(), original.epoch(), original.id(), original.body());
    world.loop.settle();

    assertThat(heard.texts()).containsExactly("pay 100");
  }

  @Test
  void theSameNumberTwiceIsRefused() {
    Heard heard = bob.listen(bob.room(inside));
    EpochKey key = key(inside.epoch(), secret(alice.account.identity, 1));
    for (int i = 0; i < 2; i++) {
      MessageId id = world.newMessageId();
      Bytes envelope = seal(key, alice.account.identity, tag(alice), id, 5);
      inside.append(EntryKind.MESSAGE, tag(alice), inside.epoch(), id, envelope);
    }
    world.loop.settle();

    assertThat(heard.messages).hasSize(1);
    assertThat(heard.warningKinds()).containsExactly(RoomWarning.Kind.REFUSED);
  }

  @Test
  void aHoleInTheNumbersIsReported() {
    Heard heard = bob.listen(bob.room(inside));
    EpochKey key = key(inside.epoch(), secret(alice.account.identity, 1));
    for (long seq : new long[] {5, 7}) {
      MessageId id = world.newMessageId();
      Bytes envelope = seal(key, alice.account.identity, tag(alice), id, seq);
      inside.append(EntryKind.MESSAGE, tag(alice), inside.epoch(), id, envelope);
    }
    world.loop.advance(LATE);

    assertThat(heard.messages).hasSize(2);
    assertThat(heard.warningKinds()).containsExactly(RoomWarning.Kind.HOLE);
  }

  @Test
  void aNumberThatIsOnlyLateIsNoHole() {
    Heard heard = bob.listen(bob.room(inside));
    EpochKey key = key(inside.epoch(), secret(alice.account.identity, 1));
    for (long seq : new long[] {5, 7, 6}) {
      MessageId id = world.newMessageId();
      Bytes envelope = seal(key, alice.account.identity, tag(alice), id, seq);
      inside.append(EntryKind.MESSAGE, tag(alice), inside.epoch(), id, envelope);
    }
    world.loop.advance(LATE);

    assertThat(heard.messages).hasSize(3);
    assertThat(heard.warnings).isEmpty();
  }

  @Test
  void garbageUnderTheIdOfAMessageDoesNotKeepTheMessageOut() {
    Heard heard = bob.listen(bob.room(inside));
    alice.say(hers, "first");
    // The hub has the next message in its hands, and puts garbage with its tag and id before it.
    Entry[] real = new Entry[1];
    world.hub.withheld =
        entry -> {
          boolean taken = entry.kind() == EntryKind.MESSAGE && real[0] == null;
          real[0] = taken ? entry : real[0];
          return taken;
        };
    alice.say(hers, "important");
    world.hub.withheld = entry -> false;
    inside.log.remove(real[0]);
    for (Bytes body : new Bytes[] {Bytes.wrap(new byte[200]), real[0].body()}) {
      inside.append(EntryKind.MESSAGE, real[0].tag(), real[0].epoch(), real[0].id(), body);
    }
    world.loop.settle();

    assertThat(heard.texts()).containsExactly("first", "important");
    assertThat(heard.warningKinds()).containsExactly(RoomWarning.Kind.REFUSED);
    assertThat(alice.await(hers.history(100)).messages())
        .extracting(Heard::text)
        .containsExactly("first", "important");
  }

  @Test
  void aMessageReplayedToAClientThatWasStartedAgainIsRefused() {
    ProfileStore store = ProfileStore.inMemory();
    TestUser first = new TestUser(world, "bob", store);
    Heard before = first.listen(first.room(inside));
    alice.say(hers, "pay 100");
    Entry original = inside.log.get(inside.log.size() - 1);
    assertThat(before.texts()).containsExactly("pay 100");
    first.await(first.session.close());
    first.profile.close();

    TestUser again = new TestUser(world, "bob", store);
    Heard after = again.listen(again.room(inside));
    inside.append(
        EntryKind.MESSAGE, original.tag(), original.epoch(), original.id(), original.body());
    world.loop.settle();
    alice.say(hers, "thanks");
    world.loop.advance(LATE);

    assertThat(after.texts()).containsExactly("thanks");
    assertThat(after.warningKinds()).containsExactly(RoomWarning.Kind.REFUSED);
  }

  @Test
  void whoReadsAgainFromEarlierHearsEverythingAgain() {
    ProfileStore store = ProfileStore.inMemory();
    TestUser first = new TestUser(world, "bob", store);
    first.listen(first.room(inside));
    Position start = inside.head();
    alice.say(hers, "one");
    alice.say(hers, "two");
    first.await(first.session.close());
    first.profile.close();
    alice.say(hers, "three");

    TestUser again = new TestUser(world, "bob", store);
    Heard heard = new Heard();
    again.await(again.room(inside).subscribeAfter(start, heard));
    world.loop.advance(LATE);

    assertThat(heard.texts()).containsExactly("one", "two", "three");
    assertThat(heard.warnings).isEmpty();
  }

  @Test
  void aMessageRepeatedOnALaterPageOfHistoryIsNoticed() {
    for (int i = 0; i < 6; i++) {
      alice.say(hers, "text " + i);
    }
    int start = inside.log.size() - 6;
    Entry old = inside.log.get(start);
    inside.append(EntryKind.MESSAGE, old.tag(), old.epoch(), old.id(), old.body());

    var newest = alice.await(hers.history(4));
    var older = alice.await(hers.history(newest.before(), 4));

    assertThat(newest.warnings()).isEmpty();
    assertThat(older.messages()).extracting(Heard::text).contains("text 0");
    assertThat(older.warnings())
        .extracting(RoomWarning::kind, RoomWarning::position)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(RoomWarning.Kind.REFUSED, inside.head()));
  }

  @Test
  void aMemberCannotSpeakUnderTheTagOfAnother() {
    Heard heard = alice.listen(hers);
    MessageId id = world.newMessageId();
    EpochKey key = key(inside.epoch(), secret(bob.account.identity, 1));
    Bytes envelope = seal(key, bob.account.identity, tag(alice), id, 1);
    inside.append(EntryKind.MESSAGE, tag(alice), inside.epoch(), id, envelope);
    world.loop.settle();

    assertThat(heard.messages).isEmpty();
    assertThat(heard.warningKinds()).containsExactly(RoomWarning.Kind.REFUSED);
  }

  @Test
  void aReaderCannotWrite() {
    TestUser carol = new TestUser(world, "carol");
    alice.await(hers.invite("carol", Role.READER));
    Heard heard = alice.listen(hers);
    MessageId id = world.newMessageId();
    EpochKey key = key(inside.epoch(), secret(carol.account.identity, 1));
    Bytes envelope = seal(key, carol.account.identity, tag(carol), id, 1);
    inside.append(EntryKind.MESSAGE, tag(carol), inside.epoch(), id, envelope);
    world.loop.settle();

    assertThat(heard.messages).isEmpty();
    assertThat(heard.warningKinds()).containsExactly(RoomWarning.Kind.REFUSED);
    Room theirs = carol.room(inside);
    Throwable failure = catchThrowable(() -> carol.await(theirs.publish(Content.text("hm"))));
    assertThat(kind(failure)).isEqualTo(Kind.NOT_ALLOWED);
  }

  @Test
  void aMessageOfARemovedMemberAfterTheResetIsRefused() {
    Heard heard = alice.listen(hers);
    MemberTag former = tag(bob);
    int epoch = inside.epoch();
    EpochKey key = key(epoch, secret(bob.account.identity, 1));
    MessageId id = world.newMessageId();
    Bytes envelope = seal(key, bob.account.identity, former, id, 1);
    alice.await(hers.remove("bob"));

    // He and a hub together: an entry of the old epoch behind the reset.
    inside.append(EntryKind.MESSAGE, former, epoch, id, envelope);
    world.loop.settle();

    assertThat(heard.messages).isEmpty();
    assertThat(heard.warningKinds()).containsExactly(RoomWarning.Kind.REFUSED);
    var page = alice.await(hers.history(100));
    assertThat(page.messages()).isEmpty();
    assertThat(page.warnings())
        .extracting(RoomWarning::kind)
        .containsExactly(RoomWarning.Kind.REFUSED);
  }

  @Test
  void historyThatLeavesOutAMessageIsNoticed() {
    for (String text : new String[] {"one", "two", "three"}) {
      alice.say(hers, text);
    }
    TestUser victim =
        withAuthority(
            new WorldSession(world, world.account("bob")) {
              @Override
              protected Answers.HistoryPage page(WorldRoom room, List<Entry> all, boolean more) {
                List<Entry> less =
                    all.stream().filter(entry -> !entry.equals(all.get(all.size() - 2))).toList();
                return super.page(room, less, more);
              }
            });

    var page = victim.await(victim.room(inside).history(100));

    assertThat(page.messages()).extracting(Heard::text).containsExactly("one", "three");
    assertThat(page.warnings())
        .extracting(RoomWarning::kind)
        .containsExactly(RoomWarning.Kind.INCOMPLETE);
  }

  @Test
  void historyThatHidesTheEndOfTheRoomIsNoticed() {
    TestUser victim =
        withAuthority(
            new WorldSession(world, world.account("bob")) {
              @Override
              protected Answers.HistoryPage page(WorldRoom room, List<Entry> all, boolean more) {
                return super.page(room, all.subList(0, all.size() - 1), more);
              }
            });
    Room his = victim.room(inside);
    victim.listen(his);
    alice.say(hers, "news");

    var page = victim.await(his.history(100));

    assertThat(page.warnings())
        .extracting(RoomWarning::kind)
        .containsExactly(RoomWarning.Kind.INCOMPLETE);
  }
}
