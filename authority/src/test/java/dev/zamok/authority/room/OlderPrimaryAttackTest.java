package dev.zamok.authority.room;

import static dev.zamok.authority.Await.await;
import static dev.zamok.authority.Await.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.authority.TestMember;
import dev.zamok.cluster.redis.RedisBinary;
import dev.zamok.cluster.redis.RedisServer;
import dev.zamok.cluster.redis.RedisTopology;
import dev.zamok.crypto.chain.History;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.ErrorCode;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.MessageId;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.Rejection;
import dev.zamok.protocol.RoomId;
import dev.zamok.roomlog.Append;
import dev.zamok.roomlog.Appended;
import dev.zamok.roomlog.RoomLog;
import dev.zamok.roomlog.RoomState;
import dev.zamok.roomlog.redis.Access;
import dev.zamok.roomlog.redis.RedisLogConfig;
import dev.zamok.roomlog.redis.RedisRoomLog;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.HostAndPort;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The only replica that is left had stopped before somebody was removed: it becomes the primary,
 * and knows nothing of it. Real servers, real sentinels.
 */
class OlderPrimaryAttackTest {
  private static final int REPLICAS = 3;

  @TempDir Path directory;
  private final Vertx vertx = Vertx.vertx();
  private RedisTopology servers;
  private RoomBed bed;
  private RoomLog hub;
  private TestMember owner;
  private TestMember guest;
  private RoomId room;
  private Membership membership;
  private Position before;
  private Position last;
  private long said;

  @BeforeEach
  void open() {
    servers =
        RedisTopology.start(
            RedisBinary.unpack(directory),
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
    membership = bed.on(() -> bed.rooms().membership(guest.account(), room)).orElseThrow();
    before = await(say(membership.tag(), membership.version(), 2)).position();
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
    servers.servers().stream().filter(RedisServer::isAlive).forEach(RedisServer::thaw);
    await(hub.close());
    bed.close();
    await(vertx.close());
    servers.close();
  }

  private Future<Appended> say(MemberTag tag, int version, int epoch) {
    MessageId id = new MessageId(9, ++said);
    return hub.append(Append.message(room, tag, version, epoch, id, Bytes.wrap(new byte[64])));
  }

  private Future<Appended> saysTheGuest(int epoch) {
    return say(membership.tag(), membership.version(), epoch);
  }

  /** The guest is removed, the room has a new epoch, and something is said under it. */
  private void removeAndGoBack() {
    RedisServer primary = servers.primary();
    List<RedisServer> replicas = servers.replicas();
    servers.awaitReplicas(REPLICAS);
    replicas.get(0).freeze();
    // What the machine keeps for it must not reach it later.
    primary.ask("CLIENT", "KILL", "TYPE", "replica");
    RedisTopology.await(
        "the two others", () -> primary.info("replication", "connected_slaves").equals("2"));
    await(bed.run(() -> bed.rooms().managed().remove(owner.principal(), room, guest.account())));
    last = await(say(new MemberTag(8), 0, 3)).position();
    servers.loseAfter(Duration.ofMillis(1_500));
    primary.kill();
    replicas.subList(1, REPLICAS).forEach(RedisServer::kill);
    replicas.get(0).thaw();
    assertThat(servers.awaitOtherPrimary(primary).at()).isEqualTo(replicas.get(0).at());
    replicas.subList(1, REPLICAS).forEach(RedisServer::restart);
  }

  /** What the guest says is refused from the first answer on. */
  private RoomState stateOnceItIsBack() {
    RedisTopology.await(
        "a room that is back",
        () -> {
          Throwable refusal = failure(saysTheGuest(2));
          assertThat(refusal).isNotNull();
          return refusal instanceof Rejection;
        });
    return await(hub.state(room));
  }

  @Test
  void aRemovedMemberIsNeitherAdmittedNorHeardByALogThatLostHisRemoval() {
    removeAndGoBack();
    RoomState state = stateOnceItIsBack();
    assertThat(state.admits(membership.tag(), membership.version())).isFalse();
    assertThat(state.epoch()).isEqualTo(3);
    assertThat(state.minEpoch()).isEqualTo(3);
    for (int epoch = 2; epoch <= 3; epoch++) {
      assertThat(failure(saysTheGuest(epoch)))
          .isInstanceOfSatisfying(
              Rejection.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.EVICTED));
    }
    assertThat(failure(say(new MemberTag(8), 0, 2)))
        .as("under keys that the guest has")
        .isInstanceOfSatisfying(
            Rejection.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STALE_EPOCH));
  }

  @Test
  void aRoomThatLostARekeyTakesMessagesAndTheNextRekey() {
    removeAndGoBack();
    stateOnceItIsBack();
    Position next = await(say(new MemberTag(8), 0, 3)).position();
    assertThat(next).isGreaterThan(last);
    assertThat(await(hub.read(room, before, 10, 1 << 16)).complete()).isFalse();
    assertThat(await(hub.rekeys(room, 2, 10))).hasSize(1);

    TestMember late = bed.town().join("late");
    await(bed.run(() -> bed.rooms().managed().join(late.principal(), room)));
    RoomState state = await(hub.state(room));
    assertThat(state.epoch()).isEqualTo(4);
    assertThat(state.isHeld()).isFalse();
    await(say(new MemberTag(8), 0, 4));
    Optional<Membership> gone = bed.on(() -> bed.rooms().membership(guest.account(), room));
    assertThat(gone).isEmpty();
  }
}
