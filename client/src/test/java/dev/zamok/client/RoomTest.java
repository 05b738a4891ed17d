package dev.zamok.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.room.RoomMember;
import dev.zamok.client.room.RoomState;
import dev.zamok.client.world.Heard;
import dev.zamok.client.world.World;
import dev.zamok.client.world.WorldRoom;
import dev.zamok.crypto.chain.History;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.epoch.RekeyKind;
import dev.zamok.protocol.Trust;
import dev.zamok.protocol.content.Content;
import dev.zamok.protocol.content.Extra;
import org.junit.jupiter.api.Test;

/** Honest clients and honest servers. */
class RoomTest {
  private final World world = new World();
  private final TestUser alice = new TestUser(world, "alice");
  private final TestUser bob = new TestUser(world, "bob");

  private Room shared(History history) {
    Room room = alice.await(alice.session.createPrivate("plans", history));
    alice.await(room.invite("bob", Role.WRITER));
    return room;
  }

  private WorldRoom inside(Room room) {
    return world.room(room.id());
  }

  @Test
  void whatOneMemberSaysTheOtherReads() {
    Room hers = shared(History.FULL);
    Room his = bob.room(inside(hers));
    Heard heard = bob.listen(his);

    alice.say(hers, "hello");

    assertThat(heard.texts()).containsExactly("hello");
    assertThat(heard.messages.get(0).author().login()).isEqualTo("alice");
    assertThat(heard.warnings).isEmpty();
    assertThat(his.trust()).isEqualTo(Trust.SEALED);
    assertThat(bob.await(his.name())).contains("plans");
    assertThat(bob.await(his.members()))
        .extracting(member -> member.contact().login(), RoomMember::role)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("alice", Role.OWNER),
            org.assertj.core.groups.Tuple.tuple("bob", Role.WRITER));
  }

  @Test
  void theWriterHearsHisOwnMessagesOnce() {
    Room hers = shared(History.FULL);
    Heard heard = alice.listen(hers);

    alice.say(hers, "one");
    alice.say(hers, "two");

    assertThat(heard.texts()).containsExactly("one", "two");
    assertThat(heard.messages).allMatch(message -> message.own());
  }

  @Test
  void membersOfAManagedChannelTalk() {
    Room hers = alice.await(alice.session.createChannel("general", true));
    Room his = bob.await(bob.session.joinChannel(hers.id()));
    Heard heard = bob.listen(his);

    alice.say(hers, "hello all");

    assertThat(heard.texts()).containsExactly("hello all");
    assertThat(his.trust()).isEqualTo(Trust.MANAGED);
  }

  @Test
  void aDirectRoomIsMadeOnceForTwo() {
    Room hers = alice.await(alice.session.direct("bob"));
    Room his = bob.await(bob.session.direct("alice"));

    assertThat(his.id()).isEqualTo(hers.id());
    Heard heard = alice.listen(hers);
    bob.say(his, "psst");
    assertThat(heard.texts()).containsExactly("psst");
  }

  @Test
  void rolledKeysDecrypt() {
    Room hers = shared(History.FULL);
    Heard heard = bob.listen(bob.room(inside(hers)));
    alice.say(hers, "before");
    for (int i = 0; i < 5; i++) {
      inside(hers).rekey(RekeyKind.RATCHET);
      world.loop.settle();
    }
    alice.say(hers, "after five ratchets");
    inside(hers).rekey(RekeyKind.TIMED_RESET);
    world.loop.settle();
    alice.say(hers, "after a reset");

    assertThat(heard.texts()).containsExactly("before", "after five ratchets", "after a reset");
    assertThat(heard.warnings).isEmpty();
  }

  @Test
  void ratchetsNeedNoRequest() {
    Room hers = shared(History.FULL);
    var api = new dev.zamok.client.world.WorldSession(world, world.account("bob"));
    TestUser counted =
        new TestUser(world, "bob", dev.zamok.client.profile.ProfileStore.inMemory(), api);
    Heard heard = counted.listen(counted.room(inside(hers)));
    alice.say(hers, "before");
    int before = api.requests;

    for (int i = 0; i < 20; i++) {
      inside(hers).rekey(RekeyKind.RATCHET);
    }
    world.loop.settle();
    alice.say(hers, "after");

    assertThat(heard.texts()).containsExactly("before", "after");
    assertThat(api.requests).isEqualTo(before);
  }

  @Test
  void aNewcomerReadsFullHistoryAndNothingBeforeHisTimeOtherwise() {
    for (History history : new History[] {History.FULL, History.FROM_JOIN}) {
      World fresh = new World();
      TestUser first = new TestUser(fresh, "alice");
      TestUser second = new TestUser(fresh, "bob");
      Room hers = first.await(first.session.createPrivate("plans", history));
      first.say(hers, "early");
      first.await(hers.invite("bob", Role.WRITER));
      first.say(hers, "late");

      Room his = second.room(fresh.room(hers.id()));
      var page = second.await(his.history(100));

      if (history == History.FULL) {
        assertThat(page.messages().stream().map(Heard::text)).containsExactly("early", "late");
      } else {
        assertThat(page.messages().stream().map(Heard::text)).containsExactly("late");
      }
    }
  }

  @Test
  void removalGivesTheRoomANewSecretInTheSameRequest() {
    Room hers = shared(History.FULL);
    Room his = bob.room(inside(hers));
    Heard gone = bob.listen(his);
    Heard heard = alice.listen(hers);
    int generation = inside(hers).generation();

    alice.await(hers.remove("bob"));
    alice.say(hers, "without him");

    assertThat(inside(hers).generation()).isEqualTo(generation + 1);
    assertThat(heard.texts()).containsExactly("without him");
    assertThat(gone.texts()).isEmpty();
    world.loop.advance(java.time.Duration.ofSeconds(30));
    assertThat(his.state()).isEqualTo(RoomState.REMOVED);
    assertThat(gone.ends).containsExactly(ClientProblem.Kind.NOT_ALLOWED);
  }

  @Test
  void whoLeavesOwesAGenerationThatAnotherMakes() {
    Room hers = shared(History.FULL);
    alice.listen(hers);
    Room his = bob.room(inside(hers));
    bob.listen(his);

    bob.await(his.leave());
    world.loop.advance(java.time.Duration.ofSeconds(5));

    assertThat(inside(hers).generation()).isEqualTo(2);
    assertThat(inside(hers).owed).isFalse();
    alice.say(hers, "alone");
    assertThat(hers.state()).isEqualTo(RoomState.LIVE);
  }

  @Test
  void signalsReachThoseConnected() {
    Room hers = shared(History.FULL);
    alice.listen(hers);
    Heard heard = bob.listen(bob.room(inside(hers)));

    alice.await(hers.signal(new Content.Typing(true, Extra.NONE)));
    world.loop.settle();

    assertThat(heard.signals).hasSize(1);
    assertThat(heard.signals.get(0).author().login()).isEqualTo("alice");
  }

  @Test
  void renamingIsSealedAndSeenByOthers() {
    Room hers = shared(History.FULL);
    alice.await(hers.rename("new plans"));

    assertThat(bob.await(bob.room(inside(hers)).name())).contains("new plans");
  }
}
