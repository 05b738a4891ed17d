package dev.zamok.authority;

import static dev.zamok.authority.Await.await;
import static dev.zamok.authority.User.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.authority.http.Problem;
import dev.zamok.authority.room.ChainMaker;
import dev.zamok.crypto.SecretBytes;
import dev.zamok.crypto.chain.History;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.epoch.AuthorityShare;
import dev.zamok.crypto.epoch.EpochKey;
import dev.zamok.crypto.epoch.Rekey;
import dev.zamok.crypto.identity.AgreementKey;
import dev.zamok.crypto.identity.Card;
import dev.zamok.crypto.identity.SigningKey;
import dev.zamok.crypto.room.RoomSecret;
import dev.zamok.crypto.room.Wrap;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.MessageId;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.frame.HubFrame;
import dev.zamok.protocol.frame.HubFrames;
import dev.zamok.protocol.ticket.Grant;
import dev.zamok.protocol.ticket.Ticket;
import dev.zamok.protocol.ticket.Tickets;
import dev.zamok.roomlog.Append;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rooms as clients meet them: a whole authority, over HTTP. */
class RoomsOverHttpTest {
  @TempDir Path directory;
  private Node node;
  private User owner;
  private User guest;

  @BeforeEach
  void start() {
    node = node(directory).start();
    owner = User.loggedIn(node, "owner");
    guest = User.loggedIn(node, "guest");
  }

  /** Not started yet. */
  Node node(Path directory) {
    return new Node(directory);
  }

  @AfterEach
  void stop() {
    node.close();
  }

  private static JsonObject ok(HttpResponse<Buffer> response) {
    assertThat(response.statusCode()).as(response.bodyAsString()).isBetween(200, 201);
    return response.bodyAsJsonObject();
  }

  private String channel(String history) {
    JsonObject room =
        new JsonObject()
            .put("kind", "channel")
            .put("history", history)
            .put("name", "lobby")
            .put("open", true);
    return ok(owner.post("/v1/rooms", room)).getString("room");
  }

  private JsonObject sealed(ChainMaker maker, History history) {
    return ok(
        owner.post(
            "/v1/rooms",
            new JsonObject()
                .put("kind", "private")
                .put("history", history.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .put("extension", maker.json(TestMember.of(owner.identity, "owner")))));
  }

  private Ticket ticket(User who) {
    String token = ok(who.post("/v1/tickets", new JsonObject())).getString("ticket");
    return Tickets.verify(token, node.authority().ticketKeys(), node.clock.instant());
  }

  private JsonArray shares(User who, String room, int from) {
    JsonObject wanted = new JsonObject().put("room", room).put("from", from);
    return ok(who.post("/v1/shares", new JsonObject().put("rooms", new JsonArray().add(wanted))))
        .getJsonArray("rooms");
  }

  private static Bytes bytes(String text) {
    return Bytes.fromBase64Url(text);
  }

  private void say(User who, String room, long id) {
    Grant grant =
        ticket(who).grants().stream()
            .filter(g -> g.room().toString().equals(room))
            .findFirst()
            .orElseThrow();
    await(
        node.log()
            .append(
                Append.message(
                    grant.room(),
                    grant.tag(),
                    grant.memberVersion(),
                    grant.epoch(),
                    new MessageId(1, id),
                    Bytes.wrap(new byte[64]))));
  }

  private List<HubFrame.Entry> history(User who, String room, String query) {
    JsonArray entries =
        ok(who.get("/v1/rooms/" + room + "/history" + query)).getJsonArray("entries");
    return entries.stream()
        .map(frame -> (HubFrame.Entry) HubFrames.decode(bytes((String) frame)))
        .toList();
  }

  @Test
  void memberOfAChannelGetsEverythingHeNeedsForItsKey() {
    String room = channel("from-join");
    JsonObject joined = ok(guest.post("/v1/rooms/" + room + "/join", new JsonObject()));
    assertThat(joined.getString("role")).isEqualTo("writer");
    assertThat(joined.getInteger("epoch")).isEqualTo(2);

    JsonObject served = shares(guest, room, 1).getJsonObject(0);
    RoomId id = RoomId.parse(room);
    Rekey rekey = Rekey.parse(bytes(served.getJsonArray("rekeys").getString(0)));
    JsonObject share = served.getJsonArray("shares").getJsonObject(0);
    JsonObject secret = served.getJsonArray("secrets").getJsonObject(0);
    EpochKey key =
        EpochKey.derive(
            rekey,
            new AuthorityShare(
                id, share.getInteger("epoch"), SecretBytes.copyOf(bytes(share.getString("share")))),
            new RoomSecret(
                id,
                secret.getInteger("generation"),
                SecretBytes.copyOf(bytes(secret.getString("secret")))));
    assertThat(key.n()).isEqualTo(2);
    Grant grant = ticket(guest).grants().get(0);
    assertThat(grant.tag()).isEqualTo(MemberTag.parse(joined.getString("tag")));
    assertThat(grant.epoch()).isEqualTo(2);
  }

  @Test
  void removedMemberGetsNoShareAndNoTicket() {
    String room = channel("full");
    ok(guest.post("/v1/rooms/" + room + "/join", new JsonObject()));
    say(guest, room, 1);
    assertThat(shares(guest, room, 1)).hasSize(1);
    assertThat(owner.delete("/v1/rooms/" + room + "/members/" + guest.account).statusCode())
        .isEqualTo(204);

    assertThat(shares(guest, room, 1)).isEmpty();
    assertThat(ticket(guest).grants()).isEmpty();
    assertProblem(guest.get("/v1/rooms/" + room), Problem.NOT_FOUND);
    assertProblem(guest.get("/v1/rooms/" + room + "/history"), Problem.NOT_FOUND);
    JsonArray members = ok(owner.get("/v1/rooms/" + room + "/members")).getJsonArray("members");
    assertThat(members).hasSize(2);
    assertThat(members.stream().map(m -> ((JsonObject) m).getBoolean("present")))
        .containsExactlyInAnyOrder(true, false);
  }

  @Test
  void whatWasSaidIsReadBackInBothDirections() {
    String room = channel("full");
    for (int i = 0; i < 5; i++) {
      say(owner, room, i);
    }

    assertThat(history(owner, room, "?limit=3")).hasSize(3);
    List<HubFrame.Entry> all = history(owner, room, "?after=0-0");
    assertThat(all).hasSize(7);
    assertThat(history(owner, room, "")).isEqualTo(all);
    assertProblem(
        owner.get("/v1/rooms/" + room + "/history?after=0-0&before=0-1"), Problem.REQUEST_INVALID);
  }

  @Test
  void readerCannotRotate() {
    String room = channel("full");
    ok(
        owner.put(
            "/v1/rooms/" + room + "/members/" + guest.account,
            new JsonObject().put("role", "reader")));

    assertProblem(
        guest.post("/v1/rooms/" + room + "/rotations", new JsonObject().put("kind", "reset")),
        Problem.NOT_PERMITTED);
    JsonObject rotated =
        ok(owner.post("/v1/rooms/" + room + "/rotations", new JsonObject().put("kind", "reset")));
    assertThat(rotated.getInteger("epoch")).isEqualTo(2);
  }

  @Test
  void privateRoomIsMadeReadAndExtendedByItsChain() {
    TestMember guestMember = TestMember.of(guest.identity, "guest");
    TestMember ownerMember = TestMember.of(owner.identity, "owner");
    ChainMaker maker =
        ChainMaker.begin(ownerMember, History.FULL).add(ownerMember, guestMember, Role.WRITER);
    JsonObject room = sealed(maker, History.FULL);
    String id = room.getString("room");
    assertThat(id).isEqualTo(maker.room().toString());
    assertThat(room.getInteger("chainLength")).isEqualTo(3);

    JsonObject wrap =
        ok(guest.get("/v1/rooms/" + id + "/wraps")).getJsonArray("wraps").getJsonObject(0);
    RoomSecret opened =
        Wrap.open(
            bytes(wrap.getString("wrap")),
            maker.chain(),
            wrap.getInteger("generation"),
            owner.identity.card(),
            guest.identity);
    assertThat(opened).isEqualTo(maker.secret());
    assertThat(ok(guest.get("/v1/rooms/" + id + "/statements")).getJsonArray("statements"))
        .hasSize(3);
    JsonObject served = shares(guest, id, 1).getJsonObject(0);
    assertThat(served.containsKey("secrets")).isFalse();
    assertThat(Rekey.parse(bytes(served.getJsonArray("rekeys").getString(0))).matches(opened))
        .isTrue();

    maker.remove(ownerMember, guestMember).generation(ownerMember);
    JsonObject extended =
        ok(
            owner.post(
                "/v1/rooms/" + id + "/statements",
                maker.json(TestMember.of(owner.identity, "owner"))));
    assertThat(extended.getInteger("generation")).isEqualTo(2);
    assertThat(shares(guest, id, 1)).isEmpty();
    assertProblem(guest.get("/v1/rooms/" + id + "/wraps"), Problem.NOT_FOUND);
  }

  @Test
  void roomsAndTheirKeysSurviveARestart() {
    String room = channel("full");
    say(owner, room, 1);
    JsonArray before = shares(owner, room, 1);
    String token = owner.token();
    node.stop();
    node.start();
    owner.use(token);

    assertThat(shares(owner, room, 1)).isEqualTo(before);
    assertThat(history(owner, room, "")).hasSize(3);
    say(owner, room, 2);
    assertThat(history(owner, room, "")).hasSize(4);
  }

  @Test
  void revokedDeviceBringsNewKeysToAllRooms() {
    String room = channel("full");
    String first = owner.token();
    owner.use(null);
    String session = owner.logIn().getString("session");
    owner.use(first);
    assertThat(owner.delete("/v1/sessions/" + session).statusCode()).isEqualTo(204);

    assertThat(ok(owner.get("/v1/rooms/" + room)).getInteger("epoch")).isEqualTo(2);
    Rekey rekey =
        Rekey.parse(
            bytes(shares(owner, room, 2).getJsonObject(0).getJsonArray("rekeys").getString(0)));
    assertThat(rekey.kind().isReset()).isTrue();
  }

  @Test
  void memberWithANewCardComesBackToHisChannelsUnderANewTag() {
    String room = channel("full");
    JsonObject joined = ok(guest.post("/v1/rooms/" + room + "/join", new JsonObject()));
    Card successor =
        guest
            .identity
            .card()
            .successor(
                guest.identity.signing(),
                SigningKey.generate(node.random),
                AgreementKey.generate(node.random));
    JsonObject card = new JsonObject().put("card", successor.encoded().toBase64Url());
    assertThat(guest.put("/v1/card", card).statusCode()).isEqualTo(204);

    JsonObject after = ok(guest.get("/v1/rooms/" + room));
    assertThat(after.getString("tag")).isNotEqualTo(joined.getString("tag"));
    assertThat(after.getString("role")).isEqualTo("writer");
    JsonArray members = ok(owner.get("/v1/rooms/" + room + "/members")).getJsonArray("members");
    assertThat(members.stream().map(m -> ((JsonObject) m).getString("fingerprint")))
        .contains(guest.identity.fingerprint().toString(), successor.fingerprint().toString());
    assertThat(guest.put("/v1/card", card).statusCode()).isEqualTo(204);
    assertThat(ok(guest.get("/v1/rooms/" + room))).isEqualTo(after);
  }

  @Test
  void everythingIsRefusedWithoutASession() {
    String room = channel("full");
    owner.use(null);

    assertProblem(owner.get("/v1/rooms"), Problem.UNAUTHENTICATED);
    assertProblem(owner.get("/v1/rooms/" + room + "/history"), Problem.UNAUTHENTICATED);
    assertProblem(owner.post("/v1/tickets", new JsonObject()), Problem.UNAUTHENTICATED);
  }

  @Test
  void openChannelIsFoundAndAPrivateOneIsNot() {
    String room = channel("full");
    JsonArray channels = ok(guest.get("/v1/channels")).getJsonArray("channels");

    assertThat(channels.getJsonObject(0).getString("room")).isEqualTo(room);
    assertThat(ok(guest.get("/v1/rooms")).getJsonArray("rooms")).isEmpty();
    assertThat(ok(owner.get("/v1/rooms")).getJsonArray("rooms")).hasSize(1);
  }

  @Test
  void channelIsRenamedByItsAdminOnly() {
    String room = channel("full");
    ok(guest.post("/v1/rooms/" + room + "/join", new JsonObject()));
    JsonObject name = new JsonObject().put("name", "hall");
    assertProblem(guest.put("/v1/rooms/" + room + "/info", name), Problem.NOT_PERMITTED);
    assertThat(owner.put("/v1/rooms/" + room + "/info", name).statusCode()).isEqualTo(204);

    assertThat(ok(guest.get("/v1/rooms/" + room)).getString("name")).isEqualTo("hall");
  }
}
