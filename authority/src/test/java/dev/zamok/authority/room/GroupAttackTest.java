package dev.zamok.authority.room;

import static dev.zamok.authority.Await.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.authority.TestMember;
import dev.zamok.authority.http.Problem;
import dev.zamok.authority.http.Refusal;
import dev.zamok.crypto.Hash;
import dev.zamok.crypto.SecretBytes;
import dev.zamok.crypto.chain.ChainGroup;
import dev.zamok.crypto.chain.ChainOp;
import dev.zamok.crypto.chain.History;
import dev.zamok.crypto.chain.ItemAct;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.chain.RoomChain;
import dev.zamok.crypto.chain.RoomKind;
import dev.zamok.crypto.chain.Statement;
import dev.zamok.crypto.identity.Identity;
import dev.zamok.crypto.room.GroupKeys;
import dev.zamok.crypto.room.RoomSecret;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.ItemId;
import dev.zamok.protocol.RoomId;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What members and former members of groups try at the authority. Ada owns a group with Brian in
 * it, and a safe whose member the group is; Carol is in the safe by herself.
 */
class GroupAttackTest {
  @TempDir Path directory;
  private RoomBed bed;
  private TestMember ada;
  private TestMember brian;
  private TestMember carol;
  private ChainMaker group;
  private ChainMaker safe;

  @BeforeEach
  void open() {
    bed = new RoomBed(directory);
    ada = bed.town().join("ada");
    brian = bed.town().join("brian");
    carol = bed.town().join("carol");
    group = ChainMaker.begin(ada, RoomKind.GROUP, History.FULL).add(ada, brian, Role.WRITER);
    create(group, RoomKind.GROUP);
    safe = ChainMaker.begin(ada, RoomKind.SAFE, History.FULL).add(ada, carol, Role.WRITER);
    create(safe, RoomKind.SAFE);
  }

  @AfterEach
  void close() {
    bed.close();
  }

  private void create(ChainMaker maker, RoomKind kind) {
    Extension extension = maker.extension(ada);
    bed.on(() -> bed.rooms().sealed().create(ada.principal(), kind, History.FULL, extension));
  }

  private Future<Room> extend(TestMember by, ChainMaker maker) {
    Extension extension = maker.extension(by);
    return bed.run(() -> bed.rooms().sealed().extend(by.principal(), maker.room(), extension));
  }

  private void extended(TestMember by, ChainMaker maker) {
    Extension extension = maker.extension(by);
    bed.on(() -> bed.rooms().sealed().extend(by.principal(), maker.room(), extension));
  }

  private void shared(Role role) {
    safe.addGroup(ada, group, role);
    extended(ada, safe);
  }

  private Optional<Membership> membership(TestMember who, ChainMaker room) {
    return bed.on(() -> bed.rooms().membership(who.account(), room.room()));
  }

  private static void refuses(Future<?> future, Problem problem) {
    assertThat(failure(future))
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.problem()).isEqualTo(problem));
  }

  /** Nothing beside the statement: what the cargo would check comes after the rules of groups. */
  private static final class AnyCargo implements Cargo {
    @Override
    public void before(RoomChain chain) {}

    @Override
    public void check(RoomChain chain, List<Statement> fresh) {}

    @Override
    public Future<Void> store(RoomId room) {
      return Future.succeededFuture();
    }

    @Override
    public Future<Void> stored(RoomId room, List<Statement> statements) {
      return Future.succeededFuture();
    }
  }

  private void written(TestMember who, Identity as) {
    Bytes statement = item(as);
    bed.on(
        () -> bed.rooms().extend(who.principal(), safe.room(), List.of(statement), new AnyCargo()));
  }

  private Future<Void> writes(TestMember who, Identity as) {
    Bytes statement = item(as);
    return bed.run(
        () -> bed.rooms().extend(who.principal(), safe.room(), List.of(statement), new AnyCargo()));
  }

  private Bytes item(Identity as) {
    ChainOp.Item op =
        new ChainOp.Item(new ItemId(1, 2), 1, ItemAct.PUT, Hash.of(Bytes.fromHex("aa")));
    return safe.chain().propose(op, 1, as).encoded();
  }

  private Identity keys() {
    return GroupKeys.of(group.secret());
  }

  private List<Wraps.Kept> wraps(TestMember who) {
    return bed.on(() -> bed.rooms().desk().wraps(who.account(), safe.room()));
  }

  @Test
  void whoIsInAGroupHasItsRightsInItsRooms() {
    assertThat(membership(brian, safe)).isEmpty();
    shared(Role.WRITER);
    assertThat(membership(brian, safe).orElseThrow().role()).isEqualTo(Role.WRITER);
    assertThat(bed.on(() -> bed.rooms().memberships(brian.account(), 10)))
        .extracting(Membership::room)
        .containsExactlyInAnyOrder(group.room(), safe.room());
    assertThat(wraps(brian))
        .extracting(Wraps.Kept::recipient)
        .containsExactly(keys().fingerprint());
    written(brian, keys());
    assertThat(membership(ada, safe).orElseThrow().role()).isEqualTo(Role.OWNER);
  }

  @Test
  void ghostGroupWhoseCardItsChainDoesNotNameIsRefused() {
    RoomSecret made =
        new RoomSecret(group.room(), 1, SecretBytes.random(bed.random(), RoomSecret.SIZE));
    ChainGroup true1 = group.chain().groupCard(1);
    ChainGroup ghost =
        new ChainGroup(group.room(), 1, true1.statement(), GroupKeys.of(made).card());
    safe.addGroup(ada, ghost, Role.READER);
    refuses(extend(ada, safe), Problem.CHAIN_INVALID);
    assertThat(membership(brian, safe)).isEmpty();
  }

  @Test
  void groupOfOthersIsBroughtInByNobodyWhoIsNotInIt() {
    safe.role(ada, carol, Role.ADMIN);
    extended(ada, safe);
    safe.addGroup(carol, group, Role.READER);
    refuses(extend(carol, safe), Problem.CHAIN_INVALID);
  }

  @Test
  void strangersDoNotSeeTheChainOfAGroupAndCompanionsDo() {
    refuses(
        bed.run(() -> bed.rooms().desk().statements(carol.account(), group.room(), 0, safe.room())),
        Problem.NOT_FOUND);
    shared(Role.READER);
    RoomDesk.Piece piece =
        bed.on(() -> bed.rooms().desk().statements(carol.account(), group.room(), 0, safe.room()));
    assertThat(piece.length()).isEqualTo(group.chain().head().index() + 1);
    refuses(
        bed.run(() -> bed.rooms().desk().statements(carol.account(), group.room(), 0, null)),
        Problem.NOT_FOUND);
    refuses(
        bed.run(() -> bed.rooms().desk().wraps(carol.account(), group.room())), Problem.NOT_FOUND);
  }

  @Test
  void staleGenerationOfAGroupIsNotTakenIn() {
    ChainGroup old = group.chain().groupCard(1);
    group.remove(ada, brian).generation(ada);
    extended(ada, group);
    safe.addGroup(ada, old, Role.READER);
    refuses(extend(ada, safe), Problem.CHAIN_INVALID);
  }

  @Test
  void generationWithoutItsCardIsRefused() {
    group.remove(ada, brian).generation(ada);
    Extension whole = group.extension(ada);
    List<Bytes> cut = whole.statements().subList(0, whole.statements().size() - 1);
    refuses(
        bed.run(
            () ->
                bed.rooms()
                    .sealed()
                    .extend(
                        ada.principal(), group.room(), new Extension(cut, whole.wraps(), null))),
        Problem.CHAIN_INVALID);
  }

  @Test
  void whoWasRemovedFromTheGroupIsOutOfItsRoomsAtOnce() {
    shared(Role.WRITER);
    Identity known = keys();
    group.remove(ada, brian).generation(ada);
    extended(ada, group);
    assertThat(membership(brian, group)).isEmpty();
    assertThat(membership(brian, safe)).isEmpty();
    assertThat(bed.on(() -> bed.rooms().memberships(brian.account(), 10))).isEmpty();
    refuses(
        bed.run(() -> bed.rooms().desk().wraps(brian.account(), safe.room())), Problem.NOT_FOUND);
    refuses(
        bed.run(() -> bed.rooms().desk().statements(brian.account(), safe.room(), 0, null)),
        Problem.NOT_FOUND);
    refuses(writes(brian, known), Problem.NOT_FOUND);
  }

  @Test
  void nothingIsSealedForAGroupThatHasOtherMembersNow() {
    shared(Role.READER);
    group.remove(ada, brian).generation(ada);
    extended(ada, group);
    refuses(writes(carol, carol.identity()), Problem.ROOM_STATE);
    ChainMaker renewed = safe.fork();
    renewed.generation(ada);
    refuses(extend(ada, renewed), Problem.ROOM_STATE);

    safe.removeGroup(ada, group, 1).addGroup(ada, group, Role.READER).generation(ada);
    extended(ada, safe);
    written(carol, carol.identity());
  }

  @Test
  void groupThatSomebodyLeftOwesAndWithItEveryRoom() {
    shared(Role.READER);
    group.remove(brian, brian);
    extended(brian, group);
    refuses(writes(carol, carol.identity()), Problem.ROOM_STATE);
    assertThat(membership(brian, safe)).isEmpty();
  }

  @Test
  void groupThatOwesKeepsNobodyInItsRoomsWhoIsRemoved() {
    shared(Role.READER);
    group.remove(brian, brian);
    extended(brian, group);
    safe.remove(ada, carol).generation(ada);
    extended(ada, safe);
    assertThat(membership(carol, safe)).isEmpty();
    refuses(writes(ada, ada.identity()), Problem.ROOM_STATE);
    ChainMaker idle = safe.fork();
    idle.generation(ada);
    refuses(extend(ada, idle), Problem.ROOM_STATE);
  }

  @Test
  void outsiderWhoKnowsTheKeysOfTheGroupDoesNotSpeakForIt() {
    shared(Role.WRITER);
    refuses(writes(carol, keys()), Problem.NOT_FOUND);
    TestMember stranger = bed.town().join("stranger");
    refuses(writes(stranger, keys()), Problem.NOT_FOUND);
  }

  @Test
  void cardOfNobodySpeaksForNobodyAndTellsStrangersNothing() {
    TestMember nobody = TestMember.make("nobody", bed.random());
    TestMember stranger = bed.town().join("stranger");
    Extension forged =
        new Extension(List.of(Forgery.removal(safe.chain(), nobody, carol)), List.of(), null);
    refuses(
        bed.run(() -> bed.rooms().sealed().extend(stranger.principal(), safe.room(), forged)),
        Problem.NOT_FOUND);
    refuses(
        bed.run(() -> bed.rooms().sealed().extend(carol.principal(), safe.room(), forged)),
        Problem.CHAIN_INVALID);
  }

  @Test
  void accountThatIsCalledLikeTheGroupGetsNothingOfIt() {
    shared(Role.WRITER);
    assertThat(bed.on(() -> bed.rooms().membership(Member.account(group.room()), safe.room())))
        .isEmpty();
    assertThat(bed.on(() -> bed.rooms().memberships(Member.account(group.room()), 10))).isEmpty();
    refuses(
        bed.run(() -> bed.rooms().desk().wraps(Member.account(group.room()), safe.room())),
        Problem.NOT_FOUND);
  }
}
