package dev.zamok.crypto.chain;

import static dev.zamok.crypto.Fixtures.ALICE;
import static dev.zamok.crypto.Fixtures.BOB;
import static dev.zamok.crypto.Fixtures.CAROL;
import static dev.zamok.crypto.Fixtures.DAVE;
import static dev.zamok.crypto.chain.ChainFault.BROKEN_RULE;
import static dev.zamok.crypto.chain.ChainFault.NOT_PERMITTED;
import static dev.zamok.crypto.chain.ChainScript.member;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zamok.crypto.CryptoFailure;
import dev.zamok.crypto.Fixtures;
import dev.zamok.crypto.SeededRandom;
import dev.zamok.crypto.identity.SigningKey;
import dev.zamok.crypto.room.RoomSecret;
import dev.zamok.crypto.room.Wrap;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.ItemId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What somebody tries who administers a folder and must not read it. Bob is the steward. */
class StewardAttackTest {
  private final ChainScript safe = new ChainScript(RoomKind.SAFE, History.FULL);
  private final ChainScript folder = ChainScript.folderOf(safe.chain());

  @BeforeEach
  void steward() {
    folder.add(ALICE, BOB, Role.STEWARD);
  }

  private SigningKey code() {
    return InviteCode.generate(new SeededRandom("code")).key(folder.chain().roomId());
  }

  @Test
  void aStewardGivesHimselfReading() {
    folder.does(BOB, member(BOB, Role.ADMIN));
    assertThat(folder.chain().role(BOB.fingerprint())).isEqualTo(Role.STEWARD);
    assertThat(folder.chain().hadRoleSince(BOB.fingerprint(), Role.READER, 0)).isFalse();
  }

  @Test
  void aStewardLetsAnAccompliceRead() {
    folder.does(BOB, member(CAROL, Role.READER));
    assertThat(folder.chain().role(CAROL.fingerprint())).isEqualTo(Role.NONE);
    folder.does(BOB, new ChainOp.Remove(CAROL.fingerprint()));
    folder.add(BOB, CAROL, Role.STEWARD);
    folder.does(BOB, member(CAROL, Role.READER));
    folder.does(CAROL, member(BOB, Role.READER));
    assertThat(folder.chain().role(CAROL.fingerprint())).isEqualTo(Role.STEWARD);
    assertThat(folder.chain().role(BOB.fingerprint())).isEqualTo(Role.STEWARD);
  }

  @Test
  void aStewardGivesAwayAnInvitationWithACode() {
    var key = code().publicKey();
    ChainOp.Invite invite = new ChainOp.Invite(key, Role.READER, ChainScript.NOW + 1);
    folder.refused(NOT_PERMITTED, BOB, invite);
  }

  @Test
  void anInvitationOfWhoIsOnlyASteward() {
    SigningKey key = code();
    folder.add(ALICE, CAROL, Role.ADMIN);
    int index =
        folder
            .does(ALICE, new ChainOp.Invite(key.publicKey(), Role.READER, ChainScript.NOW + 1))
            .index();
    folder.add(CAROL, ALICE, Role.STEWARD);
    folder.renew(CAROL);
    var accept =
        ChainOp.Accept.sign(
            folder.chain().roomId(), index, DAVE.fingerprint(), Fixtures.tag(DAVE), key);
    folder.refused(NOT_PERMITTED, DAVE, accept);
  }

  @Test
  void aStewardMakesASecretThatHeKnows() {
    folder.refused(NOT_PERMITTED, BOB, folder.next());
    folder.add(ALICE, CAROL, Role.READER);
    folder.does(BOB, new ChainOp.Remove(CAROL.fingerprint()));
    folder.refused(NOT_PERMITTED, BOB, folder.next());
  }

  @Test
  void aStewardWritesAnItem() {
    ChainOp.Item item = new ChainOp.Item(new ItemId(1, 1), 1, ItemAct.PUT, ChainScript.someHash());
    folder.refused(NOT_PERMITTED, BOB, item);
  }

  @Test
  void aStewardHandsOutAWrapOfASecretOfHisOwn() {
    folder.add(ALICE, CAROL, Role.READER);
    RoomSecret known = folder.secret(1);
    Bytes wrap =
        Wrap.seal(
            known,
            folder.chain().generation(1).statement(),
            CAROL.card(),
            BOB,
            new SeededRandom("wrap"));
    assertThatThrownBy(() -> Wrap.open(wrap, folder.chain(), 1, BOB.card(), CAROL))
        .isInstanceOf(CryptoFailure.class);
  }

  @Test
  void aFolderOfAStewardsOwnIsPlantedWhereOthersWrite() {
    ChainScript planted = ChainScript.folderOf(folder.chain());
    folder.refused(NOT_PERMITTED, BOB, FolderRulesTest.add(planted));
  }

  @Test
  void anotherRoomMakesAStewardToHideThatHeReads() {
    safe.refused(BROKEN_RULE, ALICE, member(BOB, Role.STEWARD));
  }
}
