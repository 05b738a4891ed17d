package dev.zamok.crypto.epoch;

import static dev.zamok.crypto.Tampering.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zamok.crypto.Fixtures;
import dev.zamok.crypto.room.RoomSecret;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.RoomId;
import org.junit.jupiter.api.Test;

class EpochKeyTest {
  private static final Bytes CONTEXT = Bytes.fromHex("00");

  private final EpochScript epochs = new EpochScript();

  @Test
  void memberWhoRollsForwardHasTheKeyOfTheAuthority() {
    AuthorityShare member = epochs.share;
    for (int i = 0; i < 5; i++) {
      Rekey rekey = epochs.ratchet();
      member = member.ratchet(rekey.hubShare()).require(rekey.terms().check());
      assertThat(member).isEqualTo(epochs.share);
    }
    Bytes sealed = epochs.key().seal().seal(CONTEXT, new byte[3], epochs.random);
    EpochKey own = EpochKey.derive(epochs.rekey, member, epochs.secret);
    assertThat(own.seal().open(CONTEXT, sealed)).hasSize(3);
    assertThat(own.n()).isEqualTo(6);
  }

  @Test
  void removedMemberCannotFollowAReset() {
    AuthorityShare old = epochs.share;
    Rekey reset = epochs.reset();
    AuthorityShare guessed = old.ratchet(reset.hubShare());
    assertThat(guessed.n()).isEqualTo(reset.n());
    assertThat(reset.matches(guessed)).isFalse();
    assertFails(() -> EpochKey.derive(reset, guessed, epochs.secret));
    Bytes sealed = epochs.key().seal().seal(CONTEXT, new byte[3], epochs.random);
    EpochKey forced = EpochKey.derive(guessed, epochs.secret, reset.hubShare());
    assertFails(() -> forced.seal().open(CONTEXT, sealed));
  }

  @Test
  void eachPartOfTheKeyIsNeeded() {
    Bytes sealed = epochs.key().seal().seal(CONTEXT, new byte[3], epochs.random);
    RoomSecret otherSecret = RoomSecret.random(Fixtures.MANAGED, 1, epochs.random);
    AuthorityShare otherShare = AuthorityShare.random(Fixtures.MANAGED, 1, epochs.random);
    HubShare otherHub = HubShare.random(epochs.random);
    HubShare hub = epochs.rekey.hubShare();
    assertThat(EpochKey.derive(epochs.share, epochs.secret, hub).seal().open(CONTEXT, sealed))
        .hasSize(3);
    assertFails(() -> EpochKey.derive(otherShare, epochs.secret, hub).seal().open(CONTEXT, sealed));
    assertFails(() -> EpochKey.derive(epochs.share, otherSecret, hub).seal().open(CONTEXT, sealed));
    assertFails(
        () -> EpochKey.derive(epochs.share, epochs.secret, otherHub).seal().open(CONTEXT, sealed));
  }

  @Test
  void roomEpochAndGenerationAreBoundIntoTheKey() {
    Bytes sealed = epochs.key().seal().seal(CONTEXT, new byte[3], epochs.random);
    HubShare hub = epochs.rekey.hubShare();
    RoomId elsewhere = new RoomId(Fixtures.MANAGED.high(), 99);
    AuthorityShare room = new AuthorityShare(elsewhere, 1, epochs.share.share());
    RoomSecret roomSecret = new RoomSecret(elsewhere, 1, epochs.secret.secret());
    AuthorityShare later = new AuthorityShare(Fixtures.MANAGED, 2, epochs.share.share());
    RoomSecret newer = new RoomSecret(Fixtures.MANAGED, 2, epochs.secret.secret());
    assertFails(() -> EpochKey.derive(room, roomSecret, hub).seal().open(CONTEXT, sealed));
    assertFails(() -> EpochKey.derive(later, epochs.secret, hub).seal().open(CONTEXT, sealed));
    assertFails(() -> EpochKey.derive(epochs.share, newer, hub).seal().open(CONTEXT, sealed));
    assertThatThrownBy(() -> EpochKey.derive(room, epochs.secret, hub))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void checkTellsSharesApartByRoomAndEpoch() {
    AuthorityShare later = new AuthorityShare(Fixtures.MANAGED, 2, epochs.share.share());
    assertFails(() -> later.require(epochs.share.check()));
    assertThatThrownBy(() -> new AuthorityShare(Fixtures.MANAGED, 0, epochs.share.share()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new HubShare(Bytes.EMPTY)).isInstanceOf(MalformedException.class);
  }
}
