package dev.zamok.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.client.authority.Answers;
import dev.zamok.client.profile.ProfileStore;
import dev.zamok.client.room.RoomState;
import dev.zamok.client.world.Heard;
import dev.zamok.client.world.World;
import dev.zamok.client.world.WorldRoom;
import dev.zamok.client.world.WorldSession;
import dev.zamok.crypto.chain.History;
import dev.zamok.crypto.chain.Role;
import dev.zamok.protocol.EntryKind;
import dev.zamok.protocol.RoomId;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
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

    Slow(World world) {
      super(world, world.account("bob"));
    }

    @Override
    public CompletableFuture<Answers.Statements> statements(RoomId id, int from) {
      if (!slowChain) {
        return super.statements(id, from);
      }
      slowChain = false;
      CompletableFuture<Answers.Statements> late = new CompletableFuture<>();
      super.statements(id, from)
          .thenAccept(page -> world.loop.after(Duration.ofSeconds(2), () -> late.complete(page)));
      return late;
    }
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
}
