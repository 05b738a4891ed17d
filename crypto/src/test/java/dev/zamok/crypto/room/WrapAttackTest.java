package dev.zamok.crypto.room;

import static dev.zamok.crypto.Fixtures.ALICE;
import static dev.zamok.crypto.Fixtures.BOB;
import static dev.zamok.crypto.Fixtures.CAROL;
import static dev.zamok.crypto.Tampering.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.crypto.Context;
import dev.zamok.crypto.Hash;
import dev.zamok.crypto.SeededRandom;
import dev.zamok.crypto.chain.ChainOp;
import dev.zamok.crypto.chain.ChainScript;
import dev.zamok.crypto.chain.History;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.chain.RoomChain;
import dev.zamok.crypto.chain.RoomKind;
import dev.zamok.crypto.identity.AgreementKey;
import dev.zamok.crypto.identity.Identity;
import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Wraps that a member's own program made, signed as they should be, to do harm by what is inside.
 */
class WrapAttackTest {
  /** Of order 1, 2, 4 and 8, and what is the same as these modulo the prime. */
  private static final List<String> LOW_ORDER =
      List.of(
          "0000000000000000000000000000000000000000000000000000000000000000",
          "0100000000000000000000000000000000000000000000000000000000000000",
          "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
          "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
          "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
          "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
          "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f");

  private final ChainScript room = new ChainScript(RoomKind.SAFE, History.FULL);
  private final RoomChain chain = room.chain();
  private final SecureRandom random = new SeededRandom("wrap attack");

  @BeforeEach
  void addMembers() {
    room.add(ALICE, BOB, Role.WRITER);
    room.add(ALICE, CAROL, Role.READER);
  }

  private Hash statement(int g) {
    return chain.generation(g).statement();
  }

  private Hash info(int g, Identity recipient, Identity wrapper) {
    return Hash.of(
        Context.of("wrap")
            .room(chain.roomId())
            .u32(g)
            .hash(statement(g))
            .bytes(recipient.fingerprint().bytes())
            .bytes(wrapper.fingerprint().bytes())
            .toBytes());
  }

  /** Signed by the wrapper, whatever is in it. */
  private static Bytes signed(Hash info, Bytes sealed, Identity wrapper) {
    Bytes signed = Context.of("wrap-sig").hash(info).bytes(sealed).toBytes();
    return new ByteWriter(Wrap.SIZE).u8(1).bytes(sealed).bytes(wrapper.sign(signed)).toBytes();
  }

  @Test
  void aWrapWhoseEncapsulatedKeyIsOfLowOrderIsRefused() {
    Hash info = info(1, BOB, ALICE);
    Bytes honest = Hpke.seal(BOB.card().agreement(), info.bytes(), room.secret(1).secret(), random);
    assertThat(Wrap.open(signed(info, honest, ALICE), chain, 1, ALICE.card(), BOB))
        .isEqualTo(room.secret(1));
    for (String low : LOW_ORDER) {
      Bytes enc = Bytes.fromHex(low);
      assertThat(AgreementKey.isLowOrder(enc)).as(low).isTrue();
      Bytes sealed = new ByteWriter().bytes(enc).bytes(honest.slice(32, honest.size())).toBytes();
      assertFails(() -> Wrap.open(signed(info, sealed, ALICE), chain, 1, ALICE.card(), BOB));
    }
  }

  @Test
  void aWrapThatNamesOneMemberAndIsSealedForAnotherOpensForNeither() {
    Hash toBob = info(1, BOB, ALICE);
    Bytes sealed =
        Hpke.seal(CAROL.card().agreement(), toBob.bytes(), room.secret(1).secret(), random);
    Bytes wrap = signed(toBob, sealed, ALICE);
    // Its signature holds for Bob, so it is decrypted for him.
    Wrap.requireSignedBy(wrap, statement(1), chain.roomId(), 1, BOB.fingerprint(), ALICE.card());
    assertFails(() -> Wrap.open(wrap, chain, 1, ALICE.card(), BOB));
    assertFails(() -> Wrap.open(wrap, chain, 1, ALICE.card(), CAROL));
  }

  @Test
  void aWrapSealedForOneMemberIsSignedAnewForAnother() {
    // The server's accomplice signs; what is sealed names Bob, inside and out.
    Hash toBob = info(1, BOB, ALICE);
    Bytes sealed =
        Hpke.seal(BOB.card().agreement(), toBob.bytes(), room.secret(1).secret(), random);
    Hash byCarol = info(1, BOB, CAROL);
    Bytes relabelled = signed(byCarol, sealed, CAROL);
    Wrap.requireSignedBy(
        relabelled, statement(1), chain.roomId(), 1, BOB.fingerprint(), CAROL.card());
    assertFails(() -> Wrap.open(relabelled, chain, 1, CAROL.card(), BOB));
  }

  @Test
  void anAdminGivesEachMemberAnotherSecret() {
    RoomSecret differing = RoomSecret.random(chain.roomId(), 1, random);
    Bytes toBob = Wrap.seal(differing, statement(1), BOB.card(), ALICE, random);
    Wrap.requireSignedBy(toBob, statement(1), chain.roomId(), 1, BOB.fingerprint(), ALICE.card());
    assertFails(() -> Wrap.open(toBob, chain, 1, ALICE.card(), BOB));
  }

  @Test
  void theSecretOfBeforeIsWrappedAsTheOneOfNow() {
    room.does(ALICE, new ChainOp.Remove(CAROL.fingerprint()));
    room.renew(ALICE);
    RoomSecret old = new RoomSecret(chain.roomId(), 2, room.secret(1).secret());
    Bytes toBob = Wrap.seal(old, statement(2), BOB.card(), ALICE, random);
    assertFails(() -> Wrap.open(toBob, chain, 2, ALICE.card(), BOB));
  }
}
