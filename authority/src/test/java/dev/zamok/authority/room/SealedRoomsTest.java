package dev.zamok.authority.room;

import static dev.zamok.authority.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zamok.authority.TestMember;
import dev.zamok.authority.http.Problem;
import dev.zamok.crypto.chain.ChainException;
import dev.zamok.crypto.chain.History;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.chain.RoomKind;
import dev.zamok.crypto.epoch.RekeyKind;
import dev.zamok.crypto.room.RoomSecret;
import dev.zamok.crypto.room.Wrap;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.Trust;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class SealedRoomsTest extends SealedRoomsBed {
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
        bed.on(() -> bed.rooms().desk().statements(owner.account(), maker.room(), 0, null));
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
}
