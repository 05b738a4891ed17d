package dev.zamok.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.zamok.client.authority.Answers;
import dev.zamok.client.authority.AuthorityApi;
import dev.zamok.client.authority.SessionApi;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.problem.ClientProblem.Kind;
import dev.zamok.client.world.World;
import dev.zamok.client.world.WorldAccount;
import dev.zamok.client.world.WorldSession;
import dev.zamok.crypto.account.Keyset;
import dev.zamok.crypto.identity.Identity;
import dev.zamok.crypto.password.KdfParams;
import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.DeviceId;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Making and unlocking accounts. */
class AccountsTest {
  private static final KdfParams FLOOR =
      new KdfParams.Argon2id(KdfParams.Argon2id.MEMORY_KIB_MIN, KdfParams.Argon2id.PASSES_MIN, 1);

  private final World world = new World();
  private final Stored stored = new Stored();
  private final Accounts accounts =
      new Accounts(world.loop, Runnable::run, stored, FLOOR, world.random);

  /** Keeps what was registered. */
  private static final class Stored implements AuthorityApi {
    private Registration registration;

    @Override
    public CompletableFuture<Answers.About> about() {
      throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<Void> register(Registration given) {
      registration = given;
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<Void> registerInvited(
        Registration given,
        dev.zamok.protocol.RoomId room,
        int invite,
        dev.zamok.protocol.Bytes token) {
      throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<Answers.NewSession> login(
        String login, String password, DeviceId device, String deviceName) {
      throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<Answers.OpenedLink> openLink(
        dev.zamok.protocol.Bytes id, dev.zamok.crypto.SecretBytes token) {
      throw new UnsupportedOperationException();
    }

    @Override
    public SessionApi session(String token) {
      throw new UnsupportedOperationException();
    }
  }

  private Identity register() {
    Identity made =
        world
            .loop
            .await(
                accounts.register(
                    "ada", "login password", "master word".toCharArray(), NewAccount.PLAIN),
                TestUser.SOON)
            .identity();
    assertThat(made.card().account()).isEqualTo(stored.registration.account());
    return made;
  }

  private CompletableFuture<Identity> unlock(Answers.Account about, String master) {
    WorldAccount account = new WorldAccount("ada", world.account("ada").identity);
    SessionApi session =
        new WorldSession(world, account) {
          @Override
          public CompletableFuture<Answers.Keyset> keyset() {
            return later(() -> stored.registration.keyset());
          }
        };
    return accounts
        .unlock(session, about, master.toCharArray())
        .thenApply(Accounts.Opened::identity);
  }

  private Answers.Account about() {
    return new Answers.Account(stored.registration.account(), "ada", stored.registration.card());
  }

  @Test
  void theMasterPasswordGivesTheKeysBack() {
    Identity made = register();

    Identity opened = world.loop.await(unlock(about(), "master word"), TestUser.SOON);

    assertThat(opened.fingerprint()).isEqualTo(made.fingerprint());
  }

  @Test
  void anotherMasterPasswordDoesNot() {
    register();

    Throwable failure =
        catchThrowable(() -> world.loop.await(unlock(about(), "master world"), TestUser.SOON));

    assertThat(ClientProblem.in(failure).kind()).isEqualTo(Kind.WRONG_PASSWORD);
  }

  @Test
  void nothingThatIsSentHoldsTheMasterPasswordOrAKey() {
    Identity made = register();
    String sent =
        stored.registration.keyset().sealed().toHex()
            + stored.registration.keyset().unlocks().get(0).wrap().toHex()
            + stored.registration.keyset().unlocks().get(0).params();

    String seed = java.util.HexFormat.of().formatHex(made.signing().seed().toByteArray());
    assertThat(sent).doesNotContain(seed).doesNotContain("master");
    assertThat(stored.registration.toString()).doesNotContain("login password");
  }

  @Test
  void aCardThatTheServerSwappedIsNotTakenForOnesOwn() {
    register();
    AccountId account = stored.registration.account();
    Identity other = Keyset.generate(world.random).firstIdentity(account);
    Answers.Account swapped = new Answers.Account(account, "ada", other.card().encoded());

    Throwable failure =
        catchThrowable(() -> world.loop.await(unlock(swapped, "master word"), TestUser.SOON));

    assertThat(ClientProblem.in(failure).kind()).isEqualTo(Kind.TAMPERED);
  }
}
