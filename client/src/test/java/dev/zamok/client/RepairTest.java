package dev.zamok.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.client.profile.ProfileStore;
import dev.zamok.client.room.RoomState;
import dev.zamok.client.room.RoomWarning;
import dev.zamok.client.world.Heard;
import dev.zamok.client.world.World;
import dev.zamok.client.world.WorldRoom;
import dev.zamok.client.world.WorldSession;
import dev.zamok.crypto.chain.History;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.epoch.RekeyKind;
import dev.zamok.protocol.Entry;
import dev.zamok.protocol.EntryKind;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.frame.ClientFrame;
import dev.zamok.protocol.frame.HubFrame;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Order, gaps, forks and losses. */
class RepairTest {
  private final World world = new World();
  private final TestUser alice = new TestUser(world, "alice");
  private final TestUser bob = new TestUser(world, "bob");
  private final Room hers = alice.await(alice.session.createPrivate("plans", History.FULL));
  private final WorldRoom inside = world.room(hers.id());
  private Room his;
  private Heard heard;

  @BeforeEach
  void bobListens() {
    alice.await(hers.invite("bob", Role.WRITER));
    his = bob.room(inside);
    heard = bob.listen(his);
    alice.listen(hers);
  }

  private long joins() {
    return world.hub.received.stream().filter(ClientFrame.Join.class::isInstance).count();
  }

  private void withhold(String text) {
    int[] seen = new int[1];
    world.hub.withheld = entry -> entry.kind() == EntryKind.MESSAGE && seen[0]++ == 0;
    alice.say(hers, text);
    world.hub.withheld = entry -> false;
  }

  @Test
  void aGapIsRepairedByJoiningAgainAndNothingIsOutOfOrder() {
    alice.say(hers, "one");
    withhold("two");
    long before = joins();
    alice.say(hers, "three");
    world.loop.settle();

    assertThat(heard.texts()).containsExactly("one", "two", "three");
    assertThat(joins()).isGreaterThan(before);
    assertThat(heard.warnings).isEmpty();
  }

  @Test
  void aGapThatTheLogCannotFillIsRepairedFromHistory() {
    alice.say(hers, "one");
    withhold("two");
    inside.floor = inside.head();
    alice.say(hers, "three");
    world.loop.settle();

    assertThat(heard.story).containsExactly("one", "gap", "two", "three", "repaired");
    assertThat(his.state()).isEqualTo(RoomState.LIVE);
  }

  @Test
  void aGapTheHubAnnouncesIsRepairedFromHistoryBeforeLiveEntriesGoOn() {
    alice.say(hers, "one");
    Position from = inside.head();
    withhold("two");
    Position to = inside.head();
    world.hub.link(bob.account).send(new HubFrame.Gap(inside.id, from, to));
    alice.say(hers, "three");
    world.loop.settle();

    assertThat(heard.story).containsExactly("one", "gap", "two", "repaired", "three");
  }

  @Test
  void whatCannotBeHadIsSaidAndNeverPassedOver() {
    WorldSession forgetful =
        new WorldSession(world, world.account("bob")) {
          @Override
          protected dev.zamok.client.authority.Answers.HistoryPage page(
              WorldRoom room, List<Entry> entries, boolean more) {
            return new dev.zamok.client.authority.Answers.HistoryPage(
                List.of(), Position.ZERO, false);
          }
        };
    TestUser again = new TestUser(world, "bob", ProfileStore.inMemory(), forgetful);
    Heard incomplete = again.listen(again.room(inside));
    alice.say(hers, "one");
    withhold("two");
    inside.floor = inside.head();
    alice.say(hers, "three");
    world.loop.advance(Duration.ofSeconds(60));

    assertThat(incomplete.warningKinds()).contains(RoomWarning.Kind.INCOMPLETE);
    assertThat(incomplete.story).doesNotContain("repaired", "two");
    alice.say(hers, "four");
    assertThat(incomplete.texts()).endsWith("four");
  }

  @Test
  void aLostConnectionMissesNothingAndRepeatsNothing() {
    alice.say(hers, "one");
    world.hub.links.remove(world.hub.link(bob.account));
    world.hub.closeAll(1006);
    bobsLinkBreaks();
    world.loop.advance(Duration.ofSeconds(60));
    alice.say(hers, "two");
    world.loop.settle();

    assertThat(heard.texts()).containsExactly("one", "two");
  }

  /** His link was taken out silently: the heartbeat finds out. */
  private void bobsLinkBreaks() {
    world.loop.advance(Duration.ofSeconds(90));
  }

  @Test
  void whatHappenedWhileAwayComesWithTheKeysOfItsTime() {
    world.hub.reachable = false;
    world.hub.cut();
    world.loop.settle();
    assertThat(his.state()).isEqualTo(RoomState.CONNECTING);
    inside.rekey(RekeyKind.RATCHET);
    inside.rekey(RekeyKind.IMMEDIATE_RESET);
    inside.rekey(RekeyKind.RATCHET);
    world.hub.reachable = true;
    world.loop.advance(Duration.ofSeconds(60));
    alice.say(hers, "welcome back");
    world.loop.settle();

    assertThat(heard.texts()).containsExactly("welcome back");
    assertThat(heard.warnings).isEmpty();
    assertThat(his.state()).isEqualTo(RoomState.LIVE);
  }

  @Test
  void aForkWithdrawsWhatTheLogNoLongerHas() {
    alice.say(hers, "kept");
    alice.say(hers, "lost");
    Entry lost = inside.log.remove(inside.log.size() - 1);
    alice.say(hers, "instead");
    world.loop.settle();

    assertThat(heard.withdrawn).containsExactly(lost.position());
    assertThat(heard.texts()).containsExactly("kept", "lost", "instead");
    assertThat(his.state()).isEqualTo(RoomState.LIVE);
  }

  @Test
  void aLogThatLostItsEndIsNoticedWhenJoiningAgain() {
    alice.say(hers, "kept");
    alice.say(hers, "lost");
    Entry lost = inside.log.remove(inside.log.size() - 1);
    world.hub.cut();
    world.loop.advance(Duration.ofSeconds(60));

    assertThat(heard.withdrawn).containsExactly(lost.position());
    alice.say(hers, "after");
    assertThat(heard.texts()).endsWith("after");
    assertThat(heard.warnings).isEmpty();
  }

  @Test
  void aWithdrawnMessageThatIsAppendedAgainIsDeliveredAgain() {
    alice.say(hers, "kept");
    alice.say(hers, "comes back");
    Entry lost = inside.log.remove(inside.log.size() - 1);
    world.hub.cut();
    world.loop.advance(Duration.ofSeconds(60));
    inside.append(EntryKind.MESSAGE, lost.tag(), lost.epoch(), lost.id(), lost.body());
    world.loop.settle();

    assertThat(heard.texts()).containsExactly("kept", "comes back", "comes back");
  }

  @Test
  void aLostLastEntryIsNoticedByTheNextSignal() {
    alice.say(hers, "one");
    withhold("two");
    assertThat(heard.texts()).containsExactly("one");

    alice.await(
        hers.signal(
            new dev.zamok.protocol.content.Content.Typing(
                true, dev.zamok.protocol.content.Extra.NONE)));
    world.loop.advance(Duration.ofSeconds(5));

    assertThat(heard.texts()).containsExactly("one", "two");
  }

  @Test
  void whoResumesWhereNothingWasMissedHasKeysAtOnce() {
    ProfileStore store = ProfileStore.inMemory();
    TestUser first = new TestUser(world, "bob", store);
    first.listen(first.room(inside));
    alice.say(hers, "one");
    first.await(first.session.close());
    first.profile.close();

    TestUser again = new TestUser(world, "bob", store);
    Room room = again.room(inside);
    Heard resumed = new Heard();
    again.await(room.subscribeAfter(again.await(room.remembered()), resumed));
    again.say(room, "two");

    assertThat(resumed.texts()).containsExactly("two");
  }

  @Test
  void aClientThatWasAwayLongResumesWhereItStopped() {
    ProfileStore store = ProfileStore.inMemory();
    TestUser first = new TestUser(world, "bob", store);
    first.listen(first.room(inside));
    alice.say(hers, "one");
    first.await(first.session.close());
    first.profile.close();
    alice.say(hers, "two");
    inside.rekey(RekeyKind.RATCHET);
    world.loop.settle();
    alice.say(hers, "three");

    TestUser again = new TestUser(world, "bob", store);
    Room room = again.room(inside);
    Heard resumed = new Heard();
    Position last = again.await(room.remembered());
    CompletableFuture<Room.Subscription> subscribed = room.subscribeAfter(last, resumed);
    again.await(subscribed);
    world.loop.settle();

    assertThat(resumed.texts()).containsExactly("two", "three");
  }
}
