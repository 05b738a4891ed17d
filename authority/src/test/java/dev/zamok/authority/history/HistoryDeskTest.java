package dev.zamok.authority.history;

import static dev.zamok.authority.Await.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.authority.TestMember;
import dev.zamok.authority.archive.Archive;
import dev.zamok.authority.archive.ArchiveConfig;
import dev.zamok.authority.archive.Archiver;
import dev.zamok.authority.http.Problem;
import dev.zamok.authority.http.Refusal;
import dev.zamok.authority.room.Membership;
import dev.zamok.authority.room.RoomBed;
import dev.zamok.authority.room.RoomMoves;
import dev.zamok.crypto.chain.History;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.Entry;
import dev.zamok.protocol.MessageId;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import dev.zamok.roomlog.Append;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryDeskTest {
  @TempDir Path directory;
  private RoomBed bed;
  private RoomMoves moves;
  private HistoryDesk desk;
  private Archiver archiver;
  private Archiver.Keeping keeping = Archiver.Keeping.ARCHIVE;
  private TestMember owner;
  private TestMember guest;

  @BeforeEach
  void open() {
    bed = bed(directory);
    moves = new RoomMoves(bed);
    desk = new HistoryDesk(bed.rooms(), new Archive(bed.store()), bed.log());
    owner = bed.town().join("owner");
    guest = bed.town().join("guest");
    Archiver.Policy policy =
        new Archiver.Policy() {
          @Override
          public Future<Archiver.Keeping> keeping(RoomId any) {
            return Future.succeededFuture(keeping);
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
  }

  RoomBed bed(Path place) {
    return new RoomBed(place);
  }

  @AfterEach
  void close() {
    bed.close();
  }

  private List<Position> say(RoomId room, int from, int to) {
    List<Position> said = new ArrayList<>();
    for (int i = from; i < to; i++) {
      Membership author = bed.on(() -> bed.rooms().membership(owner.account(), room)).orElseThrow();
      int epoch = bed.on(() -> bed.log().state(room)).epoch();
      MessageId id = new MessageId(9, i);
      Append append =
          Append.message(room, author.tag(), author.version(), epoch, id, Bytes.wrap(new byte[20]));
      said.add(bed.on(() -> bed.log().append(append)).position());
    }
    return said;
  }

  private void archive() {
    bed.on(() -> archiver.run(0));
  }

  /** Everything so far is in the store alone. */
  private void archiveAndTrim() {
    archive();
    bed.clock().advance(ArchiveConfig.DEFAULT.idle().plus(Duration.ofMinutes(1)));
    archive();
  }

  private HistoryDesk.Piece after(TestMember who, RoomId room, Position after, int limit) {
    return bed.on(() -> desk.after(who.account(), room, after, limit));
  }

  private HistoryDesk.Piece before(
      TestMember who, RoomId room, @Nullable Position before, int limit) {
    return bed.on(() -> desk.before(who.account(), room, before, limit));
  }

  private static List<Position> positions(List<Entry> entries) {
    return entries.stream().map(Entry::position).toList();
  }

  private List<Position> allForward(TestMember who, RoomId room, int limit) {
    List<Position> all = new ArrayList<>();
    HistoryDesk.Piece piece = after(who, room, Position.ZERO, limit);
    all.addAll(positions(piece.entries()));
    while (piece.more()) {
      piece = after(who, room, piece.completeTo(), limit);
      all.addAll(positions(piece.entries()));
    }
    assertThat(piece.completeTo()).isEqualTo(bed.on(() -> bed.log().state(room)).head());
    return all;
  }

  private List<Position> allBackward(TestMember who, RoomId room, int limit) {
    List<Position> all = new ArrayList<>();
    HistoryDesk.Piece piece = before(who, room, null, limit);
    while (!piece.entries().isEmpty()) {
      List<Position> some = new ArrayList<>(positions(piece.entries()));
      Collections.reverse(some);
      all.addAll(some);
      piece = before(who, room, some.get(some.size() - 1), limit);
    }
    Collections.reverse(all);
    return all;
  }

  @Test
  void storeAndLogAreReadAsOneInBothDirections() {
    RoomId room = moves.channel(owner, History.FULL);
    List<Position> said = new ArrayList<>(say(room, 0, 130));
    archiveAndTrim();
    said.addAll(say(room, 130, 150));
    archive();
    said.addAll(say(room, 150, 160));

    for (int limit : List.of(1, 7, 100, 500)) {
      assertThat(allForward(owner, room, limit)).hasSize(162).containsAll(said);
      assertThat(allBackward(owner, room, limit)).isEqualTo(allForward(owner, room, limit));
    }
  }

  @Test
  void lastPageEndsAtTheHead() {
    RoomId room = moves.channel(owner, History.FULL);
    List<Position> said = say(room, 0, 10);
    HistoryDesk.Piece piece = before(owner, room, null, 3);

    assertThat(positions(piece.entries())).isEqualTo(said.subList(7, 10));
    assertThat(piece.completeTo()).isEqualTo(said.get(9));
    assertThat(piece.more()).isTrue();
  }

  @Test
  void firstPageSaysThatNothingIsBeforeIt() {
    RoomId room = moves.channel(owner, History.FULL);
    say(room, 0, 3);
    archiveAndTrim();

    assertThat(before(owner, room, null, 100).more()).isFalse();
    assertThat(before(owner, room, null, 100).entries()).hasSize(5);
  }

  @Test
  void newcomerCannotReadWhatWasSaidBeforeHeJoined() {
    RoomId room = moves.channel(owner, History.FROM_JOIN);
    say(room, 0, 5);
    archive();
    moves.join(guest, room);
    List<Position> said = say(room, 5, 8);

    for (int i = 0; i < 2; i++) {
      assertThat(allForward(guest, room, 2)).containsSubsequence(said).hasSize(4);
      assertThat(allBackward(guest, room, 2)).isEqualTo(allForward(guest, room, 2));
      assertThat(before(guest, room, said.get(0), 100).entries()).hasSize(1);
      archiveAndTrim();
    }
  }

  @Test
  void formerMemberCannotReadHistoryAfterRemoval() {
    RoomId room = moves.channel(owner, History.FULL);
    moves.join(guest, room);
    say(room, 0, 3);
    assertThat(after(guest, room, Position.ZERO, 100).entries()).isNotEmpty();
    moves.remove(owner, guest, room);

    assertThat(failure(bed.run(() -> desk.after(guest.account(), room, Position.ZERO, 100))))
        .isInstanceOfSatisfying(
            Refusal.class, r -> assertThat(r.problem()).isEqualTo(Problem.NOT_FOUND));
    assertThat(failure(bed.run(() -> desk.before(guest.account(), room, null, 100))))
        .isInstanceOfSatisfying(
            Refusal.class, r -> assertThat(r.problem()).isEqualTo(Problem.NOT_FOUND));
  }

  @Test
  void strangerCannotReadHistory() {
    RoomId room = moves.channel(owner, History.FULL);

    assertThat(failure(bed.run(() -> desk.before(guest.account(), room, null, 100))))
        .isInstanceOfSatisfying(
            Refusal.class, r -> assertThat(r.problem()).isEqualTo(Problem.NOT_FOUND));
  }

  @Test
  void roomWithoutHistoryShowsWhatIsStillInTheLog() {
    keeping = Archiver.Keeping.TRIM;
    RoomId room = moves.channel(owner, History.NONE);
    say(room, 0, 5);
    assertThat(allForward(owner, room, 2)).hasSize(7);
    assertThat(allBackward(owner, room, 2)).hasSize(7);
    archiveAndTrim();

    assertThat(before(owner, room, null, 100).entries()).isEmpty();
    assertThat(after(owner, room, Position.ZERO, 100).entries()).isEmpty();
  }

  @Test
  void entryThatIsBeyondTheEndIsFollowedByNothing() {
    RoomId room = moves.channel(owner, History.FULL);
    say(room, 0, 3);
    Position far = Position.of(9, 1);

    assertThat(after(owner, room, far, 100).entries()).isEmpty();
  }
}
