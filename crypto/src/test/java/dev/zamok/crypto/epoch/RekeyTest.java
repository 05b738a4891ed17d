package dev.zamok.crypto.epoch;

import static dev.zamok.crypto.Tampering.assertFails;
import static dev.zamok.crypto.Tampering.assertFailsOrIsMalformed;
import static dev.zamok.crypto.Tampering.flip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zamok.crypto.Fixtures;
import dev.zamok.crypto.Hash;
import dev.zamok.crypto.SeededRandom;
import dev.zamok.crypto.identity.SigningKey;
import dev.zamok.crypto.room.RoomSecret;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.RoomId;
import java.util.List;
import org.junit.jupiter.api.Test;

class RekeyTest {
  private final EpochScript epochs = new EpochScript();

  @Test
  void rekeyComesBackFromItsBytesAndVerifies() {
    Rekey rekey = epochs.ratchet();
    Rekey parsed = Rekey.parse(rekey.encoded()).verify(epochs.keys);
    assertThat(parsed.terms()).isEqualTo(rekey.terms());
    assertThat(parsed.hash()).isEqualTo(rekey.hash());
    assertThat(parsed.encoded().size()).isEqualTo(Rekey.SIZE);
    assertThat(parsed.keyId()).isEqualTo(epochs.control.publicKey().id());
    assertThat(rekey.hash())
        .isEqualTo(Hash.of(rekey.encoded().slice(0, rekey.encoded().size() - 64)));
  }

  @Test
  void anyChangedBitOfARekeyIsRefused() {
    Bytes encoded = epochs.ratchet().encoded();
    for (int bit = 0; bit < encoded.size() * 8; bit++) {
      Bytes changed = flip(encoded, bit);
      assertFailsOrIsMalformed(() -> Rekey.parse(changed).verify(epochs.keys));
    }
    assertThatThrownBy(() -> Rekey.parse(encoded.slice(0, 272)))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void rekeyOfAStrangersKeyIsRefused() {
    SigningKey stranger = SigningKey.generate(new SeededRandom("stranger"));
    Rekey forged = Rekey.sign(epochs.rekey.terms(), stranger);
    assertFails(() -> forged.verify(epochs.keys));
    ControlKeys both = ControlKeys.of(List.of(stranger.publicKey(), epochs.control.publicKey()));
    forged.verify(both);
    epochs.rekey.verify(both);
  }

  @Test
  void rekeysFollowOneAnotherWithoutAGap() {
    Rekey first = epochs.rekey;
    Rekey second = epochs.ratchet();
    Rekey third = epochs.reset();
    second.requireFollows(first);
    third.requireFollows(second);
    assertFails(() -> third.requireFollows(first));
    assertFails(() -> first.requireFollows(second));
    assertFails(() -> second.requireFollows(second));
  }

  @Test
  void rekeyThatSkipsAWithheldOneIsNoticed() {
    Rekey first = epochs.rekey;
    epochs.ratchet();
    Rekey third = epochs.ratchet();
    assertFails(() -> third.requireFollows(first));
  }

  @Test
  void newGenerationNeedsAResetAndNeverFallsBack() {
    RekeyTerms first = epochs.rekey.terms();
    assertFails(() -> following(RekeyKind.RATCHET, 2).requireFollows(epochs.rekey));
    Rekey reset = following(RekeyKind.IMMEDIATE_RESET, 2);
    reset.requireFollows(epochs.rekey);
    RekeyTerms back =
        new RekeyTerms(
            first.room(),
            3,
            1,
            RekeyKind.TIMED_RESET,
            first.hubShare(),
            first.check(),
            first.commit(),
            Hash.ZERO,
            reset.hash());
    assertFails(() -> Rekey.sign(back, epochs.control).requireFollows(reset));
  }

  @Test
  void rekeyMatchesItsShareAndSecretOnly() {
    assertThat(epochs.rekey.matches(epochs.share)).isTrue();
    assertThat(epochs.rekey.matches(epochs.secret)).isTrue();
    assertThat(epochs.rekey.matches(AuthorityShare.random(Fixtures.MANAGED, 1, epochs.random)))
        .isFalse();
    assertThat(epochs.rekey.matches(new AuthorityShare(Fixtures.MANAGED, 2, epochs.share.share())))
        .isFalse();
    assertThat(epochs.rekey.matches(RoomSecret.random(Fixtures.MANAGED, 1, epochs.random)))
        .isFalse();
  }

  @Test
  void chainIsNamedExactlyInSealedRooms() {
    assertThatThrownBy(() -> termsOf(Fixtures.MANAGED, Hash.of(Bytes.EMPTY)))
        .isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> termsOf(Fixtures.SEALED, Hash.ZERO))
        .isInstanceOf(MalformedException.class);
    termsOf(Fixtures.SEALED, Hash.of(Bytes.EMPTY));
  }

  @Test
  void firstEpochIsAResetWithoutPredecessor() {
    HubShare hub = HubShare.random(epochs.random);
    assertThatThrownBy(() -> epochs.terms(RekeyKind.RATCHET, hub, Hash.ZERO, 1))
        .isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> epochs.terms(RekeyKind.IMMEDIATE_RESET, hub, Hash.of(Bytes.EMPTY), 1))
        .isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> RekeyKind.of(0)).isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> RekeyKind.of(4)).isInstanceOf(MalformedException.class);
  }

  @Test
  void announcementVerifiesAndAnyChangedBitIsRefused() {
    Announcement announcement = Announcement.sign(Fixtures.MANAGED, 9, 1234, epochs.control);
    Announcement parsed = Announcement.parse(announcement.encoded()).verify(epochs.keys);
    assertThat(parsed.room()).isEqualTo(Fixtures.MANAGED);
    assertThat(parsed.n()).isEqualTo(9);
    assertThat(parsed.atMillis()).isEqualTo(1234);
    assertThat(parsed.encoded().size()).isEqualTo(Announcement.SIZE);
    for (int bit = 0; bit < Announcement.SIZE * 8; bit++) {
      Bytes changed = flip(announcement.encoded(), bit);
      assertFailsOrIsMalformed(() -> Announcement.parse(changed).verify(epochs.keys));
    }
  }

  @Test
  void announcementDoesNotPassForARekeyNorTheReverse() {
    Bytes announcement = Announcement.sign(Fixtures.MANAGED, 9, 1234, epochs.control).encoded();
    assertThatThrownBy(() -> Rekey.parse(announcement)).isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> Announcement.parse(epochs.rekey.encoded()))
        .isInstanceOf(MalformedException.class);
  }

  private Rekey following(RekeyKind kind, int g) {
    RekeyTerms first = epochs.rekey.terms();
    return Rekey.sign(
        new RekeyTerms(
            first.room(),
            2,
            g,
            kind,
            first.hubShare(),
            first.check(),
            first.commit(),
            Hash.ZERO,
            epochs.rekey.hash()),
        epochs.control);
  }

  private RekeyTerms termsOf(RoomId room, Hash chain) {
    RekeyTerms first = epochs.rekey.terms();
    return new RekeyTerms(
        room,
        1,
        1,
        RekeyKind.IMMEDIATE_RESET,
        first.hubShare(),
        first.check(),
        first.commit(),
        chain,
        Hash.ZERO);
  }
}
