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
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Several authorities, as whoever is not one of them meets them. */
class ClusterAttackTest extends ClusterUsers {
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
}
