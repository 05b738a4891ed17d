package dev.zamok.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.problem.ClientProblem.Kind;
import dev.zamok.client.profile.ProfileStore;
import dev.zamok.client.room.Published;
import dev.zamok.client.room.RoomState;
import dev.zamok.client.world.Heard;
import dev.zamok.client.world.World;
import dev.zamok.client.world.WorldRoom;
import dev.zamok.client.world.WorldSession;
import dev.zamok.crypto.chain.History;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.epoch.RekeyKind;
import dev.zamok.protocol.EntryKind;
import dev.zamok.protocol.ErrorCode;
import dev.zamok.protocol.content.Content;
import dev.zamok.protocol.frame.ClientFrame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** How messages get into the log once, whatever happens on the way. */
class PublishTest {
  private final World world = new World();
  private final TestUser alice = new TestUser(world, "alice");
  private final Room hers = alice.await(alice.session.createPrivate("plans", History.FULL));
  private final WorldRoom inside = world.room(hers.id());
  private final Heard heard = alice.listen(hers);

  PublishTest() {
    world.account("bob");
    world.account("carol");
  }

  private static Kind kind(Throwable failure) {
    return ClientProblem.in(failure).kind();
  }

  private List<ClientFrame.Publish> sent() {
    return world.hub.publications();
  }

  @Test
  void aStaleEpochIsEncryptedAgainUnderTheSameId() {
    // The rekey is in force at the hub, but its entry has not come here yet.
    world.hub.withheld = entry -> entry.kind() == EntryKind.REKEY;
    inside.rekey(RekeyKind.RATCHET);

    Published published = alice.await(hers.publish(Content.text("late")));

    assertThat(sent()).hasSizeGreaterThan(1);
    assertThat(sent()).allMatch(frame -> frame.id().equals(published.id()));
    assertThat(sent().get(0).epoch()).isLessThan(inside.epoch());
    assertThat(sent().get(sent().size() - 1).epoch()).isEqualTo(inside.epoch());
    world.hub.withheld = entry -> false;
    world.loop.advance(Duration.ofSeconds(10));
    assertThat(heard.texts()).containsExactly("late");
  }

  /** Or all clients of a hub that is behind would give it the same again, twelve times. */
  @Test
  void whatIsNotAnsweredIsSentAgainMoreAndMoreSeldom() {
    world.hub.deaf = true;
    var unused = hers.publish(Content.text("into the void"));
    List<Integer> afterSeconds = new ArrayList<>();
    for (int seconds = 0; seconds < 115; seconds += 5) {
      if (sent().size() > afterSeconds.size()) {
        afterSeconds.add(seconds);
      }
      world.loop.advance(Duration.ofSeconds(5));
    }
    assertThat(afterSeconds).containsExactly(5, 10, 30, 70);

    // Another connection is as good as new.
    world.hub.cut();
    world.hub.deaf = false;
    world.loop.advance(Duration.ofSeconds(4));
    assertThat(heard.texts()).containsExactly("into the void");
  }

  private void burst(int from, int to) {
    for (int i = from; i < to; i++) {
      var unused = hers.publish(Content.text("text " + i));
    }
  }

  private void everythingIsThereInOrder(int count) {
    assertThat(heard.texts())
        .containsExactlyElementsOf(
            java.util.stream.IntStream.range(0, count).mapToObj(i -> "text " + i).toList());
    assertThat(heard.messages).extracting(message -> message.seq()).isSorted();
  }

  @Test
  void whatARekeyRefusedGetsIntoTheLogBeforeWhatWasSaidLater() {
    alice.say(hers, "text 0");
    burst(1, 5);
    inside.rekey(RekeyKind.RATCHET);
    burst(5, 8);
    world.loop.settle();
    burst(8, 10);
    world.loop.advance(Duration.ofSeconds(40));

    everythingIsThereInOrder(10);
    assertThat(heard.warnings).isEmpty();
  }

  @Test
  void aRefusalThatComesAfterItsRekeyCostsNoTime() {
    alice.say(hers, "text 0");
    burst(1, 5);
    inside.rekey(RekeyKind.IMMEDIATE_RESET);
    world.loop.settle();

    everythingIsThereInOrder(5);
  }

  @Test
  void whileAMessageWaitsTheNextOnesWaitBehindIt() {
    world.hub.refusals.add(ErrorCode.OVERLOADED);
    burst(0, 1);
    world.loop.settle();
    burst(1, 5);
    world.loop.advance(Duration.ofSeconds(5));

    everythingIsThereInOrder(5);
  }

  @Test
  void whatIsRefusedForGoodHoldsUpNobody() {
    world.hub.refusals.add(ErrorCode.OVERLOADED);
    world.hub.refusals.add(ErrorCode.NOT_PERMITTED);
    var refused = hers.publish(Content.text("refused"));
    world.loop.settle();
    burst(0, 3);
    world.loop.advance(Duration.ofSeconds(5));

    assertThat(refused).isCompletedExceptionally();
    assertThat(heard.texts()).containsExactly("text 0", "text 1", "text 2");
  }

  @Test
  void unavailableIsTriedAgainUnderTheSameIdAndSentOnce() {
    for (int i = 0; i < 5; i++) {
      world.hub.refusals.add(ErrorCode.UNAVAILABLE);
    }

    alice.say(hers, "patience");

    assertThat(sent()).hasSize(6);
    assertThat(sent()).extracting(ClientFrame.Publish::id).containsOnly(sent().get(0).id());
    assertThat(heard.texts()).containsExactly("patience");
  }

  @Test
  void overloadAndRateLimitsAreWaitedOut() {
    world.hub.refusals.add(ErrorCode.OVERLOADED);
    world.hub.refusals.add(ErrorCode.RATE_LIMITED);

    alice.say(hers, "in time");

    assertThat(sent()).hasSize(3);
    assertThat(heard.texts()).containsExactly("in time");
  }

  @Test
  void aHubThatNeverAnswersIsGivenUpAfterTwoMinutesAndHistoryIsAsked() {
    world.hub.deaf = true;
    CompletableFuture<Published> published = hers.publish(Content.text("nowhere"));
    world.loop.advance(Duration.ofSeconds(110));
    assertThat(published).isNotDone();
    world.loop.advance(Duration.ofSeconds(30));

    assertThat(published).isCompletedExceptionally();
    Throwable failure = catchThrowable(published::join);
    assertThat(kind(failure)).isEqualTo(Kind.UNAVAILABLE);
    assertThat(ClientProblem.in(failure).outcomeUnknown()).isTrue();
    assertThat(sent()).extracting(ClientFrame.Publish::id).containsOnly(sent().get(0).id());
  }

  @Test
  void whatIsGivenUpRightAfterItWasSentMayBeInTheLog() {
    for (int i = 0; i < 10_000; i++) {
      world.hub.refusals.add(ErrorCode.OVERLOADED);
    }
    CompletableFuture<Published> published = hers.publish(Content.text("at last"));
    world.loop.advance(Duration.ofSeconds(115));
    world.hub.refusals.clear();
    world.hub.deaf = true;
    world.loop.advance(Duration.ofSeconds(8));

    Throwable failure = catchThrowable(published::join);
    assertThat(kind(failure)).isEqualTo(Kind.UNAVAILABLE);
    assertThat(ClientProblem.in(failure).outcomeUnknown()).isTrue();
  }

  @Test
  void aMessageWhoseAnswerWasLostIsFoundInHistory() {
    // It gets into the log, but no word of it comes back, neither entry nor ACK.
    world.hub.withheld = entry -> true;
    world.hub.deaf = true;
    CompletableFuture<Published> published = hers.publish(Content.text("silent"));
    world.loop.settle();
    ClientFrame.Publish frame = sent().get(0);
    var member = inside.person(alice.account);
    var entry =
        inside.append(EntryKind.MESSAGE, member.tag(), frame.epoch(), frame.id(), frame.envelope());
    world.loop.advance(Duration.ofSeconds(130));

    assertThat(published.join().position()).isEqualTo(entry.position());
  }

  @Test
  void aLostConnectionSendsAgainUnderTheSameId() {
    world.hub.deaf = true;
    CompletableFuture<Published> published = hers.publish(Content.text("again"));
    world.loop.settle();
    world.hub.deaf = false;
    world.hub.cut();
    Published done = alice.await(published);

    assertThat(sent()).hasSize(2);
    assertThat(sent()).allMatch(frame -> frame.id().equals(done.id()));
    world.loop.advance(Duration.ofSeconds(5));
    assertThat(heard.texts()).containsExactly("again");
  }

  @Test
  void aRefusalForGoodFails() {
    world.hub.refusals.add(ErrorCode.NOT_PERMITTED);
    Throwable failure = catchThrowable(() -> alice.await(hers.publish(Content.text("no"))));

    assertThat(kind(failure)).isEqualTo(Kind.NOT_ALLOWED);
    assertThat(ClientProblem.isRefusal(failure, "not-permitted")).isTrue();
    assertThat(ClientProblem.in(failure).outcomeUnknown()).isFalse();
  }

  @Test
  void aRefusalAfterALostAnswerTellsThatTheMessageMayBeInTheLog() {
    world.hub.deaf = true;
    CompletableFuture<Published> published = hers.publish(Content.text("perhaps"));
    world.loop.settle();
    world.hub.deaf = false;
    world.hub.refusals.add(ErrorCode.EVICTED);
    world.hub.cut();
    Throwable failure = catchThrowable(() -> alice.await(published));

    assertThat(kind(failure)).isEqualTo(Kind.NOT_ALLOWED);
    assertThat(ClientProblem.in(failure).outcomeUnknown()).isTrue();
  }

  @Test
  void aMessageWithoutAnswerMayBeInTheLogWhenTheSessionEnds() {
    world.hub.deaf = true;
    CompletableFuture<Published> published = hers.publish(Content.text("perhaps"));
    world.loop.settle();
    alice.await(alice.session.close());
    Throwable failure = catchThrowable(published::join);

    assertThat(kind(failure)).isEqualTo(Kind.CLOSED);
    assertThat(ClientProblem.in(failure).outcomeUnknown()).isTrue();
  }

  @Test
  void publishingIsRefusedWhileAGenerationIsOwedThatOthersMustMake() {
    // Bob may write, so he may make an owed generation: only readers and strangers must wait. Here
    // the authority says it is owed, and only an admin could make it.
    alice.await(hers.invite("bob", Role.WRITER));
    WorldSession authority = new WorldSession(world, world.account("bob"));
    inside.owed = true;
    TestUser bob = new TestUser(world, "bob", ProfileStore.inMemory(), authority);
    Room his = bob.room(inside);

    Throwable failure = catchThrowable(() -> bob.await(his.publish(Content.text("too early"))));

    assertThat(kind(failure)).isEqualTo(Kind.GENERATION_OWED);
    assertThat(sent()).isEmpty();
  }

  @Test
  void aMessageWaitsForTheGenerationThatThisMemberMakes() {
    alice.await(hers.invite("bob", Role.WRITER));
    TestUser bob = new TestUser(world, "bob");
    Room his = bob.room(inside);
    bob.await(his.leave());
    world.loop.settle();
    assertThat(hers.state()).isEqualTo(RoomState.OWES_GENERATION);

    alice.say(hers, "after he left");

    assertThat(inside.generation()).isEqualTo(2);
    assertThat(sent()).allMatch(frame -> frame.epoch() == inside.epoch());
  }

  @Test
  void aClientWhoseRekeyIsWithheldStopsSendingAfterHalfAMinute() {
    world.hub.withheld = entry -> entry.kind() == EntryKind.REKEY;
    inside.rekey(RekeyKind.RATCHET);
    // Until the ticket is renewed it cannot know.
    world.loop.advance(Duration.ofMinutes(13));
    assertThat(hers.state()).isEqualTo(RoomState.KEYS_BEHIND);

    Throwable failure = catchThrowable(() -> alice.await(hers.publish(Content.text("blind"))));

    assertThat(kind(failure)).isEqualTo(Kind.KEYS_BEHIND);
    assertThat(sent()).isEmpty();
  }

  @Test
  void sequenceNumbersNeverRepeatAcrossRestarts() {
    alice.await(hers.invite("bob", Role.WRITER));
    ProfileStore store = ProfileStore.inMemory();
    for (int run = 0; run < 3; run++) {
      TestUser bob = new TestUser(world, "bob", store);
      bob.say(bob.room(inside), "run " + run);
      bob.await(bob.session.close());
      if (run != 1) {
        // The second run ends in a crash: nothing is given back.
        bob.profile.close();
      }
    }

    assertThat(heard.messages)
        .extracting(message -> message.seq())
        .doesNotHaveDuplicates()
        .hasSize(3);
    world.loop.advance(Duration.ofSeconds(40));
    assertThat(heard.messages.get(1).seq()).isEqualTo(heard.messages.get(0).seq() + 1);
    assertThat(heard.warnings).hasSize(1);
  }

  @Test
  void nothingIsSentUnderASecretThatARemovedMemberKnows() {
    alice.await(hers.invite("bob", Role.WRITER));
    TestUser carol = new TestUser(world, "carol");
    alice.await(hers.invite("carol", Role.WRITER));
    Room theirs = carol.room(inside);
    carol.listen(theirs);
    // The chain goes on; the rekey is kept from carol, until she repairs the gap from history.
    world.hub.withheld = entry -> entry.kind() == EntryKind.REKEY;
    alice.await(hers.remove("bob"));
    int before = sent().size();

    CompletableFuture<Published> published = theirs.publish(Content.text("secret"));
    world.loop.advance(Duration.ofSeconds(10));

    assertThat(published).isCompleted();
    assertThat(sent().subList(before, sent().size()))
        .isNotEmpty()
        .allMatch(frame -> frame.epoch() == inside.epoch());
  }
}
