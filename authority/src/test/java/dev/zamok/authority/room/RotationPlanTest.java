package dev.zamok.authority.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.authority.TestMember;
import dev.zamok.authority.epoch.Epoch;
import dev.zamok.authority.epoch.EpochConfig;
import dev.zamok.authority.lease.Leases;
import dev.zamok.crypto.chain.History;
import dev.zamok.crypto.epoch.Announcement;
import dev.zamok.crypto.epoch.ControlKeys;
import dev.zamok.crypto.epoch.RekeyKind;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.Entry;
import dev.zamok.protocol.EntryKind;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import dev.zamok.roomlog.RoomState;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RotationPlanTest {
  private static final EpochConfig CONFIG = EpochConfig.DEFAULT;

  @TempDir Path directory;
  private RoomBed bed;
  private TestMember owner;
  private RoomId room;

  @BeforeEach
  void open() {
    bed = new RoomBed(directory);
    owner = bed.town().join("owner");
    RoomLabel label = new RoomLabel(true, "lobby", Bytes.EMPTY);
    room = bed.on(() -> bed.rooms().managed().create(owner.principal(), History.FULL, label)).id();
  }

  @AfterEach
  void close() {
    bed.close();
  }

  private void said(int messages) {
    bed.on(
        () -> {
          bed.rooms().plan().read(room, messages);
          return Future.succeededFuture();
        });
  }

  private void tick() {
    bed.on(
        () -> {
          bed.rooms().plan().tick();
          return Future.succeededFuture();
        });
  }

  private Epoch newest() {
    return bed.on(() -> bed.rooms().epochs().newest(room)).orElseThrow();
  }

  private RoomState state() {
    return bed.on(() -> bed.log().state(room));
  }

  private List<Entry> entries() {
    return bed.on(() -> bed.log().read(room, Position.ZERO, 100, 1 << 20)).entries();
  }

  private boolean has(Epoch.State state, int n) {
    return newest().n() == n && newest().state() == state;
  }

  /** A day later somebody talks for long enough: the reset is announced. */
  private void announce() {
    bed.pass(CONFIG.resetAfter().multipliedBy(2));
    said(1);
    bed.pass(CONFIG.ratchetAfter());
    tick();
    bed.until(() -> has(Epoch.State.PREPARED, 2));
    bed.until(() -> entries().stream().anyMatch(e -> e.kind() == EntryKind.ANNOUNCE));
  }

  @Test
  void ratchetsAfterSoManyMessages() {
    said(CONFIG.ratchetMessages() - 1);
    assertThat(newest().n()).isEqualTo(1);
    said(1);

    bed.until(() -> has(Epoch.State.SETTLED, 2));
    assertThat(newest().rekey().kind()).isEqualTo(RekeyKind.RATCHET);
  }

  @Test
  void ratchetsAfterSomeMinutesOfTalk() {
    said(1);
    bed.pass(CONFIG.ratchetAfter().minusMillis(1));
    tick();
    assertThat(newest().n()).isEqualTo(1);
    bed.pass(Duration.ofMillis(1));
    tick();

    bed.until(() -> has(Epoch.State.SETTLED, 2));
  }

  @Test
  void silentRoomKeepsItsKeys() {
    bed.pass(CONFIG.resetAfter().multipliedBy(3));
    tick();

    assertThat(newest().n()).isEqualTo(1);
  }

  @Test
  void timedResetIsAnnouncedServedThenMadeAndClosed() {
    announce();
    Epoch prepared = newest();
    assertThat(prepared.rekey().kind()).isEqualTo(RekeyKind.TIMED_RESET);
    assertThat(prepared.share()).isNotNull();
    assertThat(state().epoch()).isEqualTo(1);
    Entry entry =
        entries().stream().filter(e -> e.kind() == EntryKind.ANNOUNCE).findFirst().orElseThrow();
    Announcement announcement =
        Announcement.parse(entry.body())
            .verify(ControlKeys.of(List.of(bed.controlKey().publicKey())));
    assertThat(announcement.n()).isEqualTo(2);
    assertThat(announcement.atMillis())
        .isEqualTo(bed.clock().millis() + CONFIG.announceBefore().toMillis());

    bed.pass(CONFIG.announceBefore());
    bed.until(() -> has(Epoch.State.GRACE, 2));
    bed.until(() -> state().epoch() == 2);
    assertThat(state().minEpoch()).isEqualTo(1);

    bed.pass(CONFIG.grace());
    bed.until(() -> has(Epoch.State.SETTLED, 2));
    assertThat(state().minEpoch()).isEqualTo(2);
    assertThat(entries().get(entries().size() - 1).kind()).isEqualTo(EntryKind.CLOSE);
  }

  @Test
  void announcedResetIsMadeByTheNextProcess() {
    announce();
    bed.restart();
    assertThat(bed.on(() -> bed.rooms().isBlocked(room))).isFalse();
    assertThat(newest().state()).isEqualTo(Epoch.State.PREPARED);

    bed.pass(CONFIG.announceBefore());
    bed.until(() -> has(Epoch.State.GRACE, 2));
  }

  @Test
  void timeOfGraceIsEndedByTheNextProcess() {
    announce();
    bed.pass(CONFIG.announceBefore());
    bed.until(() -> has(Epoch.State.GRACE, 2));
    bed.restart();
    assertThat(state().minEpoch()).isEqualTo(1);

    bed.pass(CONFIG.grace());
    bed.until(() -> state().minEpoch() == 2);
    bed.until(() -> has(Epoch.State.SETTLED, 2));
  }

  @Test
  void whoJoinsWhileAResetIsAnnouncedGetsAnEpochThatNoOtherIsAcceptedBeside() {
    RoomLabel label = new RoomLabel(true, "council", Bytes.EMPTY);
    room =
        bed.on(() -> bed.rooms().managed().create(owner.principal(), History.FROM_JOIN, label))
            .id();
    announce();
    TestMember guest = bed.town().join("guest");
    bed.on(() -> bed.rooms().managed().join(guest.principal(), room));

    Membership membership =
        bed.on(() -> bed.rooms().membership(guest.account(), room)).orElseThrow();
    assertThat(membership.firstEpoch()).isEqualTo(3);
    assertThat(state().minEpoch()).isEqualTo(3);
    assertThat(membership.joinedAt()).isEqualTo(newest().position());
  }

  @Test
  void processThatLostItsLeaseMakesNoMoreEpochs() {
    bed.on(() -> Leases.claim(bed.store(), bed.log()));
    said(CONFIG.ratchetMessages());
    bed.until(() -> !bed.leases().holds(room));
    bed.pass(CONFIG.ratchetAfter());
    tick();

    assertThat(state().epoch()).isEqualTo(1);
  }

  @Test
  void removalWhileAResetIsAnnouncedLeavesTheRemovedWithoutTheNewShare() {
    TestMember guest = bed.town().join("guest");
    bed.on(() -> bed.rooms().managed().join(guest.principal(), room));
    announce();
    byte[] announced = newest().rekey().encoded().toByteArray();
    bed.on(() -> bed.rooms().managed().remove(owner.principal(), room, guest.account()));

    assertThat(newest().n()).isEqualTo(3);
    assertThat(newest().rekey().kind()).isEqualTo(RekeyKind.IMMEDIATE_RESET);
    assertThat(state().minEpoch()).isEqualTo(3);
    assertThat(bed.on(() -> bed.rooms().epochs().get(room, 2)).orElseThrow().rekey().encoded())
        .isEqualTo(Bytes.wrap(announced));
    bed.pass(CONFIG.announceBefore());
    bed.pass(CONFIG.grace());
    assertThat(newest().n()).isEqualTo(3);
  }
}
