package dev.zamok.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.client.authority.Answers;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.profile.ProfileStore;
import dev.zamok.client.room.RoomState;
import dev.zamok.client.world.Heard;
import dev.zamok.client.world.World;
import dev.zamok.client.world.WorldRoom;
import dev.zamok.client.world.WorldSession;
import dev.zamok.crypto.SecretBytes;
import dev.zamok.crypto.chain.History;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.epoch.RekeyKind;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.EntryKind;
import dev.zamok.protocol.RoomId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Answers that come late, and keys that are not there for a while. */
class KeyRaceTest {
  private final World world = new World();
  private final TestUser alice = new TestUser(world, "alice");
  private final Room hers = alice.await(alice.session.createPrivate("plans", History.FULL));
  private final WorldRoom inside = world.room(hers.id());

  /** Bob's authority: some answers are slow, some are missing. */
  private final class Slow extends WorldSession {
    private boolean slowChain;
    private boolean noShares;
    private boolean noWraps;
    private boolean noMembers;
    private boolean staleTicket;
    private WorldRoom.@Nullable Epoch announced;

    Slow(World world) {
      super(world, world.account("bob"));
    }

    @Override
    public CompletableFuture<List<Answers.Shares>> shares(List<ShareQuery> queries) {
      return noShares ? later(List::of) : super.shares(queries);
    }

    @Override
    protected Answers.Shares shares(WorldRoom room, ShareQuery query) {
      Answers.Shares served = super.shares(room, query);
      WorldRoom.Epoch coming = announced;
      Integer to = query.to();
      if (coming == null || (to != null && to < coming.rekey().n())) {
        return served;
      }
      List<Answers.Share> shares = new ArrayList<>(served.shares());
      var share = SecretBytes.copyOf(coming.share().share().toByteArray());
      shares.add(new Answers.Share(coming.rekey().n(), share));
      List<Bytes> rekeys = new ArrayList<>(served.rekeys());
      rekeys.add(coming.rekey().encoded());
      return new Answers.Shares(room.id, shares, rekeys, served.secrets());
    }

    @Override
    public CompletableFuture<List<Answers.Wrapped>> wraps(RoomId id) {
      return noWraps ? later(List::of) : super.wraps(id);
    }

    @Override
    protected Answers.TicketRoom ticketRoom(WorldRoom room, WorldRoom.Person person) {
      Answers.TicketRoom said = super.ticketRoom(room, person);
      return staleTicket
          ? new Answers.TicketRoom(
              said.room(),
              said.epoch(),
              said.generation() - 1,
              said.rekeyHash(),
              true,
              said.tag(),
              said.role(),
              said.chainLength())
          : said;
    }

    @Override
    public CompletableFuture<Answers.Statements> statements(
        RoomId id, int from, @Nullable RoomId through) {
      if (noMembers) {
        return later(
            () -> {
              throw World.refused(503, "unavailable");
            });
      }
      if (!slowChain) {
        return super.statements(id, from, through);
      }
      slowChain = false;
      CompletableFuture<Answers.Statements> late = new CompletableFuture<>();
      super.statements(id, from, through)
          .thenAccept(page -> world.loop.after(Duration.ofSeconds(2), () -> late.complete(page)));
      return late;
    }
  }

  @Test
  void keysThatAreServedLaterAreAskedForAgain() {
    Slow authority = new Slow(world);
    TestUser bob = bob(authority);
    for (boolean wraps : new boolean[] {true, false}) {
      authority.noWraps = wraps;
      authority.noShares = !wraps;
      TestUser again = new TestUser(world, "bob", ProfileStore.inMemory(), authority);
      Room his = again.room(inside);
      Heard heard = new Heard();
      CompletableFuture<Room.Subscription> subscribed = his.subscribe(heard);
      world.loop.advance(Duration.ofSeconds(5));
      assertThat(subscribed).isNotDone();

      authority.noWraps = false;
      authority.noShares = false;
      world.loop.advance(Duration.ofSeconds(8));

      assertThat(subscribed).isCompleted();
      again.say(his, "at last");
      assertThat(heard.texts()).containsExactly("at last");
    }
    assertThat(bob.account).isNotNull();
  }

  @Test
  void whoGetsNoKeysForLongGoesOnAskingLessAndLess() {
    Slow authority = new Slow(world);
    TestUser bob = bob(authority);
    authority.noWraps = true;
    Room his = bob.room(inside);
    CompletableFuture<Room.Subscription> refused = his.subscribe(new Heard());
    world.loop.advance(Duration.ofMinutes(2));
    assertThat(refused).isCompletedExceptionally();
    int early = authority.requests;
    world.loop.advance(Duration.ofMinutes(2));
    assertThat(authority.requests - early).isBetween(1, 60);

    authority.noWraps = false;
    world.loop.advance(Duration.ofMinutes(2));

    assertThat(his.state()).isEqualTo(RoomState.LIVE);
    bob.say(his, "at last");
  }

  @Test
  void aRekeyWhoseShareIsNotServedYetIsTakenAMomentLater() {
    Slow authority = new Slow(world);
    TestUser bob = bob(authority);
    Room his = bob.room(inside);
    Heard heard = bob.listen(his);
    authority.noShares = true;
    inside.rekey(RekeyKind.IMMEDIATE_RESET);
    alice.say(hers, "under the new key");
    world.loop.advance(Duration.ofSeconds(4));
    assertThat(heard.texts()).isEmpty();

    authority.noShares = false;
    world.loop.advance(Duration.ofSeconds(10));

    assertThat(heard.texts()).containsExactly("under the new key");
    assertThat(heard.warnings).isEmpty();
    bob.say(his, "me too");
  }

  @Test
  void membersThatCouldNotBeAskedForAreAskedForAgain() {
    Slow authority = new Slow(world);
    TestUser bob = bob(authority);
    Room his = bob.room(inside);
    bob.listen(his);
    authority.noMembers = true;
    alice.await(hers.setRole("bob", Role.READER));
    world.loop.advance(Duration.ofSeconds(1));
    assertThat(bob.await(his.role())).isEqualTo(Role.WRITER);

    authority.noMembers = false;
    world.loop.advance(Duration.ofSeconds(30));

    assertThat(bob.await(his.role())).isEqualTo(Role.READER);
  }

  @Test
  void anAnnouncedEpochIsNotSentUnderBeforeItIsInForce() {
    Slow authority = new Slow(world);
    TestUser bob = bob(authority);
    authority.announced = inside.sign(RekeyKind.TIMED_RESET, 1, world.controlKey);
    Room his = bob.room(inside);
    bob.listen(his);

    bob.say(his, "now");
    // Nor when the hub took a newer one, which makes the client ask for everything there is.
    world.hub.withheld = entry -> entry.kind() == EntryKind.REKEY;
    inside.rekey(RekeyKind.RATCHET);
    authority.announced = inside.sign(RekeyKind.TIMED_RESET, 1, world.controlKey);
    bob.say(his, "again");
    world.loop.advance(Duration.ofSeconds(5));

    assertThat(world.hub.publications()).allMatch(frame -> frame.epoch() <= inside.epoch());
  }

  @Test
  void anAnswerFromBeforeTheNewSecretDoesNotCloseTheRoom() {
    TestUser carol = new TestUser(world, "carol");
    Slow authority = new Slow(world);
    TestUser bob = bob(authority);
    alice.await(hers.invite("carol", Role.WRITER));
    Room his = bob.room(inside);
    Heard heard = bob.listen(his);
    carol.await(carol.room(inside).leave());
    world.loop.advance(Duration.ofSeconds(10));
    assertThat(inside.generation()).isEqualTo(2);

    // The ticket that was asked for while the secret was owed comes only now.
    authority.staleTicket = true;
    world.hub.cut();
    world.loop.advance(Duration.ofMinutes(14));

    bob.say(his, "still open");
    assertThat(heard.texts()).containsExactly("still open");
  }

  @Test
  void aRemovalWhoseAnswerWasLostIsSentAgainAndDoneOnce() {
    world.account("bob");
    alice.await(hers.invite("bob", Role.WRITER));
    boolean[] lost = new boolean[1];
    WorldSession forgetful =
        new WorldSession(world, world.account("alice")) {
          @Override
          public CompletableFuture<Answers.Room> extend(RoomId id, Extension extension) {
            return super.extend(id, extension)
                .thenCompose(
                    taken -> {
                      boolean first = !lost[0];
                      lost[0] = true;
                      return first
                          ? CompletableFuture.failedFuture(
                              ClientProblem.unavailable("no answer", true))
                          : CompletableFuture.completedFuture(taken);
                    });
          }
        };
    TestUser again = new TestUser(world, "alice", ProfileStore.inMemory(), forgetful);

    again.await(again.room(inside).remove("bob"));

    assertThat(lost[0]).isTrue();
    assertThat(inside.generation()).isEqualTo(2);
  }

  @Test
  void aHubThatRefusesForLongDoesNotEndAMembership() {
    TestUser bob = bob(new Slow(world));
    Room his = bob.room(inside);
    Heard heard = bob.listen(his);
    world.hub.refusedJoins = 8;
    world.hub.cut();
    world.loop.advance(Duration.ofMinutes(3));

    assertThat(his.state()).isEqualTo(RoomState.LIVE);
    bob.say(his, "back");
    assertThat(heard.texts()).containsExactly("back");
  }

  private TestUser bob(Slow authority) {
    world.account("bob");
    alice.await(hers.invite("bob", Role.WRITER));
    return new TestUser(world, "bob", ProfileStore.inMemory(), authority);
  }

  @Test
  void anAnswerThatIsOlderThanTheRekeyIsNotTakenForTheTruth() {
    Slow authority = new Slow(world);
    TestUser bob = bob(authority);
    Room his = bob.room(inside);
    Heard heard = bob.listen(his);
    // A look at the chain is under way, with an answer from before the removal, when it happens.
    authority.slowChain = true;
    inside.hint(EntryKind.MEMBER);
    world.loop.settle();
    world.account("carol");
    alice.await(hers.invite("carol", Role.WRITER));
    alice.await(hers.remove("carol"));
    world.loop.advance(Duration.ofSeconds(5));

    assertThat(heard.warnings).isEmpty();
    assertThat(his.state()).isEqualTo(RoomState.LIVE);
    bob.say(his, "still here");
    assertThat(heard.texts()).containsExactly("still here");
  }

  @Test
  void twoStepsThatAskForOneSecretAtOnceBothGetIt() {
    TestUser bob = bob(new Slow(world));
    Room his = bob.room(inside);
    CompletableFuture<Optional<String>> one = his.name();
    CompletableFuture<Optional<String>> other = his.name();
    assertThat(bob.await(one)).contains("plans");
    assertThat(bob.await(other)).contains("plans");
  }
}
