package dev.zamok.authority.room;

import static dev.zamok.authority.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.authority.TestMember;
import dev.zamok.authority.archive.AlteredRow;
import dev.zamok.authority.archive.Archive;
import dev.zamok.authority.archive.ArchiveConfig;
import dev.zamok.authority.archive.Archiver;
import dev.zamok.authority.archive.HistoryCheck;
import dev.zamok.authority.archive.HistoryRepair;
import dev.zamok.authority.store.SealedStore;
import dev.zamok.cluster.redis.RedisBinary;
import dev.zamok.cluster.redis.RedisServer;
import dev.zamok.cluster.redis.RedisTopology;
import dev.zamok.crypto.chain.History;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.Entry;
import dev.zamok.protocol.EntryKind;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.MessageId;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.Unavailable;
import dev.zamok.roomlog.Append;
import dev.zamok.roomlog.Appended;
import dev.zamok.roomlog.RoomLog;
import dev.zamok.roomlog.redis.Access;
import dev.zamok.roomlog.redis.RedisLogConfig;
import dev.zamok.roomlog.redis.RedisRoomLog;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.net.HostAndPort;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log that acknowledges only what the store has, on real servers, all of which are lost. */
class StoredFirstTest {
  private static final int PARTITIONS = 2;
  private static final int REPLICAS = 2;
  private static final int SPEAKERS = 3;

  @TempDir Path directory;
  private final Vertx vertx = Vertx.vertx();
  private final List<RedisTopology> all = new ArrayList<>();
  private RedisBinary binary;
  private RedisTopology servers;
  private RoomBed bed;
  private RoomLog hub;

  @BeforeEach
  void open() {
    binary = RedisBinary.unpack(directory);
    start("first");
    bed = RoomBed.over(directory.resolve("store"), v -> RedisRoomLog.open(v, config(true)));
    hub = await(RedisRoomLog.open(vertx, config(false)));
  }

  private void start(String name) {
    servers =
        RedisTopology.start(
            binary,
            directory.resolve(name),
            RedisTopology.Plan.of(REPLICAS).impatient(Duration.ofMinutes(2)));
    all.add(servers);
  }

  private RedisLogConfig config(boolean stored) {
    List<HostAndPort> sentinels =
        servers.sentinelAddresses().stream()
            .map(at -> HostAndPort.create(at.host(), at.port()))
            .toList();
    RedisLogConfig.Shard shard =
        new RedisLogConfig.Shard(
            "a", new RedisLogConfig.Source.Sentinels("zamok", sentinels), REPLICAS);
    return new RedisLogConfig(
        new RedisLogConfig.Layout("", List.of(shard), Collections.nCopies(PARTITIONS, 0)),
        new RedisLogConfig.Ack(REPLICAS, Duration.ofSeconds(5), stored),
        Access.OPEN,
        RedisLogConfig.Bounds.DEFAULT);
  }

  @AfterEach
  void close() {
    await(hub.close());
    bed.close();
    await(vertx.close());
    all.forEach(RedisTopology::close);
  }

  /** As an authority that holds all leases. */
  private Archiver archiver() {
    Archiver.Policy policy =
        new Archiver.Policy() {
          @Override
          public Future<Archiver.Keeping> keeping(RoomId room) {
            return bed.rooms()
                .header(room)
                .map(
                    header ->
                        header.orElseThrow().history() == History.NONE
                            ? Archiver.Keeping.TRIM
                            : Archiver.Keeping.ARCHIVE);
          }

          @Override
          public void read(RoomId room, int messages) {}
        };
    Archiver archiver =
        new Archiver(
            bed.store(),
            bed.log(),
            bed.leases(),
            policy,
            ArchiveConfig.DEFAULT,
            new Archiver.Pace(bed.clock(), bed.timers()));
    bed.on(
        () -> {
          for (int partition = 0; partition < PARTITIONS; partition++) {
            archiver.gained(partition);
          }
          return archiver.watch();
        });
    return archiver;
  }

  private RoomId channel(History history) {
    TestMember owner = bed.town().join("owner");
    RoomLabel label = new RoomLabel(true, "lobby", Bytes.EMPTY);
    return bed.on(() -> bed.rooms().managed().create(owner.principal(), history, label)).id();
  }

  private Append message(RoomId room, int author, long number) {
    MemberTag tag = new MemberTag(author);
    return Append.message(room, tag, 0, 1, new MessageId(author, number), Bytes.wrap(new byte[64]));
  }

  /** Says one thing after the other for as long as they are taken. */
  private final class Speaker extends VerticleBase {
    private final RoomId room;
    private final int author;
    private final Map<MessageId, Position> acknowledged = new ConcurrentHashMap<>();

    Speaker(RoomId room, int author) {
      this.room = room;
      this.author = author;
    }

    @Override
    public Future<?> start() {
      say(1);
      return Future.succeededFuture();
    }

    private void say(long number) {
      Append message = message(room, author, number);
      hub.append(message)
          .onSuccess(
              done -> {
                acknowledged.put(message.id(), done.position());
                say(number + 1);
              });
    }
  }

  private Map<MessageId, Position> stored(RoomId room) {
    Map<MessageId, Position> found = new HashMap<>();
    Archive.Limit limit = new Archive.Limit(100_000, 1 << 30);
    for (Entry entry : bed.on(() -> new Archive(bed.store()).after(room, Position.ZERO, limit))) {
      if (entry.kind() == EntryKind.MESSAGE) {
        found.put(entry.id(), entry.position());
      }
    }
    return found;
  }

  @Test
  void everythingAcknowledgedIsInTheHistoryAfterTheLossOfAllRedis() {
    archiver();
    RoomId room = channel(History.FULL);
    List<Speaker> speakers = new ArrayList<>();
    for (int i = 1; i <= SPEAKERS; i++) {
      Speaker speaker = new Speaker(room, i);
      speakers.add(speaker);
      await(vertx.deployVerticle(speaker));
    }
    RedisTopology.await(
        "much that is acknowledged",
        () -> speakers.stream().allMatch(speaker -> speaker.acknowledged.size() > 30));
    servers.servers().forEach(RedisServer::kill);

    start("second");
    bed.restart();
    Archiver next = archiver();
    await(hub.close());
    hub = await(RedisRoomLog.open(vertx, config(false)));
    Map<MessageId, Position> history = stored(room);
    for (Speaker speaker : speakers) {
      assertThat(history).containsAllEntriesOf(speaker.acknowledged);
    }
    Position last = history.values().stream().max(Position::compareTo).orElseThrow();
    Position after = await(hub.append(message(room, 77, 1))).position();
    assertThat(after).isGreaterThan(last);
    assertThat(stored(room)).containsValue(after);
    assertThat(next.alteredRooms()).isZero();
  }

  /** What nothing keeps is not stored for this either. */
  @Test
  void roomsWithoutHistoryAreDeliveredUnstored() {
    archiver();
    RoomId room = channel(History.NONE);
    Position said = await(hub.append(message(room, 1, 1))).position();
    assertThat(await(hub.state(room)).head()).isEqualTo(said);
    assertThat(stored(room)).isEmpty();
  }

  @Test
  void withoutALivingAuthorityNothingIsAcknowledged() {
    Archiver archiver = archiver();
    RoomId room = channel(History.FULL);
    bed.on(
        () -> {
          for (int partition = 0; partition < PARTITIONS; partition++) {
            archiver.lost(partition);
          }
          return Future.succeededFuture();
        });
    assertThat(dev.zamok.authority.Await.failure(hub.append(message(room, 1, 1))))
        .isInstanceOf(Unavailable.class);
    assertThat(stored(room)).isEmpty();

    archiver();
    assertThat(await(hub.append(message(room, 1, 1))).duplicate()).isTrue();
    assertThat(stored(room)).hasSize(1);
  }

  /** A partition that a false row stopped goes on once the row was put right. */
  @Test
  void aPartitionIsStoppedByAnAlteredRowAndGoesOnAfterItsRepair() {
    Archiver archiver = archiver();
    RoomId room = channel(History.FULL);
    Position first = await(hub.append(message(room, 1, 1))).position();
    Position next = Position.of(first.generation(), first.counter() + 1);
    SealedStore store = bed.store();
    bed.on(() -> AlteredRow.write(store, room, next));
    Future<Appended> said = hub.append(message(room, 1, 2));
    RedisTopology.await("the alarm", () -> archiver.alteredRooms() == 1);
    assertThat(said.isComplete() && said.succeeded()).isFalse();

    HistoryCheck check = new HistoryCheck(store, bed.log());
    List<HistoryCheck.Difference> found = bed.on(() -> check.check(room)).differences();
    assertThat(found).extracting(one -> one.logged().position()).containsExactly(next);
    bed.on(() -> new HistoryRepair(store).repair(found.get(0)));
    bed.on(() -> archiver.run(bed.log().partitionOf(room)));
    assertThat(archiver.alteredRooms()).isZero();
    assertThat(await(hub.append(message(room, 1, 2))).position()).isEqualTo(next);
    assertThat(stored(room)).containsValue(next);
  }
}
