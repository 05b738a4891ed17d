package dev.zamok.authority.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.authority.TestClock;
import dev.zamok.authority.room.RoomBed;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.Entry;
import dev.zamok.protocol.EntryKind;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.MessageId;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.Unavailable;
import dev.zamok.roomlog.Page;
import dev.zamok.roomlog.RoomLog;
import dev.zamok.roomlog.RoomState;
import io.vertx.core.Future;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many thousand rooms, pages and entries in one run, of a log that answers at once, on a stack that
 * is too small for a call within a call for each of them.
 */
class PartitionArchiverTest {
  private static final int MANY = 20_000;
  private static final long STACK_BYTES = 256 << 10;

  @TempDir Path directory;
  private final TestClock clock = new TestClock();
  private final Scripted script = new Scripted();
  private RoomBed bed;
  private PartitionArchiver archiver;

  /** What the log has. */
  private static final class Scripted {
    private int rooms;
    private int pagesOfARoom;
    private int waiting;
    private boolean trimFails;
    private long pages;
    private int trims;
    private int stored;

    private Object call(String method, Object[] args) {
      return switch (method) {
        case "storesFirst" -> waiting > 0;
        case "state" -> Future.succeededFuture(NEW);
        case "moved" -> Future.succeededFuture(moved((Position) args[1], (int) args[2]));
        case "read" -> Future.succeededFuture(page((RoomId) args[0], (Position) args[1]));
        case "uncommitted" -> Future.succeededFuture(uncommitted());
        case "stored" -> {
          stored++;
          yield Future.succeededFuture();
        }
        case "trim" -> {
          trims++;
          yield trimFails
              ? Future.failedFuture(new Unavailable("away", false))
              : Future.succeededFuture();
        }
        default -> throw new AssertionError(method);
      };
    }

    private List<RoomLog.Moved> moved(Position after, int max) {
      return LongStream.rangeClosed(after.counter() + 1, Math.min(rooms, after.counter() + max))
          .mapToObj(n -> new RoomLog.Moved(room(n), Position.of(1, n)))
          .toList();
    }

    private Page page(RoomId room, Position after) {
      pages++;
      long n = Math.max(after.counter(), room.low() - 1) + 1;
      long last = room.low() + pagesOfARoom - 1;
      List<Entry> entries = n > last ? List.of() : List.of(entry(room, n));
      return new Page(entries, true, false, n < last, Position.of(1, last), Position.ZERO);
    }

    private List<Entry> uncommitted() {
      return stored == waiting ? List.of() : List.of(entry(room(1), stored + 1));
    }
  }

  private static final RoomState NEW =
      new RoomState(Position.ZERO, 1, 1, Position.ZERO, Position.ZERO, Map.of());

  private static RoomId room(long n) {
    return new RoomId(0x0100_0000_0000_0000L, n);
  }

  private static Entry entry(RoomId room, long n) {
    return new Entry(
        room,
        Position.of(1, n),
        Position.ZERO,
        1,
        EntryKind.MESSAGE,
        MemberTag.NONE,
        1,
        new MessageId(7, n),
        Bytes.EMPTY);
  }

  @BeforeEach
  void open() {
    bed = new RoomBed(directory);
    RoomLog log =
        (RoomLog)
            Proxy.newProxyInstance(
                RoomLog.class.getClassLoader(),
                new Class<?>[] {RoomLog.class},
                (self, method, args) -> script.call(method.getName(), args));
    Archiver.Policy policy =
        new Archiver.Policy() {
          @Override
          public Future<Archiver.Keeping> keeping(RoomId room) {
            return Future.succeededFuture(Archiver.Keeping.TRIM);
          }

          @Override
          public void read(RoomId room, int messages) {}
        };
    ArchiveConfig config = ArchiveConfig.DEFAULT;
    archiver =
        new PartitionArchiver(
            0, new PartitionArchiver.Ground(bed.store(), log, bed.leases(), policy, config, clock));
  }

  @AfterEach
  void close() {
    bed.close();
  }

  private static Future<Void> onASmallStack(Supplier<Future<Void>> task) throws Exception {
    AtomicReference<Future<Void>> done = new AtomicReference<>();
    Thread thread = new Thread(null, () -> done.set(task.get()), "a small stack", STACK_BYTES);
    thread.start();
    thread.join();
    return done.get();
  }

  private Future<Void> run() throws Exception {
    return onASmallStack(archiver::run);
  }

  @Test
  void manyRoomsInOneRunDoNotEndOnTheStack() throws Exception {
    script.rooms = MANY;
    script.pagesOfARoom = 1;
    assertThat(run().succeeded()).isTrue();
    assertThat(script.pages).isEqualTo(MANY);
  }

  @Test
  void manyPagesOfOneRoomDoNotEndOnTheStack() throws Exception {
    script.rooms = 1;
    script.pagesOfARoom = MANY;
    assertThat(run().succeeded()).isTrue();
    assertThat(script.pages).isEqualTo(MANY);
  }

  @Test
  void manyRoomsToBeTrimmedDoNotEndOnTheStack() throws Exception {
    script.rooms = MANY;
    script.pagesOfARoom = 1;
    run();
    clock.advance(ArchiveConfig.DEFAULT.idle());
    assertThat(run().succeeded()).isTrue();
    assertThat(script.trims).isEqualTo(MANY);
  }

  @Test
  void aTrimThatFailsEndsTheRunAndIsTriedAgainWithTheNext() throws Exception {
    script.rooms = MANY;
    script.pagesOfARoom = 1;
    run();
    clock.advance(ArchiveConfig.DEFAULT.idle());
    script.trimFails = true;
    assertThat(run().cause()).isInstanceOf(Unavailable.class);
    assertThat(script.trims).isEqualTo(1);
    script.trimFails = false;
    assertThat(run().succeeded()).isTrue();
    assertThat(script.trims).isEqualTo(1 + MANY);
  }

  @Test
  void manyEntriesThatWaitToBeStoredDoNotEndOnTheStack() throws Exception {
    script.waiting = MANY;
    assertThat(run().succeeded()).isTrue();
    assertThat(script.stored).isEqualTo(MANY);
  }
}
