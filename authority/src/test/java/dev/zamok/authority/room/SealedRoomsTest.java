package dev.zamok.authority.room;

import static dev.zamok.authority.Await.await;
import static dev.zamok.authority.Await.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zamok.authority.TestMember;
import dev.zamok.authority.epoch.Epoch;
import dev.zamok.authority.http.Problem;
import dev.zamok.authority.http.Refusal;
import dev.zamok.crypto.chain.ChainException;
import dev.zamok.crypto.chain.History;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.chain.RoomKind;
import dev.zamok.crypto.chain.Statement;
import dev.zamok.crypto.epoch.RekeyKind;
import dev.zamok.crypto.room.RoomSecret;
import dev.zamok.crypto.room.Wrap;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.Trust;
import dev.zamok.roomlog.RoomState;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealedRoomsTest {
  @TempDir Path directory;
  private RoomBed bed;
  private TestMember owner;
  private TestMember friend;
  private TestMember third;

  @BeforeEach
  void open() {
    bed = new RoomBed(directory);
    owner = bed.town().join("owner");
    friend = bed.town().join("friend");
    third = bed.town().join("third");
  }

  @AfterEach
  void close() {
    bed.close();
  }

  private ChainMaker room(History history) {
    ChainMaker maker =
        ChainMaker.begin(owner, history)
            .add(owner, friend, Role.WRITER)
            .add(owner, third, Role.READER);
    if (maker.chain().owesGeneration()) {
      maker.generation(owner);
    }
    create(maker, RoomKind.PRIVATE, history);
    return maker;
  }

  private Room create(ChainMaker maker, RoomKind kind, History history) {
    Extension extension = maker.extension(owner);
    return bed.on(() -> bed.rooms().sealed().create(owner.principal(), kind, history, extension));
  }

  private Future<Room> extend(TestMember by, RoomId room, Extension extension) {
    return bed.run(() -> bed.rooms().sealed().extend(by.principal(), room, extension));
  }

  private Room extended(TestMember by, ChainMaker maker) {
    Extension extension = maker.extension(by);
    return bed.on(() -> bed.rooms().sealed().extend(by.principal(), maker.room(), extension));
  }

  private Optional<Membership> membership(TestMember who, RoomId room) {
    return bed.on(() -> bed.rooms().membership(who.account(), room));
  }

  private Epoch newest(RoomId room) {
    return bed.on(() -> bed.rooms().epochs().newest(room)).orElseThrow();
  }

  private RoomState state(RoomId room) {
    return bed.on(() -> bed.log().state(room));
  }

  private static void refuses(Future<?> future, Problem problem) {
    assertThat(failure(future))
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.problem()).isEqualTo(problem));
  }

  @Test
  void newRoomHasAllMembersInsideFromTheFirstEpochOn() {
    ChainMaker maker = room(History.FROM_JOIN);

    RoomId room = maker.room();
    assertThat(room.trust()).isEqualTo(Trust.SEALED);
    for (TestMember member : List.of(owner, friend, third)) {
      assertThat(membership(member, room).orElseThrow().firstEpoch()).isEqualTo(1);
    }
    assertThat(newest(room).rekey().matches(maker.secret())).isTrue();
    assertThat(newest(room).rekey().terms().chain()).isEqualTo(maker.chain().head().hash());
    RoomHeader header = bed.on(() -> bed.rooms().header(room)).orElseThrow();
    assertThat(header.standing().chainLength()).isEqualTo(maker.chain().head().index() + 1);
  }

  @Test
  void memberOpensTheWrapHeIsServed() {
    ChainMaker maker = room(History.FULL);

    List<Wraps.Kept> wraps = bed.on(() -> bed.rooms().desk().wraps(friend.account(), maker.room()));
    assertThat(wraps).hasSize(1);
    assertThat(wraps.get(0).wrapper()).isEqualTo(owner.fingerprint());
    RoomSecret opened =
        Wrap.open(wraps.get(0).wrap(), maker.chain(), 1, owner.card(), friend.identity());
    assertThat(opened).isEqualTo(maker.secret());
  }

  @Test
  void createdTwiceByTheSameRequestIsOneRoom() {
    ChainMaker maker = ChainMaker.begin(owner, History.FULL);
    Extension extension = maker.extension(owner);
    for (int i = 0; i < 2; i++) {
      bed.on(
          () ->
              bed.rooms()
                  .sealed()
                  .create(owner.principal(), RoomKind.PRIVATE, History.FULL, extension));
    }

    assertThat(newest(maker.room()).n()).isEqualTo(1);
    assertThat(bed.on(() -> bed.rooms().memberships(owner.account(), 10))).hasSize(1);
  }

  @Test
  void directRoomTakesNoThirdMember() {
    ChainMaker maker =
        ChainMaker.begin(owner, RoomKind.DIRECT, History.FULL).add(owner, friend, Role.OWNER);
    create(maker, RoomKind.DIRECT, History.FULL);

    assertThat(membership(friend, maker.room())).isPresent();
    assertThatThrownBy(() -> maker.add(owner, third, Role.WRITER))
        .isInstanceOf(ChainException.class);
  }

  @Test
  void removalComesWithANewSecretAndShutsTheRemovedMemberOut() {
    ChainMaker maker = room(History.FULL);
    Membership before = membership(friend, maker.room()).orElseThrow();
    maker.remove(owner, friend).generation(owner);
    extended(owner, maker);

    RoomId room = maker.room();
    assertThat(membership(friend, room)).isEmpty();
    assertThat(state(room).admits(before.tag(), before.version())).isFalse();
    assertThat(newest(room).rekey().kind()).isEqualTo(RekeyKind.IMMEDIATE_RESET);
    assertThat(newest(room).rekey().g()).isEqualTo(2);
    assertThat(newest(room).rekey().matches(maker.secret())).isTrue();
    refuses(bed.run(() -> bed.rooms().desk().wraps(friend.account(), room)), Problem.NOT_FOUND);
  }

  @Test
  void whoComesBackIsAdmittedAgain() {
    ChainMaker maker = room(History.FROM_JOIN);
    maker.remove(owner, friend).generation(owner);
    extended(owner, maker);
    maker.add(owner, friend, Role.WRITER).generation(owner);
    extended(owner, maker);

    Membership membership = membership(friend, maker.room()).orElseThrow();
    assertThat(state(maker.room()).admits(membership.tag(), membership.version())).isTrue();
    assertThat(membership.version())
        .isEqualTo(
            Objects.requireNonNull(maker.chain().member(friend.fingerprint())).memberVersion());
    assertThat(membership.firstEpoch()).isEqualTo(newest(maker.room()).n());
  }

  @Test
  void removedAndAddedInOneRequestHeIsEvictedAndLetInByTheNewEpoch() {
    ChainMaker maker = room(History.FROM_JOIN);
    Membership before = membership(friend, maker.room()).orElseThrow();
    maker.remove(owner, friend).add(owner, friend, Role.WRITER).generation(owner);
    extended(owner, maker);

    Membership after = membership(friend, maker.room()).orElseThrow();
    assertThat(state(maker.room()).admits(before.tag(), before.version())).isFalse();
    assertThat(state(maker.room()).admits(after.tag(), after.version())).isTrue();
    assertThat(after.firstEpoch()).isEqualTo(newest(maker.room()).n());
  }

  @Test
  void whoLeavesByHimselfLeavesTheRoomOwingASecret() {
    ChainMaker maker = room(History.FULL);
    maker.remove(friend, friend);
    Room left = extended(friend, maker);

    assertThat(left.header().standing().owesGeneration()).isTrue();
    assertThat(newest(maker.room()).rekey().kind()).isEqualTo(RekeyKind.IMMEDIATE_RESET);
    assertThat(newest(maker.room()).rekey().g()).isEqualTo(1);
    assertThat(membership(friend, maker.room())).isEmpty();

    maker.generation(owner);
    Room settled = extended(owner, maker);
    assertThat(settled.header().standing().owesGeneration()).isFalse();
    assertThat(newest(maker.room()).rekey().g()).isEqualTo(2);
    assertThat(newest(maker.room()).n()).isEqualTo(3);
  }

  @Test
  void writerSealsTheLabelAnewWithTheSecretHeMakesAndNotOtherwise() {
    ChainMaker maker = room(History.FULL);
    Bytes info = Bytes.fromHex("0102");
    refuses(
        bed.run(() -> bed.rooms().desk().rename(friend.principal(), maker.room(), null, info)),
        Problem.NOT_PERMITTED);
    ChainMaker leaving = maker.fork();
    leaving.remove(friend, friend);
    refuses(
        extend(
            friend,
            maker.room(),
            new Extension(leaving.extension(friend).statements(), List.of(), info)),
        Problem.NOT_PERMITTED);

    maker.remove(third, third);
    extended(third, maker);
    maker.generation(friend);
    Extension made = maker.extension(friend);
    Extension named = new Extension(made.statements(), made.wraps(), info);
    bed.on(() -> bed.rooms().sealed().extend(friend.principal(), maker.room(), named));
    assertThat(bed.on(() -> bed.rooms().header(maker.room())).orElseThrow().label().info())
        .isEqualTo(info);
  }

  @Test
  void outsiderCannotExtendChain() {
    ChainMaker maker = room(History.FULL);
    TestMember outsider = bed.town().join("outsider");
    ChainMaker mine = maker.fork().know(outsider);
    mine.add(owner, outsider, Role.OWNER);

    refuses(extend(outsider, maker.room(), mine.extension(owner)), Problem.CHAIN_INVALID);
    assertThat(membership(outsider, maker.room())).isEmpty();

    ChainMaker own = ChainMaker.begin(outsider, History.FULL);
    refuses(extend(outsider, maker.room(), own.extension(outsider)), Problem.NOT_FOUND);
  }

  @Test
  void memberCannotSendStatementsSignedByAnother() {
    ChainMaker maker = room(History.FULL);
    maker.role(owner, third, Role.WRITER);

    refuses(extend(friend, maker.room(), maker.extension(owner)), Problem.CHAIN_INVALID);
  }

  @Test
  void statementByUnprivilegedMemberIsRefused() {
    ChainMaker maker = room(History.FULL);
    // A chain in which the reader is an admin: his statement is well formed and signed by him.
    ChainMaker wishful = maker.fork();
    wishful.role(owner, third, Role.ADMIN);
    wishful.extension(owner);
    wishful.role(third, friend, Role.READER);
    refuses(extend(third, maker.room(), wishful.extension(third)), Problem.CHAIN_CONFLICT);

    ChainMaker forged = maker.fork();
    Extension removal =
        new Extension(List.of(Forgery.removal(forged.chain(), third, owner)), List.of(), null);
    refuses(extend(third, maker.room(), removal), Problem.CHAIN_INVALID);
    assertThat(membership(owner, maker.room())).isPresent();
  }

  @Test
  void alteredStatementIsRefused() {
    ChainMaker maker = room(History.FULL);
    maker.role(owner, third, Role.WRITER);
    byte[] altered = maker.extension(owner).statements().get(0).toByteArray();
    altered[altered.length - 1] ^= 1;

    Extension extension = new Extension(List.of(Bytes.wrap(altered)), List.of(), null);
    refuses(extend(owner, maker.room(), extension), Problem.CHAIN_INVALID);
  }

  @Test
  void afterARefusedExtensionTheChainIsAsBefore() {
    ChainMaker maker = room(History.FULL);
    ChainMaker lost = maker.fork();
    lost.role(owner, third, Role.WRITER).remove(owner, friend);
    refuses(extend(owner, maker.room(), lost.extension(owner)), Problem.WRAP_INVALID);

    assertThat(membership(friend, maker.room())).isPresent();
    maker.role(owner, third, Role.ADMIN);
    extended(owner, maker);
    assertThat(membership(third, maker.room()).orElseThrow().role()).isEqualTo(Role.ADMIN);
  }

  @Test
  void wrapMissingForAMemberIsRefused() {
    ChainMaker maker = room(History.FULL);
    maker.remove(owner, friend).generation(owner);
    Extension whole = maker.extension(owner);
    List<Wraps.Given> fewer =
        whole.wraps().stream()
            .filter(wrap -> !wrap.recipient().equals(third.fingerprint()))
            .toList();

    refuses(
        extend(owner, maker.room(), new Extension(whole.statements(), fewer, null)),
        Problem.WRAP_INVALID);
    assertThat(membership(friend, maker.room())).isPresent();
    bed.on(() -> bed.rooms().sealed().extend(owner.principal(), maker.room(), whole));
    assertThat(membership(friend, maker.room())).isEmpty();
  }

  @Test
  void removalWithoutANewSecretIsRefused() {
    ChainMaker maker = room(History.FULL);
    maker.remove(owner, friend);

    refuses(extend(owner, maker.room(), maker.extension(owner)), Problem.WRAP_INVALID);
  }

  @Test
  void joinWithoutANewSecretIsRefusedWhereHistoryIsFromJoin() {
    ChainMaker maker = room(History.FROM_JOIN);
    TestMember newcomer = bed.town().join("newcomer");
    maker.add(owner, newcomer, Role.WRITER);

    refuses(extend(owner, maker.room(), maker.extension(owner)), Problem.WRAP_INVALID);
  }

  @Test
  void wrapForSomebodyWhoIsNotAMemberIsRefused() {
    ChainMaker maker = room(History.FULL);
    TestMember outsider = bed.town().join("outsider");
    maker.know(outsider).role(owner, third, Role.WRITER);
    Extension extension = maker.extension(owner);
    List<Wraps.Given> wraps = new ArrayList<>(extension.wraps());
    wraps.add(maker.wrap(owner, outsider.fingerprint()));

    refuses(
        extend(owner, maker.room(), new Extension(extension.statements(), wraps, null)),
        Problem.WRAP_INVALID);
  }

  @Test
  void memberWhoseCardNobodyKnowsIsRefused() {
    ChainMaker maker = room(History.FULL);
    TestMember ghost = TestMember.make("ghost", bed.random());
    maker.add(owner, ghost, Role.WRITER);

    refuses(extend(owner, maker.room(), maker.extension(owner)), Problem.CHAIN_INVALID);
  }

  @Test
  void ofTwoExtensionsAtOnceExactlyOneWinsAndNothingIsLost() {
    ChainMaker maker = room(History.FULL);
    maker.role(owner, third, Role.ADMIN);
    extended(owner, maker);
    ChainMaker other = maker.fork();
    maker.remove(owner, friend).generation(owner);
    other.role(third, friend, Role.READER);
    Future<Room> first = extend(owner, maker.room(), maker.extension(owner));
    Future<Room> second = extend(third, maker.room(), other.extension(third));

    await(first);
    refuses(second, Problem.CHAIN_CONFLICT);
    assertThat(membership(friend, maker.room())).isEmpty();
    RoomDesk.Piece piece =
        bed.on(() -> bed.rooms().desk().statements(owner.account(), maker.room(), 0));
    assertThat(piece.length()).isEqualTo(maker.chain().head().index() + 1);
    assertThat(piece.statements()).hasSize(piece.length());
  }

  @Test
  void authorityWithAStaleChainLosesAndNothingIsLost() {
    ChainMaker maker = room(History.FULL);
    Rooms other = bed.rooms(bed.store(), bed.log(), bed.leases());
    bed.on(() -> other.desk().wraps(owner.account(), maker.room()));
    ChainMaker late = maker.fork();
    maker.role(owner, third, Role.ADMIN);
    extended(owner, maker);
    late.remove(owner, third).generation(owner);
    Extension loses = late.extension(owner);

    refuses(
        bed.run(() -> other.sealed().extend(owner.principal(), maker.room(), loses)),
        Problem.CHAIN_CONFLICT);
    bed.pass(Duration.ZERO);
    bed.until(() -> membership(third, maker.room()).isPresent());
    Membership membership = membership(third, maker.room()).orElseThrow();
    assertThat(membership.role()).isEqualTo(Role.ADMIN);
    List<Wraps.Kept> wraps = bed.on(() -> other.desk().wraps(third.account(), maker.room()));
    assertThat(wraps.stream().map(Wraps.Kept::g)).containsExactly(1);
  }

  @Test
  void memberListOfASealedRoomIsNotChangedWithoutItsChain() {
    ChainMaker maker = room(History.FULL);

    refuses(
        bed.run(
            () ->
                bed.rooms()
                    .managed()
                    .put(owner.principal(), maker.room(), third.account(), Role.OWNER)),
        Problem.ROOM_STATE);
    refuses(
        bed.run(
            () -> bed.rooms().managed().remove(owner.principal(), maker.room(), friend.account())),
        Problem.ROOM_STATE);
  }

  private static Extension with(Extension extension, Wraps.Given more) {
    List<Wraps.Given> wraps = new ArrayList<>(extension.wraps());
    wraps.add(more);
    return new Extension(extension.statements(), wraps, null);
  }

  @Test
  void leaverCannotReplaceTheWrapOfAnotherMember() {
    ChainMaker maker = room(History.FULL);
    ChainMaker leaving = maker.fork();
    // Well formed and signed by the leaver: nothing but its place gives it away.
    Wraps.Given own = leaving.wrap(friend, third.fingerprint());
    leaving.remove(friend, friend);
    Extension left = leaving.extension(friend);
    refuses(extend(friend, maker.room(), with(left, own)), Problem.WRAP_INVALID);
    byte[] garbage = new byte[Wrap.SIZE];
    garbage[0] = 1;
    Wraps.Given forged = new Wraps.Given(1, third.fingerprint(), Bytes.wrap(garbage));
    refuses(extend(friend, maker.room(), with(left, forged)), Problem.WRAP_INVALID);

    List<Wraps.Kept> served = bed.on(() -> bed.rooms().desk().wraps(third.account(), maker.room()));
    assertThat(served.stream().map(Wraps.Kept::wrapper)).containsExactly(owner.fingerprint());
  }

  @Test
  void removerCannotReplaceTheWrapsOfEarlierGenerations() {
    ChainMaker maker = room(History.FULL);
    Wraps.Given past = maker.wrap(owner, third.fingerprint());
    maker.remove(owner, friend).generation(owner);

    refuses(extend(owner, maker.room(), with(maker.extension(owner), past)), Problem.WRAP_INVALID);
  }

  @Test
  void unsignedGarbageInPlaceOfAWrapIsRefused() {
    ChainMaker maker = room(History.FULL);
    maker.remove(owner, friend).generation(owner);
    Extension whole = maker.extension(owner);
    List<Wraps.Given> wraps = new ArrayList<>();
    for (Wraps.Given given : whole.wraps()) {
      byte[] altered = given.wrap().toByteArray();
      altered[40] ^= (byte) (given.recipient().equals(third.fingerprint()) ? 1 : 0);
      wraps.add(new Wraps.Given(given.g(), given.recipient(), Bytes.wrap(altered)));
    }

    refuses(
        extend(owner, maker.room(), new Extension(whole.statements(), wraps, null)),
        Problem.WRAP_INVALID);
  }

  @Test
  void laterWrapOfTheSameGenerationDoesNotShadowTheFirst() {
    ChainMaker maker = room(History.FULL);
    for (int i = 0; i < 8; i++) {
      maker.role(owner, third, i % 2 == 0 ? Role.WRITER : Role.READER);
      Statement later = Statement.parse(maker.extension(owner).statements().get(0));
      Extension change = new Extension(List.of(later.encoded()), List.of(), null);
      bed.on(() -> bed.rooms().sealed().extend(owner.principal(), maker.room(), change));
      Wraps.Given again = maker.wrap(owner, third.fingerprint());
      bed.on(
          () -> new Wraps(bed.store()).put(maker.chain(), Wraps.Origin.of(later), List.of(again)));
      List<Wraps.Kept> served =
          bed.on(() -> bed.rooms().desk().wraps(third.account(), maker.room()));
      assertThat(served).hasSize(1);
      assertThat(served.get(0).wrap()).isNotEqualTo(again.wrap());
    }
  }
}
