package dev.zamok.client.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.profile.KeptDevice;
import dev.zamok.client.profile.Profile;
import dev.zamok.client.profile.ProfileStore;
import dev.zamok.client.world.VirtualLoop;
import dev.zamok.crypto.account.UnlockKey;
import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.SessionId;
import java.security.SecureRandom;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A key under two halves: one here, one at the server. */
class DeviceKeeperTest {
  private final SecureRandom random = new SecureRandom();
  private final VirtualLoop loop = new VirtualLoop();
  private final DeviceServer server = new DeviceServer(random);
  private final ProfileStore store = ProfileStore.inMemory();
  private final KeptDevice.Login login =
      new KeptDevice.Login(
          new AccountId(1, 2),
          "ada",
          SessionId.of(Bytes.wrap(new byte[SessionId.SIZE])),
          "token",
          Long.MAX_VALUE);
  private final UnlockKey key = UnlockKey.random(random);

  /** As a new run of the client finds it. */
  private Profile profile() {
    return new Profile(store, random);
  }

  private DeviceKeeper keeper(Profile profile) {
    return new DeviceKeeper(loop, server, profile, random);
  }

  private static <T> T get(CompletableFuture<T> future) {
    try {
      return future.join();
    } catch (java.util.concurrent.CompletionException e) {
      throw ClientProblem.in(e);
    }
  }

  private UnlockKey open() {
    Profile profile = profile();
    return get(keeper(profile).open(profile.keptDevice().orElseThrow()));
  }

  private void start() {
    Profile profile = profile();
    KeptDevice kept = profile.keptDevice().orElseThrow();
    UnlockKey opened = get(keeper(profile).open(kept));
    assertThat(opened).isEqualTo(key);
    get(keeper(profile).changeWhenDue(kept, opened));
  }

  @Test
  void theKeyComesBackWithoutAPassword() {
    get(keeper(profile()).keep(login, key));
    assertThat(open()).isEqualTo(key);
    assertThat(profile().keptDevice().orElseThrow().login()).isEqualTo(login);
    assertThat(profile().keptDevice().toString()).doesNotContain("token");
  }

  @Test
  void theHalvesChangeAfterADayAndTheOldOnesAreGone() {
    get(keeper(profile()).keep(login, key));
    KeptDevice before = profile().keptDevice().orElseThrow();
    start();
    assertThat(profile().keptDevice().orElseThrow().halves()).hasSize(1);
    assertThat(profile().keptDevice().orElseThrow().halves().get(0).number()).isEqualTo(1);
    loop.advance(DeviceKeeper.CHANGE_AFTER);
    start();
    KeptDevice.Half after = profile().keptDevice().orElseThrow().halves().get(0);
    assertThat(after.number()).isEqualTo(2);
    assertThat(after.secret()).isNotEqualTo(before.halves().get(0).secret());
    assertThat(server.codes).hasSize(1);
    start();
    assertThatThrownBy(() -> get(keeper(profile()).open(before)))
        .isInstanceOfSatisfying(
            ClientProblem.class, p -> assertThat(p.refusal()).isEqualTo(DeviceKeeper.CHANGED));
  }

  @Test
  void aChangeThatStopsAnywhereLosesNothing() {
    get(keeper(profile()).keep(login, key));
    // A start asks for the codes, for a new one, and confirms it.
    for (int answers = 1; answers <= 3; answers++) {
      loop.advance(DeviceKeeper.CHANGE_AFTER);
      server.answersLeft = answers;
      Profile profile = profile();
      KeptDevice kept = profile.keptDevice().orElseThrow();
      UnlockKey opened = get(keeper(profile).open(kept));
      CompletableFuture<Void> change = keeper(profile).changeWhenDue(kept, opened);
      assertThat(change.isCompletedExceptionally()).isEqualTo(answers < 3);
      server.answersLeft = Integer.MAX_VALUE;
      assertThat(open()).isEqualTo(key);
      start();
      assertThat(profile().keptDevice().orElseThrow().halves()).hasSize(1);
      assertThat(server.codes).hasSize(1);
    }
  }

  @Test
  void aForgottenDeviceHasNoHalfOnEitherSide() {
    get(keeper(profile()).keep(login, key));
    get(keeper(profile()).forget());
    assertThat(profile().keptDevice()).isEmpty();
    assertThat(server.codes).isEmpty();
  }
}
