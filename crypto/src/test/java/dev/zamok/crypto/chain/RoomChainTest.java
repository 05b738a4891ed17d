package dev.zamok.crypto.chain;

import static dev.zamok.crypto.Fixtures.ALICE;
import static dev.zamok.crypto.Fixtures.BOB;
import static dev.zamok.crypto.Fixtures.CAROL;
import static dev.zamok.crypto.Fixtures.DAVE;
import static dev.zamok.crypto.Tampering.assertFails;
import static dev.zamok.crypto.Tampering.flip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zamok.crypto.Context;
import dev.zamok.crypto.CryptoFailure;
import dev.zamok.crypto.Fixtures;
import dev.zamok.crypto.Hash;
import dev.zamok.crypto.chain.RoomChain.Unverified;
import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.Trust;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the verifier takes and what it refuses, whoever serves the statements. */
class RoomChainTest {
  private final ChainScript room = new ChainScript(RoomKind.PRIVATE, History.FULL);
  private final RoomChain chain = room.chain();

  @Test
  void firstStatementGivesTheRoomItsIdAndItsOwner() {
    byte[] hash = room.first().hash().bytes().toByteArray();
    assertThat(chain.roomId().trust()).isEqualTo(Trust.SEALED);
    assertThat(chain.roomId().toBytes().slice(1, 16)).isEqualTo(Bytes.wrap(hash, 0, 15));
    assertThat(chain.role(ALICE.fingerprint())).isEqualTo(Role.OWNER);
    assertThat(chain.byTag(Fixtures.tag(ALICE))).isEqualTo(ALICE.fingerprint());
    assertThat(chain.member(ALICE.fingerprint()).memberVersion()).isEqualTo(1);
  }

  @Test
  void anotherVerifierReachesTheSameState() {
    room.add(ALICE, BOB, Role.WRITER);
    RoomChain other = RoomChain.start(room.first().encoded(), ALICE.card());
    assertThat(other.matchesPin(chain.head())).isFalse();
    ChainScript replay = new ChainScript(RoomKind.PRIVATE, History.FULL);
    replay.add(ALICE, BOB, Role.WRITER);
    assertThat(replay.chain().head()).isEqualTo(chain.head());
    assertThat(replay.chain().members()).containsExactlyElementsOf(chain.members());
    assertThat(chain.matchesPin(replay.chain().head())).isTrue();
  }

  @Test
  void aCopyGoesOnWithoutTheOriginal() {
    room.add(ALICE, BOB, Role.WRITER);
    RoomChain copy = chain.copy();
    assertThat(copy.head()).isEqualTo(chain.head());
    copy.append(room.forge(ALICE, ChainScript.member(BOB, Role.READER)), room.cards());
    copy.append(copy.propose(ChainScript.member(CAROL, Role.READER), 1, ALICE), room.cards());
    assertThat(chain.head().index()).isEqualTo(copy.head().index() - 2);
    assertThat(chain.role(BOB.fingerprint())).isEqualTo(Role.WRITER);
    assertThat(chain.roleAt(BOB.fingerprint(), 1_000)).isEqualTo(Role.WRITER);
    assertThat(chain.byTag(Fixtures.tag(CAROL))).isNull();
    assertThat(copy.role(BOB.fingerprint())).isEqualTo(Role.READER);
    assertThat(copy.roleAt(BOB.fingerprint(), chain.head().index())).isEqualTo(Role.WRITER);
  }

  @Test
  void statementsTakenInTogetherAreVerifiedAfterwardsEachByItsOwnAuthor() {
    RoomChain other = RoomChain.start(room.first().encoded(), ALICE.card());
    ChainScript script = new ChainScript(RoomKind.PRIVATE, History.FULL);
    RoomChain before = script.chain().copy();
    Statement one = script.add(ALICE, BOB, Role.ADMIN);
    Statement two = script.does(BOB, ChainScript.member(CAROL, Role.READER));
    assertThatThrownBy(() -> other.appendUnverified(List.of(two), script.cards()))
        .isInstanceOf(ChainException.class);
    RoomChain together = before.copy();
    together.appendUnverified(List.of(one, two), script.cards()).forEach(Unverified::verify);
    assertThat(together.head()).isEqualTo(script.chain().head());
    assertThat(together.role(CAROL.fingerprint())).isEqualTo(Role.READER);

    // The signature is not part of what the next one names: only looking at it tells.
    Bytes last = two.encoded();
    Statement forged = Statement.parse(flip(last, last.size() * 8 - 9));
    List<Unverified> taken = before.copy().appendUnverified(List.of(one, forged), script.cards());
    taken.get(0).verify();
    assertFails(taken.get(1)::verify);
  }

  @Test
  void ghostMemberAddedByAServerIsNotTaken() {
    // The server signs as itself, under Alice's name.
    Statement ghost = room.forge(BOB, ChainScript.member(BOB, Role.ADMIN));
    Bytes forged = replaceAuthor(ghost.encoded(), ALICE.fingerprint().bytes());
    assertFails(() -> chain.append(forged, room.cards()));
    assertThat(chain.member(BOB.fingerprint())).isNull();
  }

  @Test
  void swappedCardOfAnAuthorIsNotTaken() {
    Statement statement = room.forge(ALICE, ChainScript.member(BOB, Role.WRITER));
    assertFails(() -> chain.append(statement.encoded(), f -> BOB.card()));
  }

  @Test
  void anyChangedBitOfAStatementIsRefused() {
    room.add(ALICE, BOB, Role.WRITER);
    Bytes encoded = room.forge(ALICE, ChainScript.member(CAROL, Role.READER)).encoded();
    for (int bit = 0; bit < encoded.size() * 8; bit++) {
      Bytes changed = flip(encoded, bit);
      assertThatThrownBy(() -> chain.append(changed, room.cards()))
          .isInstanceOfAny(CryptoFailure.class, MalformedException.class, ChainException.class);
    }
    assertThat(chain.head().index()).isEqualTo(2);
  }

  @Test
  void replayedOrReorderedStatementIsAFork() {
    Statement one = room.add(ALICE, BOB, Role.WRITER);
    Statement two = room.forge(ALICE, ChainScript.member(CAROL, Role.READER));
    room.refused(ChainFault.FORK, one);
    room.does(ALICE, ChainScript.member(CAROL, Role.WRITER));
    room.refused(ChainFault.FORK, two);
  }

  @Test
  void statementOfAnotherRoomIsAFork() {
    ChainScript other = new ChainScript(RoomKind.SAFE, History.FULL);
    room.refused(ChainFault.FORK, other.forge(ALICE, ChainScript.member(BOB, Role.WRITER)));
  }

  @Test
  void shorterOrDifferentChainDoesNotMatchThePin() {
    ChainHead early = chain.head();
    room.add(ALICE, BOB, Role.WRITER);
    assertThat(chain.matchesPin(early)).isTrue();
    assertThat(chain.matchesPin(chain.head())).isTrue();
    RoomChain shorter = RoomChain.start(room.first().encoded(), ALICE.card());
    assertThat(shorter.matchesPin(chain.head())).isFalse();
    assertThat(chain.matchesPin(new ChainHead(1, ChainScript.someHash()))).isFalse();
  }

  @Test
  void unknownOperationStopsTheVerifier() {
    Bytes signed =
        Context.of("chain")
            .room(chain.roomId())
            .u32(chain.head().index() + 1)
            .hash(chain.head().hash())
            .bytes(ALICE.fingerprint().bytes())
            .u64(0)
            .u8(7)
            .sized(Bytes.EMPTY)
            .toBytes();
    Bytes statement = new ByteWriter().bytes(signed).bytes(ALICE.sign(signed)).toBytes();
    assertThatThrownBy(() -> chain.append(statement, room.cards()))
        .isInstanceOf(ChainException.class)
        .hasMessage(ChainFault.UNKNOWN_OPERATION.text());
  }

  @Test
  void strangersAndUnknownAuthorsAreRefused() {
    room.refused(ChainFault.NOT_PERMITTED, DAVE, ChainScript.member(BOB, Role.READER));
    Statement statement = room.forge(ALICE, ChainScript.member(BOB, Role.READER));
    assertThatThrownBy(() -> chain.append(statement.encoded(), f -> null))
        .isInstanceOf(ChainException.class)
        .hasMessage(ChainFault.UNKNOWN_AUTHOR.text());
  }

  @Test
  void nothingComesBeforeTheFirstGeneration() {
    RoomChain fresh = RoomChain.start(room.first(), ALICE.card());
    assertThat(fresh.owesGeneration()).isTrue();
    assertThatThrownBy(
            () -> fresh.propose(ChainScript.member(BOB, Role.READER), ChainScript.NOW, ALICE))
        .isInstanceOf(ChainException.class)
        .hasMessage(ChainFault.BROKEN_RULE.text());
  }

  @Test
  void roomMustBeSealedAndAFolderNeedsASealedParent() {
    assertStartRefused(op(RoomKind.CHANNEL, ChainOp.NO_PARENT));
    assertStartRefused(op(RoomKind.FOLDER, ChainOp.NO_PARENT));
    assertStartRefused(op(RoomKind.FOLDER, Fixtures.MANAGED));
    assertStartRefused(op(RoomKind.SAFE, Fixtures.SEALED));
    Statement folder = Statement.create(op(RoomKind.FOLDER, Fixtures.SEALED), 0, ALICE);
    assertThat(RoomChain.start(folder, ALICE.card()).room().parent()).isEqualTo(Fixtures.SEALED);
  }

  @Test
  void chainDoesNotStartWithAnotherOperationOrAnotherAuthorsCard() {
    Statement later = room.forge(ALICE, ChainScript.member(BOB, Role.READER));
    assertThatThrownBy(() -> RoomChain.start(later, ALICE.card()))
        .isInstanceOf(ChainException.class);
    assertFails(() -> RoomChain.start(room.first(), BOB.card()));
    Statement odd =
        Statement.sign(
            Statement.NO_ROOM,
            new ChainHead(0, Hash.ZERO),
            ChainScript.member(BOB, Role.READER),
            0,
            ALICE);
    assertThatThrownBy(() -> RoomChain.start(odd, ALICE.card()))
        .isInstanceOf(ChainException.class)
        .hasMessage(ChainFault.BROKEN_RULE.text());
  }

  @Test
  void roomIsNotCreatedTwice() {
    room.refused(
        ChainFault.BROKEN_RULE, ALICE, Fixtures.create(RoomKind.SAFE, History.FULL, ALICE));
  }

  private static void assertStartRefused(ChainOp.Create op) {
    Statement first = Statement.create(op, 0, ALICE);
    assertThatThrownBy(() -> RoomChain.start(first, ALICE.card()))
        .isInstanceOf(ChainException.class)
        .hasMessage(ChainFault.BROKEN_RULE.text());
  }

  private static ChainOp.Create op(RoomKind kind, RoomId parent) {
    Bytes nonce = Bytes.wrap(new byte[16]);
    return new ChainOp.Create(kind, History.FULL, Fixtures.tag(ALICE), parent, nonce);
  }

  /** The author stands after L(label) 16, room 16, index 4 and hash 32. */
  private static Bytes replaceAuthor(Bytes encoded, Bytes author) {
    byte[] changed = encoded.toByteArray();
    author.copyTo(changed, 16 + 16 + 4 + 32);
    return Bytes.wrap(changed);
  }
}
