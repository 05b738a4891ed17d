package dev.zamok.authority.archive;

import static dev.zamok.authority.Await.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.authority.TestMember;
import dev.zamok.authority.lease.Leases;
import dev.zamok.authority.room.Membership;
import dev.zamok.authority.room.RoomBed;
import dev.zamok.authority.room.RoomMoves;
import dev.zamok.crypto.chain.History;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.Entry;
import dev.zamok.protocol.EntryKind;
import dev.zamok.protocol.MessageId;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import dev.zamok.roomlog.Append;
import dev.zamok.roomlog.RoomState;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiverTest {
  private static final ArchiveConfig CONFIG =
      new ArchiveConfig(
          Duration.ofSeconds(1),
          Duration.ofMinutes(10),
          5,
          1 << 20,
          Duration.ofHours(1),
          2_000,
          Duration.ofDays(7));
  private static final Archive.Limit ALL = new Archive.Limit(1_000, 1 << 30);

  @TempDir Path directory;
  private RoomBed bed;
  private RoomMoves moves;
  private TestMember owner;
  private RoomId room;
  private Archiver archiver;
  private Archiver.Keeping keeping = Archiver.Keeping.ARCHIVE;
  private int heard;

  @BeforeEach
  void open() {
    bed = new RoomBed(directory);
    moves = new RoomMoves(bed);
    owner = bed.town().join("owner");
    room = moves.channel(owner, History.FULL);
    archiver = archiver();
  }

  @AfterEach
  void close() {
    bed.close();
  }

  private Archiver archiver() {
    Archiver.Policy policy =
        new Archiver.Policy() {
          @Override
          public Future<Archiver.Keeping> keeping(RoomId any) {
            return Future.succeededFuture(keeping);
          }

          @Override
          public void read(RoomId any, int messages) {
            heard += messages;
          }
        };
    return new Archiver(
        bed.store(),
        bed.log(),
        bed.leases(),
        policy,
        CONFIG,
        new Archiver.Pace(bed.clock(), bed.timers()));
  }

  private Position say(long id) {
    Membership author = bed.on(() -> bed.rooms().membership(owner.account(), room)).orElseThrow();
    Append append =
        Append.message(
            room,
            author.tag(),
            author.version(),
            state().epoch(),
            new MessageId(7, id),
            Bytes.wrap(new byte[100]));
    return bed.on(() -> bed.log().append(append)).position();
  }

  private void say(int from, int to) {
    for (int i = from; i < to; i++) {
      say(i);
    }
  }

  private void pass() {
    bed.on(() -> archiver.run(0));
  }

  private RoomState state() {
    return bed.on(() -> bed.log().state(room));
  }

  private List<Entry> stored() {
    return bed.on(() -> new Archive(bed.store()).after(room, Position.ZERO, ALL));
  }

  private List<Entry> logged() {
    return bed.on(() -> bed.log().read(room, Position.ZERO, 1_000, 1 << 30)).entries();
  }

  @Test
  void everyEntryOfTheLogIsStored() {
    say(0, 300);
    List<Entry> all = logged();
    pass();

    assertThat(stored()).isEqualTo(all);
    assertThat(state().archived()).isEqualTo(state().head());
    assertThat(heard).isEqualTo(300);
  }

  @Test
  void archivingAgainAfterACrashChangesNothing() {
    say(0, 150);
    ArchiveWriter writer = new ArchiveWriter(room, bed.store(), CONFIG);
    List<Entry> all = logged();
    bed.on(() -> writer.write(all.subList(0, 120)));
    assertThat(state().archived()).isEqualTo(Position.ZERO);
    pass();

    assertThat(stored()).isEqualTo(all);
  }

  @Test
  void fullBucketsAreFollowedByNewOnesAndReadAsOne() {
    for (int i = 0; i < 10; i++) {
      say(100 * i, 100 * i + 20);
      pass();
    }

    assertThat(bed.on(() -> new Buckets(bed.store()).all(room)).size()).isGreaterThan(3);
    assertThat(stored()).hasSize(202);
    List<Entry> backward =
        new ArrayList<>(
            bed.on(() -> new Archive(bed.store()).before(room, Position.ZERO, null, ALL)));
    Collections.reverse(backward);
    assertThat(backward).isEqualTo(stored());
  }

  @Test
  void logKeepsItsHotWindowAndNoMore() {
    say(0, 20);
    pass();
    assertThat(logged()).hasSize(22);
    bed.clock().advance(CONFIG.hot());
    say(20, 23);
    pass();

    assertThat(logged()).hasSize(3);
    assertThat(state().floor()).isEqualTo(stored().get(21).position());
  }

  @Test
  void idleRoomKeepsOnlyItsState() {
    say(0, 3);
    pass();
    bed.clock().advance(CONFIG.idle());
    pass();

    assertThat(logged()).isEmpty();
    assertThat(stored()).hasSize(5);
    assertThat(state().epoch()).isEqualTo(1);
  }

  @Test
  void nothingLeavesTheLogBeforeItIsStored() {
    say(0, 20);
    bed.clock().advance(CONFIG.idle().multipliedBy(2));
    Position head = state().head();
    long token = bed.leases().token(room);

    assertThat(failure(bed.run(() -> bed.log().trim(token, room, head, false)))).isNotNull();
    assertThat(logged()).hasSize(22);
    pass();
    assertThat(stored()).hasSize(22);
  }

  @Test
  void roomWithoutHistoryIsTrimmedAndNeverStored() {
    keeping = Archiver.Keeping.TRIM;
    say(0, 20);
    pass();
    bed.clock().advance(CONFIG.hot());
    say(20, 30);
    pass();

    assertThat(stored()).isEmpty();
    assertThat(logged()).hasSize(10);
  }

  @Test
  void roomOfAnotherBackendIsLeftAlone() {
    keeping = Archiver.Keeping.LEAVE;
    say(0, 20);
    bed.clock().advance(CONFIG.idle());
    pass();

    assertThat(stored()).isEmpty();
    assertThat(logged()).hasSize(22);
  }

  @Test
  void messageThatCameTwiceIsShownOnceAtItsFirstPosition() {
    Position first = say(1);
    pass();
    bed.clock().advance(CONFIG.idle());
    pass();
    Position second = say(1);
    assertThat(second).isNotEqualTo(first);
    pass();

    assertThat(stored().stream().filter(e -> e.kind() == EntryKind.MESSAGE))
        .singleElement()
        .satisfies(entry -> assertThat(entry.position()).isEqualTo(first));
    pass();
    assertThat(archiver.alteredRooms()).isZero();
  }

  @Test
  void otherContentAtAPositionIsAnAlarmAndStopsTheRoom() {
    say(0, 3);
    Entry entry = logged().get(0);
    Entry other =
        new Entry(
            entry.room(),
            entry.position(),
            entry.previous(),
            entry.timeMillis(),
            entry.kind(),
            entry.tag(),
            entry.epoch(),
            entry.id(),
            Bytes.wrap(new byte[] {1}));
    bed.on(() -> new ArchiveWriter(room, bed.store(), CONFIG).write(List.of(other)));
    pass();

    assertThat(archiver.alteredRooms()).isEqualTo(1);
    assertThat(state().archived()).isEqualTo(Position.ZERO);
    assertThat(stored()).containsExactly(other);
  }

  @Test
  void staleArchiverIsFenced() {
    say(0, 3);
    bed.on(() -> Leases.claim(bed.store(), bed.log()));
    assertThat(failure(bed.run(() -> archiver.run(0)))).isNotNull();

    assertThat(bed.leases().holds(room)).isFalse();
    assertThat(state().archived()).isEqualTo(Position.ZERO);
  }
}
