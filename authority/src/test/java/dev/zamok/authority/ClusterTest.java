package dev.zamok.authority;

import static dev.zamok.authority.Await.await;
import static dev.zamok.authority.User.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.authority.http.InnerServer;
import dev.zamok.authority.http.Problem;
import dev.zamok.authority.node.Nodes;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.beat.BeatKeys;
import dev.zamok.roomlog.NodeBeat;
import dev.zamok.roomlog.Notice;
import dev.zamok.roomlog.NoticeCodec;
import dev.zamok.roomlog.RoomState;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several authorities, as their clients and their faults meet them. */
class ClusterTest {
  @TempDir Path directory;
  private ClusterBed bed;

  @BeforeEach
  void open() {
    bed = new ClusterBed(directory);
  }

  @AfterEach
  void close() {
    bed.close();
  }

  private static JsonObject ok(HttpResponse<Buffer> response) {
    assertThat(response.statusCode()).as(response.bodyAsString()).isBetween(200, 201);
    return response.bodyAsJsonObject();
  }

  private static RoomId channel(User owner) {
    JsonObject room =
        new JsonObject()
            .put("kind", "channel")
            .put("history", "full")
            .put("name", "lobby")
            .put("open", true);
    return RoomId.parse(ok(owner.post("/v1/rooms", room)).getString("room"));
  }

  /** The same user at another door. */
  private static User at(ClusterBed.One door, User user) {
    User there = user.through(door);
    there.use(user.token());
    return there;
  }

  private RoomState state(RoomId room) {
    return await(bed.log.state(room));
  }

  /** Asked again for as long as the answer is 503: a lease may just have come to its holder. */
  private HttpResponse<Buffer> patiently(Supplier<HttpResponse<Buffer>> request) {
    AtomicReference<HttpResponse<Buffer>> last = new AtomicReference<>();
    bed.until(
        () -> {
          last.set(request.get());
          return last.get().statusCode() != 503;
        });
    return last.get();
  }

  private static HttpResponse<Buffer> rotate(User who, RoomId room) {
    return who.post("/v1/rooms/" + room + "/rotations", new JsonObject().put("kind", "ratchet"));
  }

  private static JsonArray shares(User who, RoomId room) {
    JsonObject wanted = new JsonObject().put("room", room.toString()).put("from", 1);
    return ok(who.post("/v1/shares", new JsonObject().put("rooms", new JsonArray().add(wanted))))
        .getJsonArray("rooms");
  }

  @Test
  void leasesAreSpreadEvenlyAndANewcomerGetsItsPartPolitely() {
    List<ClusterBed.One> two = bed.start(2);
    assertThat(two).extracting(ClusterBed.One::leases).containsExactly(3, 3);
    ClusterBed.One third = bed.start();
    bed.settle(3);
    assertThat(third.leases()).isEqualTo(2);
    assertThat(two).extracting(ClusterBed.One::leases).containsExactly(2, 2);
  }

  @Test
  void everyRequestWorksAtEveryAuthority() {
    List<ClusterBed.One> all = bed.start(3);
    User owner = User.loggedIn(all.get(0), "owner");
    User guest = User.loggedIn(all.get(1), "guest");
    RoomId room = channel(owner);
    int epoch = 1;
    for (ClusterBed.One door : all) {
      assertThat(patiently(() -> rotate(at(door, owner), room)).statusCode()).isEqualTo(200);
      epoch++;
      assertThat(state(room).epoch()).isEqualTo(epoch);
    }
    for (ClusterBed.One door : all) {
      User there = at(door, guest);
      ok(there.post("/v1/rooms/" + room + "/join", new JsonObject()));
      assertThat(shares(there, room)).hasSize(1);
      assertThat(ok(there.post("/v1/tickets", new JsonObject())).getJsonArray("rooms")).hasSize(1);
      String member = "/v1/rooms/" + room + "/members/" + guest.account;
      assertThat(patiently(() -> at(bed.other(door), owner).delete(member)).statusCode())
          .isEqualTo(204);
      assertThat(shares(there, room)).isEmpty();
    }
  }

  @Test
  void leasesOfADeadAuthorityAreTakenOverWithinTenSeconds() {
    List<ClusterBed.One> all = bed.start(3);
    User owner = User.loggedIn(all.get(0), "owner");
    RoomId room = channel(owner);
    ClusterBed.One dead = bed.holder(room);
    ClusterBed.One left = bed.other(dead);
    dead.kill();
    assertProblem(rotate(at(left, owner), room), Problem.UNAVAILABLE);
    bed.pass(Duration.ofSeconds(5));
    assertThat(left.leases()).isEqualTo(2);
    bed.pass(Duration.ofSeconds(5));
    bed.until(() -> rotate(at(left, owner), room).statusCode() == 200);
    assertThat(state(room).epoch()).isEqualTo(2);
    bed.settle(2);
  }

  @Test
  void anAuthorityThatWasStoppedForFifteenSecondsIsFencedAndChangesNothing() {
    List<ClusterBed.One> all = bed.start(3);
    User owner = User.loggedIn(all.get(0), "owner");
    RoomId room = channel(owner);
    ClusterBed.One stopped = bed.holder(room);
    User atStopped = at(stopped, owner);
    ClusterBed.One other = bed.other(stopped);

    stopped.sleep();
    var begun =
        atStopped
            .request(HttpMethod.POST, "/v1/rooms/" + room + "/rotations")
            .sendJsonObject(new JsonObject().put("kind", "ratchet"));
    bed.pass(Duration.ofSeconds(15));
    bed.until(() -> rotate(at(other, owner), room).statusCode() == 200);
    RoomState taken = state(room);
    assertThat(taken.epoch()).isEqualTo(2);

    stopped.wake();
    assertThat(await(begun).statusCode()).isIn(503, 200);
    assertThat(stopped.serves(room)).isFalse();
    bed.until(() -> rotate(at(other, owner), room).statusCode() == 200);
    bed.settle(3);
    bed.until(() -> rotate(at(stopped, owner), room).statusCode() == 200);
  }

  @Test
  void anAuthorityThatEndsHandsOverAtOnceAndNothingIsRefusedForLong() {
    List<ClusterBed.One> all = bed.start(3);
    User owner = User.loggedIn(all.get(0), "owner");
    RoomId room = channel(owner);
    ClusterBed.One ending = bed.holder(room);
    ClusterBed.One other = bed.other(ending);
    ending.end();
    bed.until(() -> rotate(at(other, owner), room).statusCode() == 200);
    bed.settle(2);
  }

  @Test
  void aSessionThatEndedAtOneAuthorityIsRefusedByAllAtOnce() {
    List<ClusterBed.One> all = bed.start(3);
    User owner = User.loggedIn(all.get(0), "owner");
    assertThat(at(all.get(1), owner).get("/v1/rooms").statusCode()).isEqualTo(200);
    assertThat(at(all.get(2), owner).delete("/v1/sessions/current").statusCode()).isEqualTo(204);
    for (ClusterBed.One door : all) {
      assertProblem(at(door, owner).get("/v1/rooms"), Problem.UNAUTHENTICATED);
    }
  }

  @Test
  void aRevokedDeviceResetsRoomsWhoeverHoldsTheirLeases() {
    List<ClusterBed.One> all = bed.start(3);
    User owner = User.loggedIn(all.get(0), "owner");
    User stolen = User.loggedInAgain(all.get(1), owner);
    String session =
        ok(stolen.get("/v1/sessions")).getJsonArray("sessions").stream()
            .map(JsonObject.class::cast)
            .filter(one -> one.getBoolean("current"))
            .findFirst()
            .orElseThrow()
            .getString("session");
    List<RoomId> rooms = all.stream().map(door -> channel(at(door, owner))).toList();
    assertThat(rooms.stream().map(bed::holder).distinct()).hasSize(3);
    // 503 asks for another try: the new holder of a lease may not have swept its rooms yet.
    bed.until(() -> owner.delete("/v1/sessions/" + session).statusCode() == 204);
    for (RoomId room : rooms) {
      assertThat(state(room).epoch()).isGreaterThan(1);
      assertThat(state(room).minEpoch()).isEqualTo(state(room).epoch());
    }
  }

  @Test
  void aForwardedRequestIsCheckedForItsRightsWhereItArrives() {
    List<ClusterBed.One> all = bed.start(3);
    User owner = User.loggedIn(all.get(0), "owner");
    User stranger = User.loggedIn(all.get(0), "stranger");
    RoomId room = channel(owner);
    for (ClusterBed.One door : all) {
      assertThat(rotate(at(door, stranger), room).statusCode()).isIn(403, 404);
      User nobody = at(door, owner);
      nobody.use("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
      assertProblem(rotate(nobody, room), Problem.UNAUTHENTICATED);
    }
    assertThat(state(room).epoch()).isEqualTo(1);
  }

  @Test
  void forwardingHeadersFromOutsideAreNotBelieved() {
    List<ClusterBed.One> all = bed.start(3);
    User owner = User.loggedIn(all.get(0), "owner");
    RoomId room = channel(owner);
    ClusterBed.One other = bed.other(bed.holder(room));
    HttpResponse<Buffer> response =
        await(
            at(other, owner)
                .request(HttpMethod.POST, "/v1/rooms/" + room + "/rotations")
                .putHeader(InnerServer.CLIENT_HEADER, "10.0.0.1")
                .putHeader("X-Forwarded-For", "10.0.0.1")
                .sendJsonObject(new JsonObject().put("kind", "ratchet")));
    assertThat(response.statusCode()).isEqualTo(200);
    HttpResponse<Buffer> task =
        await(
            other
                .client()
                .post("/nodes/v1/rooms/" + room + "/resets")
                .putHeader(InnerServer.CLIENT_HEADER, "127.0.0.1")
                .send());
    assertProblem(task, Problem.NOT_FOUND);
    assertThat(state(room).epoch()).isEqualTo(2);
  }

  @Test
  void aLogThatLostEverythingGetsItsRoomsBackAboveAllPositionsItGave() {
    List<ClusterBed.One> one = bed.start(1);
    User owner = User.loggedIn(one.get(0), "owner");
    User guest = User.loggedIn(one.get(0), "guest");
    RoomId room = channel(owner);
    ok(guest.post("/v1/rooms/" + room + "/join", new JsonObject()));
    assertThat(owner.delete("/v1/rooms/" + room + "/members/" + guest.account).statusCode())
        .isEqualTo(204);
    RoomState before = state(room);
    bed.until(() -> state(room).archived().equals(state(room).head()));
    one.get(0).end();
    bed.close();

    bed = new ClusterBed(directory, "other-log-");
    List<ClusterBed.One> next = bed.start(2);
    RoomState after = state(room);
    assertThat(after.epoch()).isEqualTo(before.epoch());
    assertThat(after.minEpoch()).isEqualTo(before.minEpoch());
    assertThat(after.archived()).isEqualTo(before.head());
    before
        .admitted()
        .forEach((tag, version) -> assertThat(after.admits(tag, version - 1)).isFalse());
    User again = at(next.get(0), owner);
    assertThat(patiently(() -> rotate(again, room)).statusCode()).isEqualTo(200);
    assertThat(state(room).epoch()).isEqualTo(before.epoch() + 1);
    assertThat(state(room).head().isAfter(before.head())).isTrue();
  }

  @Test
  void theStatusIsForWhoReadsTheFileOfTheOperatorAlone() throws Exception {
    Path file = directory.resolve("operator-token");
    String token = "o".repeat(40);
    Files.writeString(
        Files.createFile(
            file,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))),
        token);
    bed.with(bed.config().withOperatorToken(file));
    List<ClusterBed.One> all = bed.start(3);
    all.get(2).kill();
    bed.pass(Duration.ofSeconds(10));
    bed.settle(2);
    User user = User.loggedIn(all.get(0), "user");
    assertProblem(user.get("/v1/status"), Problem.UNAUTHENTICATED);
    user.use(token);
    JsonObject status = ok(user.get("/v1/status"));
    assertThat(status.getJsonArray("authorities"))
        .extracting(one -> ((JsonObject) one).getString("state"))
        .containsExactlyInAnyOrder("serving", "serving", "lost");
    assertThat(status.getJsonArray("authorities"))
        .extracting(one -> ((JsonObject) one).getInteger("leases"))
        .containsExactlyInAnyOrder(3, 3, 0);
    assertThat(status.getJsonArray("log")).isNotEmpty();
  }

  @Test
  void clientsAreToldTheHubsThatLiveAndTheConfiguredOneWithoutAny() {
    ClusterBed.One one = bed.start(1).get(0);
    User user = User.loggedIn(one, "user");
    assertThat(ok(user.get("/.well-known/zamok")).getString("hub")).isEqualTo("/hub");
    NodeBeat beat =
        new NodeBeat(
            NodeBeat.Role.HUB,
            7,
            "wss://hub-1.example/hub",
            "1",
            new NodeBeat.Load(NodeBeat.Standing.SERVING, 0, 10),
            bed.clock.millis());
    await(bed.log.broadcast(new Notice.Beat(beat)));
    bed.until(() -> !ok(user.get("/.well-known/zamok")).getString("hub").equals("/hub"));
    JsonObject ticket = ok(user.post("/v1/tickets", new JsonObject()));
    assertThat(ticket.getString("hub")).isEqualTo("wss://hub-1.example/hub");
    assertThat(ticket.getJsonArray("hubs")).containsExactly("wss://hub-1.example/hub");
  }

  @Test
  void aForgedBeatDrawsNoClientToAnotherHubAndIsTold() {
    BeatKeys keys = BeatKeys.parse("ab".repeat(32));
    bed.with(bed.config().with(keys));
    AtomicReference<Notice.Challenge> heard = new AtomicReference<>();
    await(
        bed.log.notices(
            notice -> {
              if (notice instanceof Notice.Challenge challenge) {
                heard.set(challenge);
              }
            }));
    ClusterBed.One one = bed.start(1).get(0);
    User user = User.loggedIn(one, "user");
    NodeBeat.Load load = new NodeBeat.Load(NodeBeat.Standing.SERVING, 0, 10);
    long now = bed.clock.millis();
    NodeBeat forged = new NodeBeat(NodeBeat.Role.HUB, 6, "wss://evil.example/hub", "1", load, now);
    NodeBeat ours = new NodeBeat(NodeBeat.Role.HUB, 7, "wss://hub-1.example/hub", "1", load, now);
    await(bed.log.broadcast(new Notice.Beat(forged)));
    bed.until(() -> heard.get() != null);
    List<Notice.Challenge> answers = List.of(heard.get());
    Bytes mac = keys.sign(NoticeCodec.statement(ours, 1, answers));
    await(bed.log.broadcast(new Notice.SignedBeat(ours, 1, answers, mac)));

    bed.until(() -> !ok(user.get("/.well-known/zamok")).getString("hub").equals("/hub"));
    assertThat(ok(user.post("/v1/tickets", new JsonObject())).getJsonArray("hubs"))
        .containsExactly("wss://hub-1.example/hub");
    bed.pass(Duration.ofSeconds(25));
    assertThat(one.nodes(Nodes::alerts))
        .anySatisfy(
            alert ->
                assertThat(alert.json().encode()).contains("beats-refused", "wss://evil.example"));
  }

  @Test
  void nobodyWithoutTheKeyOfTheDeploymentComesInByTheInnerDoor() {
    ClusterBed.One one = bed.start(1).get(0);
    int port =
        one.nodes(
            nodes -> Integer.parseInt(nodes.address().substring(nodes.address().indexOf(':') + 1)));
    WebClient stranger =
        WebClient.create(
            bed.vertx,
            new WebClientOptions()
                .setSsl(true)
                .setTrustAll(true)
                .setVerifyHost(false)
                .setDefaultHost("127.0.0.1")
                .setDefaultPort(port));
    assertThat(Await.failure(stranger.get("/livez").send())).isNotNull();
    WebClient plain =
        WebClient.create(
            bed.vertx, new WebClientOptions().setDefaultHost("127.0.0.1").setDefaultPort(port));
    assertThat(Await.failure(plain.get("/livez").send())).isNotNull();
  }

  /** Fault: each takes the other for the holder of a lease that nobody holds. */
  @Test
  void aRequestIsSentOnOnceAndNeverInACircle() {
    List<ClusterBed.One> all = bed.start(2);
    User owner = User.loggedIn(all.get(0), "owner");
    RoomId room = channel(owner);
    ClusterBed.One holder = bed.holder(room);
    ClusterBed.One other = bed.other(holder);
    holder.nodes(
        nodes -> {
          nodes.leases().lost(room);
          return true;
        });
    assertThat(holder.serves(room)).isFalse();
    HttpResponse<Buffer> response = rotate(at(other, owner), room);
    assertProblem(response, Problem.UNAVAILABLE);
    assertThat(state(room).epoch()).isEqualTo(1);
  }
}
