package dev.zamok.crypto.room;

import static dev.zamok.crypto.Fixtures.ALICE;
import static dev.zamok.crypto.Fixtures.BOB;
import static dev.zamok.crypto.Fixtures.CAROL;
import static dev.zamok.crypto.Fixtures.DAVE;
import static dev.zamok.crypto.Tampering.assertFails;
import static dev.zamok.crypto.Tampering.flip;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.crypto.Hash;
import dev.zamok.crypto.SecretBytes;
import dev.zamok.crypto.SeededRandom;
import dev.zamok.crypto.chain.ChainOp;
import dev.zamok.crypto.chain.ChainScript;
import dev.zamok.crypto.chain.History;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.chain.RoomChain;
import dev.zamok.crypto.chain.RoomKind;
import dev.zamok.crypto.identity.Identity;
import dev.zamok.protocol.Bytes;
import java.security.SecureRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WrapTest {
  private final ChainScript room = new ChainScript(RoomKind.PRIVATE, History.FULL);
  private final RoomChain chain = room.chain();
  private final SecureRandom random = new SeededRandom("wrap");

  @BeforeEach
  void addBob() {
    room.add(ALICE, BOB, Role.WRITER);
    room.add(ALICE, CAROL, Role.READER);
  }

  @Test
  void wrappedSecretReachesItsRecipient() {
    Bytes wrap = wrap(room.secret(1), ALICE);
    assertThat(wrap.size()).isEqualTo(Wrap.SIZE).isEqualTo(145);
    assertThat(Wrap.open(wrap, chain, 1, ALICE.card(), BOB)).isEqualTo(room.secret(1));
    Wrap.requireSignedBy(wrap, statement(1), chain.roomId(), 1, BOB.fingerprint(), ALICE.card());
  }

  @Test
  void anyChangedBitOfAWrapIsRefused() {
    Bytes wrap = wrap(room.secret(1), ALICE);
    for (int bit = 0; bit < wrap.size() * 8; bit++) {
      Bytes changed = flip(wrap, bit);
      assertFails(() -> Wrap.open(changed, chain, 1, ALICE.card(), BOB));
    }
    assertFails(() -> Wrap.open(wrap.slice(0, 144), chain, 1, ALICE.card(), BOB));
  }

  @Test
  void wrapForAnotherOrByAnotherIsRefused() {
    Bytes wrap = wrap(room.secret(1), ALICE);
    assertFails(() -> Wrap.open(wrap, chain, 1, ALICE.card(), CAROL));
    assertFails(() -> Wrap.open(wrap, chain, 1, CAROL.card(), BOB));
    assertFails(() -> Wrap.open(wrap, chain, 2, ALICE.card(), BOB));
  }

  @Test
  void serverCannotHandOutASecretOfItsOwn() {
    RoomSecret planted = RoomSecret.random(chain.roomId(), 1, random);
    assertFails(() -> Wrap.open(wrap(planted, DAVE), chain, 1, DAVE.card(), BOB));
    // Not even a member can: the chain commits to the secret.
    assertFails(() -> Wrap.open(wrap(planted, ALICE), chain, 1, ALICE.card(), BOB));
  }

  @Test
  void strangerCannotWrapEvenTheTrueSecret() {
    assertFails(() -> Wrap.open(wrap(room.secret(1), DAVE), chain, 1, DAVE.card(), BOB));
  }

  @Test
  void wrapOfAnotherGenerationIsRefused() {
    room.does(ALICE, new ChainOp.Remove(CAROL.fingerprint()));
    room.renew(ALICE);
    Bytes first = wrap(room.secret(1), ALICE);
    assertFails(() -> Wrap.open(first, chain, 2, ALICE.card(), BOB));
    assertThat(Wrap.open(first, chain, 1, ALICE.card(), BOB)).isEqualTo(room.secret(1));
  }

  @Test
  void wrapOfSomebodyWhoLeftSinceStillOpensUnlessHeLeftBeforeTheGeneration() {
    Bytes wrap = Wrap.seal(room.secret(1), statement(1), BOB.card(), CAROL, random);
    room.does(ALICE, new ChainOp.Remove(CAROL.fingerprint()));
    assertThat(Wrap.open(wrap, chain, 1, CAROL.card(), BOB)).isEqualTo(room.secret(1));
    room.renew(ALICE);
    Bytes late = Wrap.seal(room.secret(2), statement(2), BOB.card(), CAROL, random);
    assertFails(() -> Wrap.open(late, chain, 2, CAROL.card(), BOB));
  }

  @Test
  void prevLinksLeadBackToTheFirstSecret() {
    room.renew(ALICE);
    room.renew(ALICE);
    RoomSecret third = room.secret(3);
    RoomSecret second =
        third.openPrevLink(chain.generation(3).prevLink(), chain.generation(2).commit());
    RoomSecret first =
        second.openPrevLink(chain.generation(2).prevLink(), chain.generation(1).commit());
    assertThat(second).isEqualTo(room.secret(2));
    assertThat(first).isEqualTo(room.secret(1));
    assertFails(() -> first.openPrevLink(chain.generation(2).prevLink(), Hash.ZERO));
  }

  @Test
  void changedPrevLinkOrCommitmentIsRefused() {
    room.renew(ALICE);
    Bytes link = chain.generation(2).prevLink();
    Hash commit = chain.generation(1).commit();
    for (int bit = 0; bit < link.size() * 8; bit++) {
      Bytes changed = flip(link, bit);
      assertFails(() -> room.secret(2).openPrevLink(changed, commit));
    }
    assertFails(() -> room.secret(2).openPrevLink(link, chain.generation(2).commit()));
  }

  @Test
  void commitmentNamesRoomAndGeneration() {
    SecretBytes same = room.secret(1).secret();
    Hash commit = room.secret(1).commit();
    RoomSecret later = new RoomSecret(chain.roomId(), 2, same);
    RoomSecret elsewhere = new RoomSecret(dev.zamok.crypto.Fixtures.MANAGED, 1, same);
    assertFails(() -> later.require(commit));
    assertFails(() -> elsewhere.require(commit));
  }

  private Bytes wrap(RoomSecret secret, Identity wrapper) {
    return Wrap.seal(secret, statement(secret.g()), BOB.card(), wrapper, random);
  }

  private Hash statement(int g) {
    return chain.generation(g).statement();
  }
}
