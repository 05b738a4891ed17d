package dev.zamok.hub.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.hub.HubFixture;
import dev.zamok.hub.RawClient;
import dev.zamok.hub.TestClient;
import dev.zamok.hub.TestTickets;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.EntryKind;
import dev.zamok.protocol.ErrorCode;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.MessageId;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.SessionId;
import dev.zamok.protocol.frame.HubFrame;
import dev.zamok.protocol.frame.HubFrames;
import dev.zamok.protocol.ticket.ServiceTicket.Scope;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The server API through the public port. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServiceApiTest {
  private final HubFixture fixture = new HubFixture(config -> config.withServiceApi(5));
  private final String all = fixture.tickets.service(Scope.values());
  private int rooms;

  @AfterAll
  void end() throws Exception {
    fixture.close();
  }

  private record Answer(int status, String head, String body) {
    JsonObject json() {
      return new JsonObject(body);
    }
  }

  private Answer call(String method, String path, String ticket, String body) throws Exception {
    try (RawClient client = new RawClient(fixture.hub.port())) {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      client.write(
          method
              + " /hub/api/"
              + path
              + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
              + ticket
              + "\r\nContent-Length: "
              + bytes.length
              + "\r\n\r\n"
              + body);
      String head = client.readHead();
      return new Answer(Integer.parseInt(head.split(" ", 3)[1]), head, client.readBody(head));
    }
  }

  private Answer post(RoomId room, String what, JsonObject body) throws Exception {
    return call("POST", "rooms/" + room + "/" + what, all, body.encode());
  }

  private RoomId newRoom() {
    return fixture.room(++rooms);
  }

  private static JsonObject message(int id, String text) {
    return new JsonObject()
        .put("epoch", 0)
        .put("id", new MessageId(8, id).toString())
        .put("body", TestClient.bytes(text).toBase64Url());
  }

  private static void expectProblem(Answer answer, int status, String type) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.head()).contains("application/problem+json");
    assertThat(answer.json().getString("type")).isEqualTo("urn:zamok:problem:" + type);
    assertThat(answer.json().getInteger("status")).isEqualTo(status);
  }

  @Test
  void aPushedEntryReachesTheRoomOnceHoweverOftenItIsPushed() throws Exception {
    RoomId room = newRoom();
    TestClient ann = fixture.member(1, room);
    ann.join(room);
    Answer first = post(room, "entries", message(1, "from the server"));
    assertThat(first.status()).isEqualTo(201);
    assertThat(first.json().getBoolean("duplicate")).isFalse();
    Answer again = post(room, "entries", message(1, "from the server"));
    assertThat(again.json().getString("position")).isEqualTo(first.json().getString("position"));
    assertThat(again.json().getBoolean("duplicate")).isTrue();
    assertThat(ann.text()).isEqualTo("from the server");
    ann.ping();
  }

  @Test
  void aHintOfAnItemIsPushedAsSuch() throws Exception {
    RoomId room = newRoom();
    assertThat(post(room, "entries", message(2, "item").put("kind", "item")).status())
        .isEqualTo(201);
    assertThat(fixture.log.entries(room).get(0).kind()).isEqualTo(EntryKind.ITEM);
  }

  @Test
  void aPushedSignalReachesTheRoom() throws Exception {
    RoomId room = newRoom();
    TestClient ann = fixture.member(1, room);
    ann.join(room);
    JsonObject signal = new JsonObject().put("envelope", TestClient.bytes("now").toBase64Url());
    assertThat(post(room, "signals", signal).status()).isEqualTo(202);
    HubFrame.Signal got = ann.expect(HubFrame.Signal.class);
    assertThat(got.envelope()).isEqualTo(TestClient.bytes("now"));
    assertThat(got.tag()).isEqualTo(MemberTag.NONE);
  }

  @Test
  void aRoomIsOpenedRekeyedAndItsOldEpochClosed() throws Exception {
    RoomId room = TestTickets.room(++rooms);
    expectProblem(call("GET", "rooms/" + room, all, ""), 404, "unknown-room");
    Answer opened = call("PUT", "rooms/" + room, all, new JsonObject().put("epoch", 0).encode());
    assertThat(opened.status()).isEqualTo(200);
    JsonObject rekey = message(3, "rekey").put("epoch", 1).put("minEpoch", 0);
    assertThat(post(room, "rekeys", rekey).status()).isEqualTo(201);
    JsonObject announcement = message(4, "soon").put("epoch", 1);
    assertThat(post(room, "announcements", announcement).status()).isEqualTo(201);
    JsonObject closing =
        new JsonObject()
            .put("epoch", 1)
            .put("minEpoch", 1)
            .put("id", new MessageId(8, 5).toString());
    assertThat(post(room, "closings", closing).status()).isEqualTo(201);
    JsonObject state = call("GET", "rooms/" + room, all, "").json();
    assertThat(state.getInteger("epoch")).isEqualTo(1);
    assertThat(state.getInteger("minEpoch")).isEqualTo(1);
    expectProblem(post(room, "entries", message(6, "late")), 409, "stale-epoch");
  }

  @Test
  void anEvictionEndsTheMembershipAndARevocationTheSession() throws Exception {
    RoomId room = newRoom();
    TestClient mallory = fixture.member(6, room);
    mallory.join(room);
    JsonObject eviction =
        new JsonObject()
            .put("epoch", 0)
            .put("id", new MessageId(8, 7).toString())
            .put("tag", new MemberTag(6).toString())
            .put("below", 2);
    assertThat(post(room, "evictions", eviction).status()).isEqualTo(201);
    assertThat(mallory.expect(HubFrame.Evicted.class).code()).isEqualTo(ErrorCode.EVICTED);
    assertThat(fixture.log.entries(room).get(0).kind()).isEqualTo(EntryKind.EVICT);
    JsonObject revocation = new JsonObject().put("session", new SessionId(9, 6).toString());
    assertThat(call("POST", "revocations", all, revocation.encode()).status()).isEqualTo(202);
    assertThat(mallory.closeCode()).isEqualTo(4502);
  }

  @Test
  void theHotLogIsReadAsEntryFrames() throws Exception {
    RoomId room = newRoom();
    for (int i = 0; i < 3; i++) {
      post(room, "entries", message(100 + i, "entry " + i));
    }
    JsonObject page = call("GET", "rooms/" + room + "/entries?max=2", all, "").json();
    assertThat(page.getBoolean("complete")).isTrue();
    assertThat(page.getBoolean("more")).isTrue();
    HubFrame second =
        HubFrames.decode(Bytes.fromBase64Url(page.getJsonArray("entries").getString(1)));
    assertThat(second).isEqualTo(new HubFrame.Entry(fixture.log.entries(room).get(1)));
    String after = fixture.log.entries(room).get(1).position().toString();
    page = call("GET", "rooms/" + room + "/entries?after=" + after, all, "").json();
    assertThat(page.getJsonArray("entries")).hasSize(1);
  }

  @Test
  void presenceIsCountedBySession() throws Exception {
    RoomId room = newRoom();
    fixture.member(1, room).join(room);
    fixture.member(1, room).join(room);
    fixture.member(2, room).join(room);
    JsonObject found = call("GET", "rooms/" + room + "/presence", all, "").json();
    assertThat(found.getInteger("count")).isEqualTo(2);
    assertThat(found.getJsonArray("tags"))
        .contains(new MemberTag(1).toString(), new MemberTag(2).toString());
  }

  @Test
  void metricsAreTextAndNameNobody() throws Exception {
    RoomId room = newRoom();
    fixture.member(1, room).join(room);
    Answer metrics = call("GET", "metrics", all, "");
    assertThat(metrics.status()).isEqualTo(200);
    assertThat(metrics.body())
        .contains("# TYPE zamok_hub_joins_total counter\nzamok_hub_joins_total ")
        .contains("zamok_hub_rejects_total{code=\"stale_epoch\"} ")
        .contains("zamok_hub_closes_total{code=\"4500\"} ")
        .doesNotContain(room.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "POST, entries, PUSH",
    "POST, signals, PUSH",
    "POST, rekeys, REKEY",
    "POST, announcements, REKEY",
    "POST, closings, REKEY",
    "POST, evictions, EVICT",
    "GET, entries, READ",
    "GET, presence, PRESENCE"
  })
  void anOperationWantsItsScope(String method, String what, Scope scope) throws Exception {
    Scope[] others =
        java.util.Arrays.stream(Scope.values()).filter(one -> one != scope).toArray(Scope[]::new);
    String ticket = fixture.tickets.service(others);
    Answer answer = call(method, "rooms/" + newRoom() + "/" + what, ticket, "{}");
    expectProblem(answer, 403, "not-permitted");
  }

  @Test
  void aTicketOfAMemberOrNoneAtAllOpensNothing() throws Exception {
    RoomId room = newRoom();
    String path = "rooms/" + room;
    expectProblem(call("GET", path, fixture.tickets.sign(1, room), ""), 401, "ticket-invalid");
    expectProblem(call("GET", path, "", ""), 401, "ticket-invalid");
    expectProblem(call("GET", "metrics", "rubbish", ""), 401, "ticket-invalid");
  }

  @Test
  void aMalformedBodyIsRefused() throws Exception {
    RoomId room = newRoom();
    String path = "rooms/" + room + "/entries";
    for (String body :
        new String[] {
          "",
          "[]",
          "{",
          "{}",
          message(9, "x").put("extra", 1).encode(),
          message(9, "x").put("epoch", -1).encode(),
          message(9, "x").put("epoch", "0").encode(),
          message(9, "x").put("body", "=").encode(),
          message(9, "x").put("id", "AAAA").encode(),
          message(9, "x").put("kind", "rekey").encode()
        }) {
      expectProblem(call("POST", path, all, body), 400, "malformed");
    }
    expectProblem(call("GET", "rooms/nonsense", all, ""), 400, "malformed");
    expectProblem(call("GET", path + "?max=501", all, ""), 400, "malformed");
    expectProblem(call("GET", path + "?after=x", all, ""), 400, "malformed");
  }

  @Test
  void withoutALeaseNothingIsRekeyed() throws Exception {
    RoomId room = newRoom();
    HubFixture.await(fixture.log.claim(0, 6));
    try {
      JsonObject rekey = message(30, "rekey").put("epoch", 1).put("minEpoch", 1);
      expectProblem(post(room, "rekeys", rekey), 409, "fenced");
      assertThat(fixture.log.entries(room)).isEmpty();
    } finally {
      fixture.log.dropLease();
    }
  }

  @Test
  void aBodyThatIsTooLargeIsRefused() throws Exception {
    RoomId room = newRoom();
    String body = message(9, "x".repeat(90_000)).encode();
    expectProblem(call("POST", "rooms/" + room + "/entries", all, body), 413, "too-large");
  }

  @Test
  void whatIsNotThereIsNotFound() throws Exception {
    expectProblem(call("GET", "nothing", all, ""), 404, "not-found");
    expectProblem(call("DELETE", "rooms/" + newRoom(), all, ""), 405, "method");
  }

  @Test
  void aLogThatIsAwayIsUnavailable() throws Exception {
    RoomId room = newRoom();
    fixture.log.failing(true);
    try {
      expectProblem(post(room, "entries", message(10, "x")), 503, "unavailable");
    } finally {
      fixture.log.failing(false);
    }
  }

  @Test
  void thePathBesideTheHubsIsChecked() throws IOException {
    try (RawClient client = new RawClient(fixture.hub.port())) {
      assertThat(client.statusOf("GET /hub/apix HTTP/1.1\r\nHost: x\r\n\r\n")).isEqualTo(404);
    }
  }
}
