package dev.zamok.crypto.room;

import static dev.zamok.crypto.Fixtures.ALICE;
import static dev.zamok.crypto.Fixtures.BOB;
import static dev.zamok.crypto.Tampering.assertFails;
import static dev.zamok.crypto.Tampering.flip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zamok.crypto.Fixtures;
import dev.zamok.crypto.SeededRandom;
import dev.zamok.crypto.identity.Cards;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MalformedException;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class RoomInfoTest {
  private final SecureRandom random = new SeededRandom("info");
  private final RoomSecret secret = RoomSecret.random(Fixtures.SEALED, 3, random);
  private final Cards cards =
      f ->
          f.equals(ALICE.fingerprint())
              ? ALICE.card()
              : f.equals(BOB.fingerprint()) ? BOB.card() : null;
  private final Bytes stored = RoomInfo.seal(secret, 5, "Совет", ALICE, random);

  @Test
  void nameComesBackWithItsAuthorAndVersion() {
    RoomInfo info = RoomInfo.open(secret, cards, stored);
    assertThat(info).isEqualTo(new RoomInfo(5, "Совет", ALICE.fingerprint()));
    assertThat(RoomInfo.generationOf(stored)).isEqualTo(3);
    assertThat(info.toString()).doesNotContain("Совет");
  }

  @Test
  void anyChangedBitIsRefused() {
    for (int bit = 0; bit < stored.size() * 8; bit++) {
      Bytes changed = flip(stored, bit);
      assertFails(() -> RoomInfo.open(secret, cards, changed));
    }
    for (int size = 0; size < stored.size(); size += 7) {
      Bytes cut = stored.slice(0, size);
      assertFails(() -> RoomInfo.open(secret, cards, cut));
    }
  }

  @Test
  void nameOfAnotherRoomOrGenerationIsRefused() {
    RoomSecret later = new RoomSecret(Fixtures.SEALED, 4, secret.secret());
    RoomSecret elsewhere = new RoomSecret(Fixtures.MANAGED, 3, secret.secret());
    assertFails(() -> RoomInfo.open(later, cards, stored));
    assertFails(() -> RoomInfo.open(elsewhere, cards, stored));
  }

  @Test
  void memberCannotNameTheRoomInTheNameOfAnother() {
    byte[] forged = RoomInfo.seal(secret, 6, "Bob's", BOB, random).toByteArray();
    ALICE.fingerprint().bytes().copyTo(forged, 4);
    assertFails(() -> RoomInfo.open(secret, cards, Bytes.wrap(forged)));
    assertFails(() -> RoomInfo.open(secret, f -> BOB.card(), stored));
    assertFails(() -> RoomInfo.open(secret, f -> null, stored));
  }

  @Test
  void lengthOfANameIsHiddenAndBounded() {
    Bytes one = RoomInfo.seal(secret, 1, "a", ALICE, random);
    Bytes other = RoomInfo.seal(secret, 1, "a".repeat(50), ALICE, random);
    assertThat(one.size()).isEqualTo(other.size());
    RoomInfo.seal(secret, 1, "a".repeat(200), ALICE, random);
    assertThatThrownBy(() -> RoomInfo.seal(secret, 1, "a".repeat(201), ALICE, random))
        .isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> RoomInfo.seal(secret, 1, "", ALICE, random))
        .isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> RoomInfo.seal(secret, 1, "\ud800", ALICE, random))
        .isInstanceOf(MalformedException.class);
  }
}
