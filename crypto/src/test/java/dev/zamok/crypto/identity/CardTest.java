package dev.zamok.crypto.identity;

import static dev.zamok.crypto.Tampering.assertFails;
import static dev.zamok.crypto.Tampering.assertFailsOrIsMalformed;
import static dev.zamok.crypto.Tampering.flip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zamok.crypto.Context;
import dev.zamok.crypto.Fixtures;
import dev.zamok.crypto.Hash;
import dev.zamok.crypto.SeededRandom;
import dev.zamok.crypto.account.Keyset;
import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MalformedException;
import org.junit.jupiter.api.Test;

class CardTest {
  private final Identity alice = Fixtures.ALICE;
  private final Identity next =
      Keyset.generate(new SeededRandom("alice, second")).successorOf(alice);

  @Test
  void parsedCardHasTheSameBytesAndFingerprint() {
    Card parsed = Card.parse(alice.card().encoded());
    assertThat(parsed).isEqualTo(alice.card());
    assertThat(parsed.encoded()).isEqualTo(alice.card().encoded());
    assertThat(parsed.fingerprint().bytes())
        .isEqualTo(Hash.of(parsed.encoded().slice(0, parsed.encoded().size() - 64)).bytes());
    assertThat(parsed.seq()).isEqualTo(1);
    assertThat(parsed.previous().isZero()).isTrue();
  }

  @Test
  void successorIsSignedByBothKeysAndNamesItsPredecessor() {
    Card parsed = Card.parse(next.card().encoded());
    parsed.requireSuccessorOf(alice.card());
    assertThat(parsed.seq()).isEqualTo(2);
    assertThat(parsed.previous().bytes()).isEqualTo(alice.fingerprint().bytes());
  }

  @Test
  void anyChangedBitOfACardIsRefused() {
    Bytes encoded = alice.card().encoded();
    for (int bit = 0; bit < encoded.size() * 8; bit++) {
      Bytes changed = flip(encoded, bit);
      assertFailsOrIsMalformed(() -> Card.parse(changed));
    }
  }

  @Test
  void whatIsReadWithoutBeingProvenSaysWhichCardItIsAndProvesOnlyUnchanged() {
    Bytes encoded = next.card().encoded();
    UnprovenCard read = UnprovenCard.parse(encoded);
    assertThat(read.fingerprint()).isEqualTo(next.fingerprint());
    assertThat(read.account()).isEqualTo(next.card().account());
    assertThat(read.encoded()).isEqualTo(encoded);
    assertThat(read.prove()).isEqualTo(next.card());
    assertThat(read.provenBefore()).isEqualTo(next.card());
    Bytes message = Bytes.fromHex("c0ffee");
    read.provenBefore().signing().verify(message, next.sign(message));
    int own = (encoded.size() - 64) * 8;
    for (int bit = 0; bit < own; bit++) {
      Bytes changed = flip(encoded, bit);
      assertFailsOrIsMalformed(() -> UnprovenCard.parse(changed).prove());
    }
  }

  @Test
  void successorThatTheOldKeyDidNotSignIsAStranger() {
    Identity thief =
        Keyset.generate(new SeededRandom("thief")).firstIdentity(alice.card().account());
    Bytes body = bodyOf(thief, 2, new Hash(alice.fingerprint().bytes()));
    Bytes forged =
        new ByteWriter().bytes(body).bytes(thief.sign(body)).bytes(thief.sign(body)).toBytes();
    Card card = Card.parse(forged);
    assertFails(() -> card.requireSuccessorOf(alice.card()));
  }

  @Test
  void successorOfAnotherAccountOrOutOfOrderIsAStranger() {
    assertFails(() -> next.card().requireSuccessorOf(Fixtures.BOB.card()));
    Identity third = Keyset.generate(new SeededRandom("alice, third")).successorOf(next);
    assertFails(() -> third.card().requireSuccessorOf(alice.card()));
    assertFails(() -> alice.card().requireSuccessorOf(next.card()));
    third.card().requireSuccessorOf(next.card());
  }

  @Test
  void sequenceNumberAndPredecessorMustFit() {
    Bytes early = bodyOf(alice, 0, Hash.ZERO);
    assertThatThrownBy(() -> Card.parse(signed(early))).isInstanceOf(MalformedException.class);
    Bytes orphan = bodyOf(alice, 2, Hash.ZERO);
    assertThatThrownBy(() -> Card.parse(signed(orphan))).isInstanceOf(MalformedException.class);
    Bytes late = bodyOf(alice, 1, Hash.of(Bytes.EMPTY));
    assertThatThrownBy(() -> Card.parse(signed(late))).isInstanceOf(MalformedException.class);
  }

  @Test
  void agreementKeyOfLowOrderIsRefused() {
    Bytes body =
        Context.of("card")
            .account(new AccountId(1, 2))
            .u32(1)
            .bytes(alice.signing().publicKey().bytes())
            .bytes(Bytes.wrap(new byte[32]))
            .hash(Hash.ZERO)
            .toBytes();
    assertFails(() -> Card.parse(signed(body)));
  }

  @Test
  void bytesAfterTheCardAreRefused() {
    Bytes longer = new ByteWriter().bytes(alice.card().encoded()).u8(0).toBytes();
    assertThatThrownBy(() -> Card.parse(longer)).isInstanceOf(MalformedException.class);
    Bytes huge = Bytes.wrap(new byte[Card.BYTES_MAX + 1]);
    assertThatThrownBy(() -> Card.parse(huge)).isInstanceOf(MalformedException.class);
  }

  @Test
  void identityWithKeysOfAnotherCardIsRefused() {
    assertFails(() -> new Identity(alice.card(), Fixtures.BOB.signing(), alice.agreement()));
    assertFails(() -> new Identity(alice.card(), alice.signing(), Fixtures.BOB.agreement()));
  }

  @Test
  void fingerprintIsShownInGroupsThatPeopleCanCompare() {
    assertThat(alice.fingerprint().display()).matches("([0-9a-f]{4} ){15}[0-9a-f]{4}");
    assertThat(Fingerprint.parse(alice.fingerprint().toString())).isEqualTo(alice.fingerprint());
    assertThatThrownBy(() -> Fingerprint.parse("AAAA")).isInstanceOf(MalformedException.class);
  }

  private Bytes signed(Bytes body) {
    return new ByteWriter().bytes(body).bytes(alice.sign(body)).toBytes();
  }

  private static Bytes bodyOf(Identity identity, int seq, Hash previous) {
    return Context.of("card")
        .account(identity.card().account())
        .u32(seq)
        .bytes(identity.signing().publicKey().bytes())
        .bytes(identity.agreement().publicKey())
        .hash(previous)
        .toBytes();
  }
}
