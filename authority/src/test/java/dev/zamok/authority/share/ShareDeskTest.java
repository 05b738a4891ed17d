package dev.zamok.authority.share;

import static dev.zamok.authority.Await.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.authority.TestMember;
import dev.zamok.authority.http.Problem;
import dev.zamok.authority.http.Refusal;
import dev.zamok.authority.room.RoomBed;
import dev.zamok.authority.room.RoomMoves;
import dev.zamok.crypto.chain.History;
import dev.zamok.crypto.epoch.AuthorityShare;
import dev.zamok.crypto.epoch.EpochKey;
import dev.zamok.crypto.epoch.Rekey;
import dev.zamok.protocol.EntryKind;
import dev.zamok.protocol.RoomId;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShareDeskTest {
  private static final int ALL = Integer.MAX_VALUE;

  @TempDir Path directory;
  private RoomBed bed;
  private RoomMoves moves;
  private ShareDesk desk;
  private boolean live = true;
  private TestMember owner;
  private TestMember guest;

  @BeforeEach
  void open() {
    bed = new RoomBed(directory);
    moves = new RoomMoves(bed);
    desk = new ShareDesk(bed.rooms(), new ShareCache(), who -> Future.succeededFuture(live));
    owner = bed.town().join("owner");
    guest = bed.town().join("guest");
  }

  @AfterEach
  void close() {
    bed.close();
  }

  private Optional<ShareDesk.Served> serve(TestMember who, RoomId room, int from, int to) {
    return bed.on(
        () ->
            desk.serve(
                    who.principal(),
                    List.of(new ShareDesk.Wanted(room, from, to)),
                    ShareDesk.REKEYS_MAX)
                .map(served -> served.stream().findFirst()));
  }

  private static List<Integer> epochs(ShareDesk.Served served) {
    return served.rekeys().stream().map(Rekey::n).toList();
  }

  @Test
  void sharesAndRekeysTogetherGiveEveryKeyOfTheRange() {
    RoomId room = moves.channel(owner, History.FULL);
    moves.ratchet(owner, room);
    moves.ratchet(owner, room);
    moves.reset(owner, room);
    moves.ratchet(owner, room);
    ShareDesk.Served served = serve(owner, room, 2, ALL).orElseThrow();

    assertThat(epochs(served)).containsExactly(2, 3, 4, 5);
    assertThat(served.shares().stream().map(AuthorityShare::n)).containsExactly(2, 4);
    AuthorityShare share = served.shares().get(0);
    for (Rekey rekey : served.rekeys()) {
      if (rekey.n() == 4) {
        share = served.shares().get(1);
      } else if (rekey.n() > 2) {
        share = share.ratchet(rekey.hubShare());
      }
      assertThat(EpochKey.derive(rekey, share, served.secrets().get(0)).n()).isEqualTo(rekey.n());
    }
  }

  @Test
  void removedMemberGetsNoShareAndNoSecret() {
    RoomId room = moves.channel(owner, History.FULL);
    moves.join(guest, room);
    assertThat(serve(guest, room, 1, ALL)).isPresent();
    moves.remove(owner, guest, room);

    assertThat(serve(guest, room, 1, ALL)).isEmpty();
  }

  @Test
  void sessionThatEndsWhileItsSharesAreReadGetsNone() {
    RoomId room = moves.channel(owner, History.FULL);
    assertThat(serve(owner, room, 1, ALL)).isPresent();
    live = false;

    assertThat(
            failure(
                bed.run(
                    () ->
                        desk.serve(
                            owner.principal(), List.of(new ShareDesk.Wanted(room, 1, ALL)), 10))))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> assertThat(refusal.problem()).isEqualTo(Problem.UNAUTHENTICATED));
  }

  @Test
  void strangerGetsNoShare() {
    assertThat(serve(guest, moves.channel(owner, History.FULL), 1, ALL)).isEmpty();
  }

  @Test
  void newcomerGetsNoShareBeforeHisFirstEpoch() {
    RoomId room = moves.channel(owner, History.FROM_JOIN);
    moves.ratchet(owner, room);
    moves.join(guest, room);
    ShareDesk.Served served = serve(guest, room, 1, ALL).orElseThrow();

    assertThat(epochs(served)).containsExactly(3);
    assertThat(served.shares().stream().map(AuthorityShare::n)).containsExactly(3);
    assertThat(epochs(serve(owner, room, 1, ALL).orElseThrow())).containsExactly(1, 2, 3);
  }

  @Test
  void newcomerOfAFullHistoryRoomMayDeriveEverything() {
    RoomId room = moves.channel(owner, History.FULL);
    moves.ratchet(owner, room);
    moves.join(guest, room);

    assertThat(epochs(serve(guest, room, 1, ALL).orElseThrow())).containsExactly(1, 2);
  }

  @Test
  void roomWithoutHistoryServesOnlyTheNewestShare() {
    RoomId room = moves.channel(owner, History.NONE);
    moves.ratchet(owner, room);
    moves.reset(owner, room);

    assertThat(epochs(serve(owner, room, 1, ALL).orElseThrow())).containsExactly(3);
  }

  @Test
  void blockedRoomGivesNothingUntilTheLogKnowsWhoIsOut() {
    RoomId room = moves.channel(owner, History.FULL);
    moves.join(guest, room);
    bed.log().refuse(EntryKind.EVICT);
    moves.removeFails(owner, guest, room);

    assertThat(serve(owner, room, 1, ALL)).isEmpty();
    assertThat(serve(guest, room, 1, ALL)).isEmpty();
  }

  @Test
  void aLongRunOfRatchetsIsServedFromItsMiddle() {
    RoomId room = moves.channel(owner, History.FULL);
    for (int i = 0; i < 140; i++) {
      moves.ratchet(owner, room);
    }
    AuthorityShare whole = serve(owner, room, 1, 1).orElseThrow().shares().get(0);
    for (Rekey rekey : serve(owner, room, 2, 139).orElseThrow().rekeys()) {
      whole = whole.ratchet(rekey.hubShare());
    }
    ShareDesk.Served middle = serve(owner, room, 139, 140).orElseThrow();

    assertThat(middle.shares().get(0)).isEqualTo(whole);
    assertThat(epochs(middle)).containsExactly(139, 140);
    assertThat(epochs(serve(owner, room, 120, 130).orElseThrow())).hasSize(11);
  }
}
