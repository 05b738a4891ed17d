package dev.zamok.authority;

import static dev.zamok.authority.Await.await;
import static dev.zamok.authority.User.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.authority.http.Problem;
import dev.zamok.protocol.RoomId;
import dev.zamok.roomlog.NodeBeat;
import dev.zamok.roomlog.Notice;
import dev.zamok.roomlog.RoomState;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Several authorities, as their clients and their faults meet them. */
class ClusterTest extends ClusterUsers {
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
    bed.passLateness();
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
