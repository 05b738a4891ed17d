package dev.zamok.authority.archive;

import static dev.zamok.authority.Await.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.authority.TestMember;
import dev.zamok.authority.archive.HistoryCheck.Difference;
import dev.zamok.authority.archive.HistoryCheck.Fault;
import dev.zamok.authority.room.Membership;
import dev.zamok.authority.room.RoomBed;
import dev.zamok.authority.room.RoomMoves;
import dev.zamok.authority.store.Row;
import dev.zamok.authority.store.RowKey;
import dev.zamok.authority.store.SealedStore;
import dev.zamok.crypto.chain.History;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.Entry;
import dev.zamok.protocol.MessageId;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.Unavailable;
import dev.zamok.roomlog.Append;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryCheckTest {
  private static final Archive.Limit ALL = new Archive.Limit(1_000, 1 << 30);

  @TempDir Path directory;
  private RoomBed bed;
  private TestMember owner;
  private RoomId room;
  private Archiver archiver;
  private HistoryCheck check;
  private HistoryRepair repair;

  RoomBed bed(Path in) {
    return new RoomBed(in);
  }

  @BeforeEach
  void open() {
    bed = bed(directory);
    owner = bed.town().join("owner");
    room = new RoomMoves(bed).channel(owner, History.FULL);
    Archiver.Policy policy =
        new Archiver.Policy() {
          @Override
          public Future<Archiver.Keeping> keeping(RoomId any) {
            return Future.succeededFuture(Archiver.Keeping.ARCHIVE);
          }

          @Override
          public void read(RoomId any, int messages) {}
        };
    archiver =
        new Archiver(
            bed.store(),
            bed.log(),
            bed.leases(),
            policy,
            ArchiveConfig.DEFAULT,
            new Archiver.Pace(bed.clock(), bed.timers()));
    check = new HistoryCheck(bed.store(), bed.log());
    repair = new HistoryRepair(bed.store());
  }

  @AfterEach
  void close() {
    bed.close();
  }

  private Entry say(long id) {
    Membership author = bed.on(() -> bed.rooms().membership(owner.account(), room)).orElseThrow();
    int epoch = bed.on(() -> bed.log().state(room)).epoch();
    Bytes body = Bytes.wrap(new byte[100]);
    MessageId message = new MessageId(7, id);
    Append append = Append.message(room, author.tag(), author.version(), epoch, message, body);
    Position at = bed.on(() -> bed.log().append(append)).position();
    return logged().stream().filter(entry -> entry.position().equals(at)).findFirst().orElseThrow();
  }

  private static Entry other(Entry than) {
    return new Entry(
        than.room(),
        than.position(),
        than.previous(),
        than.timeMillis(),
        than.kind(),
        than.tag(),
        than.epoch(),
        new MessageId(8, 8),
        Bytes.wrap(new byte[] {1}));
  }

  /** Somebody else's entry is in this place, before the archiver comes to it. */
  private void alter(Entry entry) {
    ArchiveWriter writer = new ArchiveWriter(room, bed.store(), ArchiveConfig.DEFAULT);
    bed.on(() -> writer.write(List.of(other(entry))));
  }

  private void pass() {
    bed.on(() -> archiver.run(0));
  }

  private List<Entry> logged() {
    return bed.on(() -> bed.log().read(room, Position.ZERO, 1_000, 1 << 30)).entries();
  }

  private List<Entry> stored() {
    return bed.on(() -> new Archive(bed.store()).after(room, Position.ZERO, ALL));
  }

  private List<Difference> differences() {
    return bed.on(() -> check.check(room)).differences();
  }

  private RowKey place(Entry entry) {
    return ArchiveTables.MESSAGE.key(
        ArchiveTables.messages(room, 1), ArchiveTables.entry(entry.position()));
  }

  @Test
  void whatAgreesIsNoDifferenceArchivedOrNotYet() {
    say(1);
    assertThat(differences()).isEmpty();
    pass();
    say(2);
    HistoryCheck.Report report = bed.on(() -> check.check(room));
    assertThat(report.differences()).isEmpty();
    assertThat(report.entries()).isEqualTo(logged().size());
    assertThat(bed.on(() -> check.checkAll())).containsExactly(report);
  }

  @Test
  void anotherEntryIsShownAndReplacedAndTheAlarmEnds() {
    Entry said = say(1);
    alter(said);
    pass();
    assertThat(archiver.alteredRooms()).isEqualTo(1);

    Difference difference = differences().get(0);
    assertThat(differences()).hasSize(1);
    assertThat(difference.fault()).isEqualTo(Fault.OTHER);
    assertThat(difference.logged()).isEqualTo(said);
    assertThat(difference.stored()).isEqualTo(other(said));
    assertThat(stored()).as("looking changes nothing").contains(other(said));

    bed.on(() -> repair.repair(difference));
    assertThat(differences()).isEmpty();
    say(2);
    pass();
    assertThat(archiver.alteredRooms()).as("not looked at again yet").isEqualTo(1);
    bed.clock().advance(AlteredRooms.AGAIN);
    pass();
    assertThat(archiver.alteredRooms()).isZero();
    assertThat(stored()).isEqualTo(logged());
  }

  @Test
  void aRoomThatStillDiffersStaysAltered() {
    alter(say(1));
    pass();
    bed.clock().advance(AlteredRooms.AGAIN);
    pass();
    assertThat(archiver.alteredRooms()).isEqualTo(1);
  }

  @Test
  void whatOpensAndIsNoEntryIsReplaced() {
    Entry said = say(1);
    pass();
    SealedStore.Found there = bed.on(() -> bed.store().inspect(place(said))).orElseThrow();
    assertThat(bed.on(() -> bed.store().repair(there, Bytes.wrap(new byte[] {1, 2, 3})))).isTrue();
    Difference difference = differences().get(0);
    assertThat(difference.fault()).isEqualTo(Fault.UNREADABLE);
    assertThat(difference.stored()).isNull();
    bed.on(() -> repair.repair(difference));
    assertThat(stored()).isEqualTo(logged());
  }

  /** As who reaches the database without a key of ours leaves a row. */
  private void spoil(RowKey key) {
    Row row = bed.on(() -> bed.store().inspect(key)).orElseThrow().row();
    byte[] bytes = row.body().toByteArray();
    bytes[bytes.length - 1] ^= 1;
    assertThat(bed.on(() -> bed.raw().reseal(row, Bytes.wrap(bytes)))).isTrue();
  }

  private RowKey idPlace(Entry entry) {
    return ArchiveTables.MESSAGE.key(
        ArchiveTables.messages(room, 1), ArchiveTables.id(entry.tag(), entry.id()));
  }

  /** Attack: it stops no other room, is told, and can be put right. */
  @Test
  void whatNoKeyOpensIsToldAndReplaced() {
    Entry said = say(1);
    alter(said);
    spoil(place(said));
    RoomId another = new RoomMoves(bed).channel(owner, History.FULL);
    pass();
    assertThat(archiver.alteredRooms()).isEqualTo(1);
    assertThat(bed.on(() -> new Archive(bed.store()).last(another))).isNotEqualTo(Position.ZERO);

    Difference difference = differences().get(0);
    assertThat(difference.fault()).isEqualTo(Fault.UNREADABLE);
    bed.on(() -> repair.repair(difference));
    agreesAgain();
  }

  private void agreesAgain() {
    assertThat(differences()).isEmpty();
    bed.clock().advance(AlteredRooms.AGAIN);
    pass();
    assertThat(archiver.alteredRooms()).isZero();
    assertThat(stored()).isEqualTo(logged());
  }

  /** Attack: a message whose id's row was spoiled is neither hidden nor lost. */
  @Test
  void whereAMessageFirstCameIsPutRightWhenItDoesNotOpen() {
    Entry said = say(1);
    List<Entry> all = logged();
    ArchiveWriter writer = new ArchiveWriter(room, bed.store(), ArchiveConfig.DEFAULT);
    bed.on(() -> writer.write(all));
    spoil(idPlace(said));
    pass();
    assertThat(archiver.alteredRooms()).isEqualTo(1);

    Difference difference = differences().get(0);
    assertThat(differences()).hasSize(1);
    assertThat(difference.fault()).isEqualTo(Fault.ID_UNREADABLE);
    bed.on(() -> repair.repair(difference));
    agreesAgain();
  }

  @Test
  void whatIsMissingThoughItWasStoredIsPutBack() {
    say(1);
    pass();
    // The log believes a store that came back without it.
    bed.on(() -> bed.store().drop(ArchiveTables.MESSAGE, ArchiveTables.messages(room, 1)));
    List<Difference> missing = differences();
    assertThat(missing).hasSize(logged().size()).allMatch(one -> one.fault() == Fault.MISSING);
    assertThat(stored()).isEmpty();
    missing.forEach(one -> bed.on(() -> repair.repair(one)));
    assertThat(differences()).isEmpty();
    assertThat(stored()).isEqualTo(logged());
  }

  /** On Cassandra alone: elsewhere it is put back. */
  void whatWasDeletedIsToldToStayHidden() {
    say(1);
    pass();
    bed.on(() -> bed.store().drop(ArchiveTables.MESSAGE, ArchiveTables.messages(room, 1)));
    Difference missing = differences().get(0);
    assertThat(failure(bed.run(() -> repair.repair(missing))))
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("gc_grace_seconds");
  }

  /**
   * Somebody else repairs it, or an archiver comes first: what was looked at is no longer there.
   */
  @Test
  void whatChangedSinceItWasLookedAtIsLeftAlone() {
    Entry said = say(1);
    alter(said);
    Difference difference = differences().get(0);
    bed.on(() -> repair.repair(difference));
    assertThat(failure(bed.run(() -> repair.repair(difference)))).isInstanceOf(Unavailable.class);
    assertThat(differences()).isEmpty();
  }

  @Test
  void aMessageThatCameTwiceStaysHiddenTheSecondTime() {
    Entry first = say(1);
    pass();
    Entry second =
        new Entry(
            room,
            Position.of(first.position().generation(), first.position().counter() + 1),
            first.position(),
            first.timeMillis(),
            first.kind(),
            first.tag(),
            first.epoch(),
            first.id(),
            first.body());
    Entry next = say(2);
    assertThat(next.position()).isEqualTo(second.position());
    ArchiveWriter writer = new ArchiveWriter(room, bed.store(), ArchiveConfig.DEFAULT);
    bed.on(() -> writer.write(List.of(second)));
    Difference difference = differences().get(0);
    bed.on(() -> repair.repair(difference));
    assertThat(stored()).isEqualTo(logged());
  }
}
