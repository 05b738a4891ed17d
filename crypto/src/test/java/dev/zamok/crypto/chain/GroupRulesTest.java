package dev.zamok.crypto.chain;

import static dev.zamok.crypto.Fixtures.ALICE;
import static dev.zamok.crypto.Fixtures.BOB;
import static dev.zamok.crypto.Fixtures.CAROL;
import static dev.zamok.crypto.chain.ChainFault.BROKEN_RULE;
import static dev.zamok.crypto.chain.ChainFault.NOT_PERMITTED;
import static dev.zamok.crypto.chain.ChainScript.member;
import static dev.zamok.crypto.chain.ChainScript.remove;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zamok.crypto.CryptoFailure;
import dev.zamok.crypto.Fixtures;
import dev.zamok.crypto.SecretBytes;
import dev.zamok.crypto.SeededRandom;
import dev.zamok.crypto.identity.AgreementKey;
import dev.zamok.crypto.identity.Card;
import dev.zamok.crypto.identity.Identity;
import dev.zamok.crypto.identity.SigningKey;
import dev.zamok.crypto.room.GroupKeys;
import dev.zamok.crypto.room.RoomSecret;
import dev.zamok.crypto.room.Wrap;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.ItemId;
import org.junit.jupiter.api.Test;

/** What groups are, and what they may do elsewhere. */
class GroupRulesTest {
  private final GroupScript group = new GroupScript();
  private final ChainScript safe = new ChainScript(RoomKind.SAFE, History.FULL);

  private static final ItemId ITEM = new ItemId(1, 2);

  private static ChainOp.Item put(int version) {
    return new ChainOp.Item(ITEM, version, ItemAct.PUT, ChainScript.someHash());
  }

  @Test
  void everyGenerationOfAGroupIsFollowedByItsCard() {
    group.room.add(ALICE, BOB, Role.WRITER);
    group.room.does(ALICE, remove(BOB));
    group.room.renew(ALICE);
    assertThat(group.room.chain().owesCard()).isTrue();
    group.room.refused(BROKEN_RULE, ALICE, member(CAROL, Role.READER));
    group.room.does(ALICE, group.card());
    assertThat(group.room.chain().owesCard()).isFalse();
    assertThat(group.room.chain().groupCard(2)).isNotNull();
    group.room.add(ALICE, CAROL, Role.READER);
  }

  @Test
  void cardIsNamedByWhoeverMadeTheGenerationAndOfThatOneAlone() {
    group.room.add(ALICE, BOB, Role.ADMIN);
    ChainOp.GroupCard first = group.card();
    group.room.renew(ALICE);
    group.room.refused(NOT_PERMITTED, BOB, group.card());
    group.room.refused(NOT_PERMITTED, ALICE, first);
    group.room.does(ALICE, group.card());
    group.room.refused(BROKEN_RULE, ALICE, group.card());
  }

  @Test
  void cardThatItsOwnKeyDidNotSignIsRefused() {
    group.room.renew(ALICE);
    ChainOp.GroupCard good = group.card();
    Bytes other = ChainOp.GroupCard.of(group.keys(1).card()).signature();
    ChainOp.GroupCard bad =
        new ChainOp.GroupCard(good.g(), good.signing(), good.agreement(), other);
    Statement statement = group.room.forge(ALICE, bad);
    assertThatThrownBy(() -> group.room.chain().append(statement, group.room.cards()))
        .isInstanceOf(CryptoFailure.class);
  }

  @Test
  void onlyGroupsNameCardsAndTheyHaveNoItems() {
    group.room.refused(BROKEN_RULE, ALICE, put(1));
    safe.renew(ALICE);
    safe.refused(BROKEN_RULE, ALICE, group.card());
  }

  @Test
  void groupsHaveFullHistory() {
    ChainOp.Create create = Fixtures.create(RoomKind.GROUP, History.NONE, ALICE);
    Statement first = Statement.create(create, ChainScript.NOW, ALICE);
    assertThatThrownBy(() -> RoomChain.start(first.encoded(), ALICE.card()))
        .isInstanceOf(ChainException.class);
  }

  @Test
  void groupWritesItemsByItsOwnCard() {
    safe.does(ALICE, group.member(1, Role.WRITER));
    safe.does(group.keys(), put(1));
    assertThat(safe.chain().group(group.keys().fingerprint())).isNotNull();
    assertThat(safe.chain().groups()).hasSize(1);
  }

  @Test
  void readingGroupWritesNothing() {
    safe.does(ALICE, group.member(1, Role.READER));
    safe.refused(NOT_PERMITTED, group.keys(), put(1));
    safe.does(ALICE, group.member(1, Role.WRITER));
    safe.does(group.keys(), put(1));
  }

  @Test
  void groupIsNeverAdminNorOwner() {
    safe.refused(BROKEN_RULE, ALICE, group.member(1, Role.ADMIN));
    safe.refused(BROKEN_RULE, ALICE, group.member(1, Role.OWNER));
    safe.refused(BROKEN_RULE, ALICE, group.member(1, Role.NONE));
    safe.does(ALICE, group.member(1, Role.WRITER));
    Identity keys = group.keys();
    ChainOp.Member raised = new ChainOp.Member(keys.fingerprint(), Role.ADMIN, Fixtures.tag(keys));
    safe.refused(BROKEN_RULE, ALICE, raised);
  }

  @Test
  void groupDecidesNothing() {
    safe.add(ALICE, BOB, Role.READER);
    safe.does(ALICE, group.member(1, Role.WRITER));
    Identity keys = group.keys();
    safe.refused(NOT_PERMITTED, keys, member(CAROL, Role.READER));
    safe.refused(NOT_PERMITTED, keys, remove(keys));
    safe.does(BOB, remove(BOB));
    safe.refused(NOT_PERMITTED, keys, safe.next());
    safe.refused(BROKEN_RULE, ALICE, remove(ALICE));
  }

  @Test
  void groupsAreOnlyWhereSecretsAre() {
    ChainScript talk = new ChainScript(RoomKind.PRIVATE, History.FULL);
    talk.refused(BROKEN_RULE, ALICE, group.member(1, Role.READER));
    GroupScript other = new GroupScript();
    other.room.refused(BROKEN_RULE, ALICE, group.member(1, Role.READER));
  }

  @Test
  void groupReadsOrWritesAFolderAndDecidesNothingThere() {
    ChainScript folder = ChainScript.folderOf(safe.chain());
    folder.refused(BROKEN_RULE, ALICE, group.member(1, Role.ADMIN));
    folder.refused(BROKEN_RULE, ALICE, group.member(1, Role.STEWARD));
    folder.does(ALICE, group.member(1, Role.READER));
    folder.refused(NOT_PERMITTED, group.keys(), put(1));
    folder.does(ALICE, group.member(1, Role.WRITER));
    folder.does(group.keys(), put(1));
    folder.refused(NOT_PERMITTED, group.keys(), FolderRulesTest.to(safe));
    folder.refused(NOT_PERMITTED, group.keys(), FolderRulesTest.add(safe));
    folder.refused(NOT_PERMITTED, group.keys(), member(CAROL, Role.READER));
    Identity keys = group.keys();
    ChainOp.Member steward =
        new ChainOp.Member(keys.fingerprint(), Role.STEWARD, Fixtures.tag(keys));
    folder.refused(BROKEN_RULE, ALICE, steward);
  }

  @Test
  void stewardPutsAGroupOutAndLetsNoneIn() {
    ChainScript folder = ChainScript.folderOf(safe.chain());
    folder.add(ALICE, BOB, Role.STEWARD);
    folder.refused(NOT_PERMITTED, BOB, group.member(1, Role.READER));
    folder.does(ALICE, group.member(1, Role.READER));
    // Nor does he renew one, which is to let it in.
    folder.refused(NOT_PERMITTED, BOB, group.member(1, Role.WRITER));
    folder.does(BOB, remove(group.keys()));
    assertThat(folder.chain().owesGeneration()).isTrue();
    folder.refused(NOT_PERMITTED, BOB, folder.next());
    folder.renew(ALICE);
  }

  @Test
  void folderThatAGroupReadsKeepsSomebodyWhoAdministers() {
    ChainScript folder = ChainScript.folderOf(safe.chain());
    folder.does(ALICE, group.member(1, Role.READER));
    folder.refused(BROKEN_RULE, ALICE, remove(ALICE));
    folder.add(ALICE, BOB, Role.STEWARD);
    folder.does(ALICE, remove(ALICE));
    // As its keys do not make secrets, nothing is written there any more.
    folder.refused(NOT_PERMITTED, group.keys(), folder.next());
  }

  @Test
  void onlyAdminsLetGroupsIn() {
    safe.add(ALICE, BOB, Role.WRITER);
    safe.refused(NOT_PERMITTED, BOB, group.member(1, Role.READER));
  }

  @Test
  void newGenerationTakesThePlaceOfTheOldOneWhichNeverComesBack() {
    safe.does(ALICE, group.member(1, Role.WRITER));
    group.renew(ALICE);
    safe.refused(BROKEN_RULE, ALICE, group.member(2, Role.WRITER));
    safe.does(ALICE, new ChainOp.Remove(group.keys(1).fingerprint()));
    assertThat(safe.chain().owesGeneration()).isTrue();
    safe.does(ALICE, group.member(2, Role.WRITER));
    safe.renew(ALICE);
    safe.refused(NOT_PERMITTED, group.keys(1), put(1));
    safe.does(group.keys(2), put(1));
    safe.does(ALICE, new ChainOp.Remove(group.keys(2).fingerprint()));
    safe.renew(ALICE);
    safe.refused(BROKEN_RULE, ALICE, group.member(1, Role.WRITER));
    safe.does(ALICE, group.member(2, Role.READER));
  }

  @Test
  void formerGroupKeyJoinsByNoInvitation() {
    safe.does(ALICE, group.member(1, Role.READER));
    safe.does(ALICE, new ChainOp.Remove(group.keys().fingerprint()));
    safe.renew(ALICE);
    SigningKey code = SigningKey.generate(new SeededRandom("invite"));
    Statement invite =
        safe.does(ALICE, new ChainOp.Invite(code.publicKey(), Role.ADMIN, ChainScript.NOW));
    ChainOp.Accept accept =
        ChainOp.Accept.sign(
            safe.chain().roomId(),
            invite.index(),
            group.keys().fingerprint(),
            Fixtures.tag(group.keys()),
            code);
    safe.refused(NOT_PERMITTED, group.keys(), accept);
  }

  @Test
  void membersOpenTheWrapOfTheGroupAndFormerOnesNotTheNext() {
    safe.does(ALICE, group.member(1, Role.READER));
    Identity first = group.keys(1);
    assertThat(open(1, first)).isEqualTo(safe.secret(1));
    group.renew(ALICE);
    safe.does(ALICE, new ChainOp.Remove(first.fingerprint()));
    safe.does(ALICE, group.member(2, Role.READER));
    safe.renew(ALICE);
    assertThat(open(2, group.keys(2))).isEqualTo(safe.secret(2));
    Bytes wrap = wrap(2, group.keys(2).card());
    assertThatThrownBy(() -> Wrap.open(wrap, safe.chain(), 2, ALICE.card(), first))
        .isInstanceOf(CryptoFailure.class);
  }

  @Test
  void keysOfAnotherSecretThanTheChainNamesAreRefused() {
    RoomSecret secret = group.room.secret(1);
    ChainGroup named = group.room.chain().groupCard(1);
    assertThat(GroupKeys.of(secret, named).card()).isEqualTo(group.keys().card());
    RoomSecret other =
        new RoomSecret(secret.room(), 1, SecretBytes.random(new SeededRandom("other"), 32));
    assertThatThrownBy(() -> GroupKeys.of(other, named)).isInstanceOf(CryptoFailure.class);
  }

  @Test
  void groupCardIsNobodysSuccessorAndPassesForNoAccount() {
    Card card = group.keys(1).card();
    group.renew(ALICE);
    Card next = group.keys(2).card();
    assertThatThrownBy(() -> next.requireSuccessorOf(card)).isInstanceOf(CryptoFailure.class);
    assertThatThrownBy(() -> Card.parse(card.encoded())).isInstanceOf(RuntimeException.class);
    AgreementKey agreement = AgreementKey.generate(new SeededRandom("agree"));
    SigningKey signing = SigningKey.generate(new SeededRandom("sign"));
    Card account = Card.first(card.account(), signing, agreement);
    assertThat(account.isGroup()).isFalse();
    assertThat(card.isGroup()).isTrue();
  }

  private RoomSecret open(int g, Identity as) {
    return Wrap.open(wrap(g, as.card()), safe.chain(), g, ALICE.card(), as);
  }

  private Bytes wrap(int g, Card to) {
    ChainGeneration generation = safe.chain().generation(g);
    return Wrap.seal(
        safe.secret(g), generation.statement(), to, ALICE, new SeededRandom("wrap " + g));
  }
}
