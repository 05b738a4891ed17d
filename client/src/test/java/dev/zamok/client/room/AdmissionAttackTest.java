package dev.zamok.client.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.client.world.World;
import dev.zamok.client.world.WorldRoom;
import dev.zamok.crypto.chain.ChainOp;
import dev.zamok.crypto.chain.InviteCode;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.chain.RoomChain;
import dev.zamok.crypto.chain.RoomKind;
import dev.zamok.crypto.identity.Fingerprint;
import dev.zamok.crypto.identity.SigningKey;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Mallory has the code of an invitation, and accepted it while alice was away. */
class AdmissionAttackTest {
  private final World world = new World();
  private final WorldMember alice = new WorldMember(world, "alice");
  private final WorldMember mallory = new WorldMember(world, "mallory");
  private final Fingerprint thief = mallory.account.identity.fingerprint();
  private RoomEngine safe;

  @BeforeEach
  void steal() {
    safe = alice.make(RoomKind.SAFE, "papers");
    InviteCode code = InviteCode.generate(world.random);
    SigningKey key = code.key(safe.id());
    Draft invites = draft(alice);
    int index =
        invites
            .propose(new ChainOp.Invite(key.publicKey(), Role.READER, Long.MAX_VALUE >> 16))
            .index();
    room().extend(alice.account, invites.extension());
    Draft accepts = draft(mallory);
    accepts.propose(ChainOp.Accept.sign(safe.id(), index, thief, accepts.newTag(), key));
    room().extend(mallory.account, accepts.extension());
    assertThat(chain().waitsBy(thief)).isNotNull();
  }

  private WorldRoom room() {
    return world.room(safe.id());
  }

  private RoomChain chain() {
    return Objects.requireNonNull(room().chain);
  }

  private Draft draft(WorldMember by) {
    return new Draft(chain().copy(), world.cards, by.around.signer(), null);
  }

  private boolean wrappedForTheThief() {
    return room().wraps.stream().anyMatch(wrap -> wrap.recipient().equals(thief));
  }

  @Test
  void theSafeIsOpenedAndAskedForItsMembersToSayNoToHim() {
    alice.await(safe.open());
    alice.await(safe.people().members());
    alice.await(safe.people().member("mallory").thenCompose(safe.people()::remove));
    assertThat(wrappedForTheThief()).isFalse();
    assertThat(chain().member(thief)).isNull();
  }

  @Test
  void aProgramThatListensLooksIntoTheSafeWhileItsUserSaysNo() {
    alice.await(safe.people().members());
    CompletableFuture<Void> saying = new CompletableFuture<>();
    CompletableFuture<Void> said = safe.people().admittingNobody(() -> saying);
    assertThat(alice.await(safe.people().admit())).isEmpty();
    assertThat(wrappedForTheThief()).isFalse();
    saying.complete(null);
    alice.await(said);
    assertThat(alice.await(safe.people().admit()))
        .extracting(RoomMember::role)
        .containsExactly(Role.READER);
    assertThat(wrappedForTheThief()).isTrue();
  }

  @Test
  void anAdmissionThatIsUnderWayStopsWhereItsUserSaysNo() {
    alice.await(safe.people().members());
    CompletableFuture<?> admission = safe.people().admit();
    CompletableFuture<Void> said =
        safe.people()
            .admittingNobody(
                () -> safe.people().member("mallory").thenCompose(safe.people()::remove));
    alice.await(admission);
    alice.await(said);
    assertThat(wrappedForTheThief()).isFalse();
    assertThat(chain().member(thief)).isNull();
  }
}
