package dev.zamok.crypto.chain;

import static dev.zamok.crypto.Fixtures.ALICE;
import static dev.zamok.crypto.Fixtures.BOB;
import static dev.zamok.crypto.Fixtures.CAROL;
import static dev.zamok.crypto.Fixtures.DAVE;
import static dev.zamok.crypto.Tampering.assertFails;
import static dev.zamok.crypto.chain.ChainFault.BROKEN_RULE;
import static dev.zamok.crypto.chain.ChainFault.NOT_PERMITTED;
import static dev.zamok.crypto.chain.ChainScript.remove;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.crypto.Fixtures;
import dev.zamok.crypto.SeededRandom;
import dev.zamok.crypto.identity.Identity;
import dev.zamok.crypto.identity.SigningKey;
import org.junit.jupiter.api.Test;

/** Invitations by a code that travels over another channel. */
class ChainInviteTest {
  private final ChainScript room = new ChainScript(RoomKind.SAFE, History.FULL);
  private final RoomChain chain = room.chain();
  private final InviteCode code = InviteCode.generate(new SeededRandom("invite"));
  private final SigningKey key = code.key(chain.roomId());

  @Test
  void inviteeJoinsWithTheCodeThatHeTypedIn() {
    int invite = room.does(ALICE, invite(Role.WRITER)).index();
    SigningKey typed = InviteCode.parse(code.toText()).key(chain.roomId());
    room.does(BOB, accept(BOB, invite, typed));
    assertThat(chain.byTag(Fixtures.tag(BOB))).isEqualTo(BOB.fingerprint());
    assertThat(chain.waitsBy(BOB.fingerprint()))
        .isEqualTo(new ChainAcceptance(chain.head().index(), Role.WRITER, ChainScript.NOW));
    room.add(ALICE, BOB, Role.WRITER);
    assertThat(chain.role(BOB.fingerprint())).isEqualTo(Role.WRITER);
    assertThat(chain.waitsBy(BOB.fingerprint())).isNull();
  }

  @Test
  void whoAcceptedIsNobodyUntilAnAdminSaysThatHeIsIn() {
    room.add(ALICE, CAROL, Role.READER);
    int invite = room.does(ALICE, invite(Role.ADMIN)).index();
    room.does(BOB, accept(BOB, invite, key));
    assertThat(chain.role(BOB.fingerprint())).isEqualTo(Role.NONE);
    assertThat(chain.proposal(BOB.fingerprint())).isEqualTo(Role.ADMIN);
    room.refused(NOT_PERMITTED, BOB, ChainScript.member(BOB, Role.ADMIN));
    room.refused(NOT_PERMITTED, BOB, remove(CAROL));
    room.refused(NOT_PERMITTED, BOB, room.next());
    room.does(ALICE, remove(CAROL));
    assertThat(chain.owesGeneration()).isTrue();
    room.refused(NOT_PERMITTED, BOB, room.next());
    room.renew(ALICE);
    assertThat(chain.hadRoleSince(BOB.fingerprint(), Role.READER, 0)).isFalse();
    // To leave is everybody's right; so is an admin's no.
    room.does(BOB, remove(BOB));
    assertThat(chain.member(BOB.fingerprint())).isNull();
    assertThat(chain.waitsBy(BOB.fingerprint())).isNull();
  }

  @Test
  void nobodyWaitsAnyMoreWhomAnAdminToldNo() {
    int invite = room.does(ALICE, invite(Role.WRITER)).index();
    room.does(BOB, accept(BOB, invite, key));
    room.add(ALICE, BOB, Role.NONE);
    assertThat(chain.waitsBy(BOB.fingerprint())).isNull();
    assertThat(chain.proposal(BOB.fingerprint())).isNull();
  }

  @Test
  void invitationIsUsedOnce() {
    int invite = room.does(ALICE, invite(Role.WRITER)).index();
    room.does(BOB, accept(BOB, invite, key));
    room.refused(NOT_PERMITTED, CAROL, accept(CAROL, invite, key));
  }

  @Test
  void invitationStolenFromTheChainIsWorthlessWithoutTheCode() {
    int invite = room.does(ALICE, invite(Role.WRITER)).index();
    SigningKey guess = SigningKey.generate(new SeededRandom("guess"));
    assertFails(
        () -> chain.append(room.forge(DAVE, accept(DAVE, invite, guess)).encoded(), room.cards()));
  }

  @Test
  void acceptanceCannotBeTakenOverByAnother() {
    int invite = room.does(ALICE, invite(Role.WRITER)).index();
    ChainOp.Accept bobs = accept(BOB, invite, key);
    ChainOp.Accept stolen = new ChainOp.Accept(invite, Fixtures.tag(DAVE), bobs.signature());
    assertFails(() -> chain.append(room.forge(DAVE, stolen).encoded(), room.cards()));
  }

  @Test
  void codeOfOneRoomOpensNoOther() {
    ChainScript other = new ChainScript(RoomKind.PRIVATE, History.FULL);
    assertThat(code.key(other.chain().roomId()).publicKey()).isNotEqualTo(key.publicKey());
  }

  @Test
  void expiredInvitationIsRefused() {
    ChainOp.Invite expired = new ChainOp.Invite(key.publicKey(), Role.WRITER, ChainScript.NOW - 1);
    int invite = room.does(ALICE, expired).index();
    room.refused(NOT_PERMITTED, BOB, accept(BOB, invite, key));
  }

  @Test
  void withdrawnInvitationIsRefused() {
    int invite = room.does(ALICE, invite(Role.WRITER)).index();
    room.refused(BROKEN_RULE, ALICE, invite(Role.READER));
    room.does(ALICE, invite(Role.NONE));
    room.refused(NOT_PERMITTED, BOB, accept(BOB, invite, key));
    room.refused(BROKEN_RULE, ALICE, invite(Role.NONE));
  }

  @Test
  void invitationDiesWithTheRightOfItsInviter() {
    room.add(ALICE, CAROL, Role.ADMIN);
    int invite = room.does(CAROL, invite(Role.WRITER)).index();
    room.does(ALICE, remove(CAROL));
    room.refused(NOT_PERMITTED, BOB, accept(BOB, invite, key));
  }

  @Test
  void nobodyInvitesAboveHimselfOrWithoutBeingAdmin() {
    room.add(ALICE, CAROL, Role.ADMIN);
    room.add(ALICE, DAVE, Role.WRITER);
    room.refused(NOT_PERMITTED, CAROL, invite(Role.OWNER));
    room.refused(NOT_PERMITTED, DAVE, invite(Role.READER));
  }

  @Test
  void memberDoesNotJoinASecondTime() {
    room.add(ALICE, BOB, Role.READER);
    int invite = room.does(ALICE, invite(Role.ADMIN)).index();
    room.refused(BROKEN_RULE, BOB, accept(BOB, invite, key));
  }

  @Test
  void whoIsLetInByInvitationOwesAGenerationWhereHistoryStartsAtTheJoin() {
    ChainScript fromJoin = new ChainScript(RoomKind.SAFE, History.FROM_JOIN);
    SigningKey other = code.key(fromJoin.chain().roomId());
    ChainOp.Invite op = new ChainOp.Invite(other.publicKey(), Role.WRITER, ChainScript.NOW);
    int invite = fromJoin.does(ALICE, op).index();
    fromJoin.does(
        BOB,
        ChainOp.Accept.sign(
            fromJoin.chain().roomId(), invite, BOB.fingerprint(), Fixtures.tag(BOB), other));
    assertThat(fromJoin.chain().owesGeneration()).isFalse();
    fromJoin.add(ALICE, BOB, Role.WRITER);
    assertThat(fromJoin.chain().owesGeneration()).isTrue();
  }

  private ChainOp.Invite invite(Role role) {
    return new ChainOp.Invite(key.publicKey(), role, ChainScript.NOW);
  }

  private ChainOp.Accept accept(Identity who, int invite, SigningKey with) {
    return ChainOp.Accept.sign(chain.roomId(), invite, who.fingerprint(), Fixtures.tag(who), with);
  }
}
