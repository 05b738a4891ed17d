package dev.zamok.authority.room;

import static dev.zamok.authority.Await.await;
import static dev.zamok.authority.Await.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.authority.TestMember;
import dev.zamok.authority.epoch.Epoch;
import dev.zamok.cluster.redis.RedisBinary;
import dev.zamok.cluster.redis.RedisServer;
import dev.zamok.cluster.redis.RedisTopology;
import dev.zamok.crypto.chain.History;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.Entry;
import dev.zamok.protocol.EntryKind;
import dev.zamok.protocol.ErrorCode;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.MessageId;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.Rejection;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.Unavailable;
import dev.zamok.roomlog.Append;
import dev.zamok.roomlog.Appended;
import dev.zamok.roomlog.RoomLog;
import dev.zamok.roomlog.RoomState;
import dev.zamok.roomlog.redis.Access;
import dev.zamok.roomlog.redis.RedisLogConfig;
import dev.zamok.roomlog.redis.RedisRoomLog;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.net.HostAndPort;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A removal meets an outage of the log. Real servers, real sentinels. */
class RemovalOutageTest {
  private static final int REPLICAS = 3;
  private static final Duration SECOND = Duration.ofSeconds(1);

  @TempDir Path directory;
  private final Vertx vertx = Vertx.vertx();
  private RedisTopology servers;
  private RoomBed bed;
  private RoomLog hub;
  private TestMember owner;
  private TestMember guest;
  private RoomId room;

  @BeforeEach
  void open() {
    RedisBinary binary = RedisBinary.unpack(directory);
    servers =
        RedisTopology.start(
            binary,
            directory.resolve("redis"),
            RedisTopology.Plan.of(REPLICAS).impatient(Duration.ofSeconds(60)));
    bed = RoomBed.over(directory.resolve("store"), v -> RedisRoomLog.open(v, config()));
    hub = await(RedisRoomLog.open(vertx, config()));
    owner = bed.town().join("owner");
    guest = bed.town().join("guest");
    RoomLabel label = new RoomLabel(true, "lobby", Bytes.EMPTY);
    room =
        bed.on(() -> bed.rooms().managed().create(owner.principal(), History.FROM_JOIN, label))
            .id();
    bed.on(() -> bed.rooms().managed().join(guest.principal(), room));
  }

  private RedisLogConfig config() {
    List<HostAndPort> sentinels =
        servers.sentinelAddresses().stream()
            .map(at -> HostAndPort.create(at.host(), at.port()))
            .toList();
    RedisLogConfig.Shard shard =
        new RedisLogConfig.Shard(
            "a", new RedisLogConfig.Source.Sentinels("zamok", sentinels), REPLICAS);
    return new RedisLogConfig(
        new RedisLogConfig.Layout("", List.of(shard), Collections.nCopies(2, 0)),
        new RedisLogConfig.Ack(2, Duration.ofSeconds(5)),
        Access.OPEN,
        RedisLogConfig.Bounds.DEFAULT);
  }

  @AfterEach
  void close() {
    await(hub.close());
    bed.close();
    await(vertx.close());
    servers.close();
  }

  private Future<Room> removal() {
    return bed.run(() -> bed.rooms().managed().remove(owner.principal(), room, guest.account()));
  }

  private void passUntilEpoch(int n) {
    RedisTopology.await(
        "epoch " + n,
        () -> {
          bed.pass(SECOND);
          return bed.on(() -> bed.rooms().header(room)).orElseThrow().epoch().n() == n;
        });
  }

  /** Asked again until the hub, which may have said nothing since, has found the new primary. */
  private List<Entry> entries() {
    List<Entry> entries = new ArrayList<>();
    eventually(
        "a hub that reads",
        () -> entries.addAll(await(hub.read(room, Position.ZERO, 100_000, 1 << 26)).entries()));
    return entries;
  }

  private static int first(List<Entry> entries, EntryKind kind, int epoch) {
    for (int i = 0; i < entries.size(); i++) {
      if (entries.get(i).kind() == kind && entries.get(i).epoch() >= epoch) {
        return i;
      }
    }
    throw new AssertionError("no " + kind);
  }

  private static List<EntryKind> kinds(List<Entry> entries) {
    return entries.stream().map(Entry::kind).toList();
  }

  /** Says the next thing as soon as the last one was taken, through a hub's log. */
  private final class Speaker extends VerticleBase {
    private final AtomicInteger taken = new AtomicInteger();
    private volatile @Nullable Throwable failure;
    private volatile boolean over;
    private int epoch = 2;
    private long next = 1;

    @Override
    public Future<?> start() {
      say();
      return Future.succeededFuture();
    }

    private void say() {
      MessageId id = new MessageId(9, next);
      Bytes body = Bytes.wrap(new byte[64]);
      hub.append(Append.message(room, new MemberTag(9), 0, epoch, id, body)).onComplete(this::said);
    }

    private void said(AsyncResult<Appended> done) {
      if (done.succeeded()) {
        next++;
        taken.incrementAndGet();
      } else if (done.cause() instanceof Rejection refused
          && refused.code() == ErrorCode.STALE_EPOCH) {
        epoch++;
      } else if (!(done.cause() instanceof Unavailable)) {
        failure = done.cause();
        return;
      }
      if (!over) {
        vertx.setTimer(5, timer -> say());
      }
    }
  }

  /**
   * Attack: between the return of the log and the repetition of the eviction, what members say
   * reaches who was removed.
   */
  @Test
  void removedMemberHearsNothingAfterAnOutageOfTheLog() {
    Speaker speaker = new Speaker();
    await(vertx.deployVerticle(speaker));
    RedisTopology.await("something said", () -> speaker.taken.get() > 10);
    RedisServer old = servers.primary();
    servers.loseAfter(Duration.ofMillis(1_500));
    AtomicBoolean killed = new AtomicBoolean();
    bed.log()
        .before(
            append -> {
              if (append.kind() == EntryKind.EVICT && killed.compareAndSet(false, true)) {
                old.kill();
              }
            });
    assertThat(failure(removal())).isInstanceOf(Unavailable.class);
    servers.awaitOtherPrimary(old);
    // The hub is back before the authority tries again: it opens the log.
    RedisTopology.await(
        "a hub with a log",
        () -> await(hub.state(room).map(state -> state.isHeld()).otherwise(false)));
    int before = speaker.taken.get();
    assertThat(bed.on(() -> bed.rooms().isBlocked(room))).isTrue();

    passUntilEpoch(3);
    RedisTopology.await("more said", () -> speaker.taken.get() > before + 10);
    speaker.over = true;
    assertThat(speaker.failure).isNull();

    List<Entry> entries = entries();
    int held = first(entries, EntryKind.CLOSE, 3);
    int opened = first(entries, EntryKind.REKEY, 3);
    assertThat(kinds(entries.subList(0, held))).contains(EntryKind.MESSAGE);
    assertThat(kinds(entries.subList(held, opened + 1)))
        .containsExactly(EntryKind.CLOSE, EntryKind.EVICT, EntryKind.REKEY);
    assertThat(entries.get(opened).position().generation())
        .isGreaterThan(entries.get(held).position().generation());
    assertThat(entries.subList(opened, entries.size()))
        .allSatisfy(entry -> assertThat(entry.epoch()).isGreaterThanOrEqualTo(3));
  }

  /**
   * Fault: entries are in the log and nobody was told; a fail-over follows, and the log forgets
   * their ids with them.
   */
  @Test
  void whatWasAppendedUnansweredIsFinishedOnceAfterAFailOverAndATrim() {
    Membership before = bed.on(() -> bed.rooms().membership(guest.account(), room)).orElseThrow();
    bed.log().leaveUnanswered(EntryKind.EVICT);
    assertThat(failure(removal())).isInstanceOf(Unavailable.class);
    assertThat(await(hub.state(room)).admits(before.tag(), before.version())).isFalse();
    RedisServer old = servers.primary();
    servers.loseAfter(Duration.ofMillis(1_500));
    old.kill();
    servers.awaitOtherPrimary(old);
    trimAll();
    bed.log().heal();
    bed.log().leaveUnanswered(EntryKind.REKEY);
    eventually(
        "a rekey that nobody was told of",
        () -> {
          bed.pass(SECOND);
          return await(hub.state(room)).epoch() == 3;
        });
    trimAll();
    bed.log().heal();
    passUntilEpoch(3);
    eventually(
        "the end of the removal",
        () -> {
          bed.pass(SECOND);
          return !bed.on(() -> bed.rooms().isBlocked(room))
              && bed.on(() -> bed.rooms().epochs().newest(room)).orElseThrow().state()
                  == Epoch.State.SETTLED;
        });
    RoomState state = await(hub.state(room));
    assertThat(state.epoch()).isEqualTo(3);
    assertThat(state.isHeld()).isFalse();
    assertThat(state.admits(before.tag(), before.version())).isFalse();
    assertThat(await(hub.rekeys(room, 2, 10))).hasSize(1);
    assertThat(entries()).extracting(Entry::kind).doesNotContain(EntryKind.REKEY);
    assertThat(bed.on(() -> bed.rooms().membership(guest.account(), room))).isEmpty();
  }

  private static void eventually(String what, BooleanSupplier done) {
    RedisTopology.await(
        what,
        () -> {
          try {
            return done.getAsBoolean();
          } catch (Unavailable e) {
            return false;
          }
        });
  }

  private void trimAll() {
    eventually(
        "a log that trims",
        () -> {
          Position head = await(hub.state(room)).head();
          await(hub.trim(bed.leases().token(room), room, head, true));
          return true;
        });
  }

  @Test
  void removalDuringAnOutageOfTheLogIsRefusedAndNothingIsDecided() {
    RedisServer old = servers.primary();
    servers.loseAfter(Duration.ofMillis(1_500));
    old.kill();
    assertThat(failure(removal())).isInstanceOf(Unavailable.class);
    assertThat(bed.on(() -> bed.rooms().membership(guest.account(), room))).isPresent();
    servers.awaitOtherPrimary(old);
    passUntilEpoch(3);
    assertThat(bed.on(() -> bed.rooms().membership(guest.account(), room))).isPresent();

    await(removal());
    assertThat(bed.on(() -> bed.rooms().membership(guest.account(), room))).isEmpty();
    List<Entry> entries = entries();
    assertThat(kinds(entries.subList(first(entries, EntryKind.CLOSE, 4), entries.size())))
        .startsWith(EntryKind.CLOSE, EntryKind.EVICT, EntryKind.REKEY);
  }
}
