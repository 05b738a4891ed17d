package dev.zamok.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.client.authority.SessionApi;
import dev.zamok.client.profile.ProfileStore;
import dev.zamok.client.room.Published;
import dev.zamok.client.room.RoomState;
import dev.zamok.client.world.Heard;
import dev.zamok.client.world.World;
import dev.zamok.client.world.WorldAccount;
import dev.zamok.client.world.WorldRoom;
import dev.zamok.client.world.WorldSession;
import dev.zamok.crypto.chain.History;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.epoch.RekeyKind;
import dev.zamok.protocol.content.Content;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * People talk while keys and members change, frames and answers take any time, and servers are away
 * for moments. Whatever the order of events: nothing is lost, nothing comes twice, all hear the
 * same, nobody is alarmed, and in the end everybody can talk.
 */
class InterleavingTest {
  private static final int ROUNDS = 60;
  private static final Duration ROUND = Duration.ofMillis(400);
  private static final Duration CALM = Duration.ofMinutes(4);
  private static final int LAG_MILLIS_MAX = 900;

  private final List<CompletableFuture<Published>> published = new ArrayList<>();
  private Random choices = new Random();
  private World world = new World();
  private boolean trouble;

  /** An authority that now and then cannot answer, or does not know yet. */
  private final class Moody extends WorldSession {
    Moody(WorldAccount self) {
      super(InterleavingTest.this.world, self);
    }

    @Override
    protected <T> CompletableFuture<T> later(Supplier<T> answer) {
      if (trouble && choices.nextInt(6) == 0) {
        return super.later(
            () -> {
              throw World.refused(503, "unavailable");
            });
      }
      return super.later(answer);
    }

    @Override
    public CompletableFuture<List<dev.zamok.client.authority.Answers.Shares>> shares(
        List<ShareQuery> queries) {
      // Another node of the authority, which has not heard of the newest epoch.
      return trouble && choices.nextInt(6) == 0 ? later(List::of) : super.shares(queries);
    }
  }

  private TestUser user(String login) {
    SessionApi authority = new Moody(world.account(login));
    return new TestUser(world, login, ProfileStore.inMemory(), authority);
  }

  private static SecureRandom seeded(long seed) {
    try {
      SecureRandom random = SecureRandom.getInstance("SHA1PRNG");
      random.setSeed(seed);
      return random;
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void inWhateverOrderThingsHappenNothingIsLost(long seed) {
    choices = new Random(seed);
    world = new World(seeded(seed));
    TestUser alice = user("alice");
    List<TestUser> people = List.of(alice, user("bob"), user("carol"));
    Room hers = alice.await(alice.session.createPrivate("plans", History.FULL));
    alice.await(hers.invite("bob", Role.ADMIN));
    alice.await(hers.invite("carol", Role.WRITER));
    WorldRoom inside = world.room(hers.id());
    List<Room> rooms = new ArrayList<>();
    List<Heard> heard = new ArrayList<>();
    for (TestUser one : people) {
      Room room = one == alice ? hers : one.room(inside);
      rooms.add(room);
      heard.add(one.listen(room));
    }
    world.account("dave");

    world.lagMillis = () -> choices.nextInt(LAG_MILLIS_MAX);
    trouble = true;
    for (int round = 0; round < ROUNDS; round++) {
      int who = choices.nextInt(rooms.size());
      say(rooms.get(who), round);
      happens(inside, hers);
      world.loop.advance(Duration.ofMillis(choices.nextLong(ROUND.toMillis())));
    }
    trouble = false;
    world.lagMillis = () -> 0;
    world.loop.advance(CALM);

    assertThat(published).as("seed " + seed).allMatch(CompletableFuture::isDone);
    List<String> expected =
        inside.log.stream()
            .filter(entry -> entry.kind() == dev.zamok.protocol.EntryKind.MESSAGE)
            .map(entry -> entry.id().toString())
            .toList();
    for (int i = 0; i < rooms.size(); i++) {
      String who = "seed " + seed + ", " + people.get(i).account.login;
      assertThat(heard.get(i).warnings).as(who).isEmpty();
      assertThat(heard.get(i).messages)
          .as(who)
          .extracting(message -> message.id().toString())
          .containsExactlyElementsOf(expected);
      assertThat(rooms.get(i).state()).as(who).isEqualTo(RoomState.LIVE);
    }
    assertThat(published.stream().filter(f -> !f.isCompletedExceptionally()).count())
        .as("seed " + seed)
        .isEqualTo(expected.size());
    rooms.forEach(room -> published.add(room.publish(Content.text("after all"))));
    world.loop.advance(Duration.ofSeconds(5));
    assertThat(published.subList(published.size() - rooms.size(), published.size()))
        .as("seed " + seed)
        .allMatch(one -> one.isDone() && !one.isCompletedExceptionally());
  }

  private void say(Room room, int round) {
    int count = 1 + choices.nextInt(4);
    for (int i = 0; i < count; i++) {
      published.add(room.publish(Content.text(round + "." + i)));
    }
  }

  private void happens(WorldRoom inside, Room hers) {
    switch (choices.nextInt(9)) {
      case 0, 1 -> rekey(inside, RekeyKind.RATCHET);
      case 2 -> rekey(inside, RekeyKind.TIMED_RESET);
      case 3 -> rekey(inside, RekeyKind.IMMEDIATE_RESET);
      case 4 -> world.hub.cut();
      case 5 -> ignored(hers.invite("dave", Role.WRITER));
      case 6 -> ignored(hers.remove("dave"));
      default -> {
        // A quiet moment.
      }
    }
  }

  private void rekey(WorldRoom inside, RekeyKind kind) {
    if (!inside.owed) {
      inside.rekey(kind);
    }
  }

  private static void ignored(CompletableFuture<?> change) {
    var unused = change.exceptionally(failure -> null);
  }
}
