package dev.zamok.authority.account;

import static dev.zamok.authority.Await.await;
import static dev.zamok.authority.User.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.authority.Node;
import dev.zamok.authority.User;
import dev.zamok.authority.http.Problem;
import dev.zamok.authority.rights.Principal;
import dev.zamok.authority.store.Row;
import dev.zamok.authority.store.SealedStore;
import dev.zamok.crypto.Hash;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.SessionId;
import dev.zamok.roomlog.Notice;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionTest {
  @TempDir Path directory;
  private Node node;

  @BeforeEach
  void start() {
    node = new Node(directory).start();
  }

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  void aLoginGivesATokenThatOpensTheAccount() {
    User ada = User.registered(node, "ada");
    JsonObject session = ada.logIn();
    assertThat(session.getString("account")).isEqualTo(ada.account.toString());
    assertThat(session.getString("token")).hasSize(43);
    assertThat(session.getLong("expiresAt"))
        .isEqualTo(node.clock.millis() + Duration.ofDays(90).toMillis());
    assertThat(ada.get("/v1/account").statusCode()).isEqualTo(200);
  }

  @Test
  void aLoginNameIsTakenInAnyCase() {
    User.registered(node, "Ada");
    User ada = User.of(node, "aDA");
    ada.logIn();
    assertThat(ada.get("/v1/account").bodyAsJsonObject().getString("login")).isEqualTo("Ada");
  }

  @Test
  void sessionsSurviveARestart() {
    User ada = User.loggedIn(node, "ada");
    node.stop();
    node.start();
    assertThat(ada.get("/v1/account").statusCode()).isEqualTo(200);
  }

  @Test
  void theTokenOfALoggedOutSessionOpensNothing() {
    User ada = User.loggedIn(node, "ada");
    assertThat(ada.delete("/v1/sessions/current").statusCode()).isEqualTo(204);
    assertProblem(ada.get("/v1/account"), Problem.UNAUTHENTICATED);
    assertProblem(ada.delete("/v1/sessions/current"), Problem.UNAUTHENTICATED);
  }

  @Test
  void theHashOfATokenFromTheDatabaseOpensNothing() {
    User ada = User.loggedIn(node, "ada");
    ada.use(Hash.of(Bytes.fromBase64Url(ada.token())).toString());
    assertProblem(ada.get("/v1/account"), Problem.UNAUTHENTICATED);
  }

  @Test
  void tokensThatNobodyGaveOpenNothing() {
    User ada = User.loggedIn(node, "ada");
    for (String bad : List.of("A".repeat(43), "A".repeat(42), "?", "A".repeat(200))) {
      ada.use(bad);
      assertProblem(ada.get("/v1/account"), Problem.UNAUTHENTICATED);
    }
  }

  @Test
  void sessionsAreListedWithTheirDevices() {
    User ada = User.loggedIn(node, "ada");
    node.clock.advance(Duration.ofHours(1));
    ada.logIn();
    JsonArray list = ada.get("/v1/sessions").bodyAsJsonObject().getJsonArray("sessions");
    assertThat(list).hasSize(2);
    List<JsonObject> current =
        list.stream().map(JsonObject.class::cast).filter(s -> s.getBoolean("current")).toList();
    assertThat(current).hasSize(1);
    assertThat(current.get(0).getString("device")).isEqualTo("AAAAAAAAAAE");
    assertThat(current.get(0).getString("deviceName")).isEqualTo("Ada's lathe");
    assertThat(current.get(0).getLong("createdAt")).isEqualTo(node.clock.millis());
    assertThat(list.encode()).doesNotContain("token");
  }

  @Test
  void aRevokedSessionIsRefusedAndItsConnectionsEnd() {
    List<Notice> notices = new CopyOnWriteArrayList<>();
    await(node.log().notices(notices::add));
    User ada = User.registered(node, "ada");
    SessionId stolen = SessionId.parse(ada.logIn().getString("session"));
    String stolenToken = ada.token();
    ada.logIn();
    assertThat(ada.delete("/v1/sessions/" + stolen).statusCode()).isEqualTo(204);
    assertThat(ada.get("/v1/account").statusCode()).isEqualTo(200);
    assertProblem(ada.delete("/v1/sessions/" + stolen), Problem.NOT_FOUND);
    ada.use(stolenToken);
    assertProblem(ada.get("/v1/account"), Problem.UNAUTHENTICATED);
    await(node.log().barrier(0));
    assertThat(notices).containsExactly(new Notice.Revoke(stolen));
  }

  @Test
  void theRoomsOfARevokedDeviceGetNewKeys() {
    User ada = User.loggedIn(node, "ada");
    JsonObject channel = new JsonObject().put("kind", "channel").put("history", "full");
    JsonObject room = ada.post("/v1/rooms", channel.put("name", "talk")).bodyAsJsonObject();
    String other = ada.logIn().getString("session");
    ada.logIn();
    assertThat(ada.delete("/v1/sessions/" + other).statusCode()).isEqualTo(204);
    JsonObject after = ada.get("/v1/rooms/" + room.getString("room")).bodyAsJsonObject();
    assertThat(after.getInteger("epoch")).isGreaterThan(room.getInteger("epoch"));
  }

  @Test
  void aSessionOfSomebodyElseCannotBeRevoked() {
    User ada = User.registered(node, "ada");
    String adas = ada.logIn().getString("session");
    User eve = User.loggedIn(node, "eve");
    assertProblem(eve.delete("/v1/sessions/" + adas), Problem.NOT_FOUND);
    assertThat(ada.get("/v1/account").statusCode()).isEqualTo(200);
  }

  @Test
  void anIdleSessionEnds() {
    node.stop();
    node.with(new AccountConfig.Sessions(Duration.ofHours(1), Duration.ofDays(1), 5)).start();
    User ada = User.loggedIn(node, "ada");
    for (int i = 0; i < 5; i++) {
      node.clock.advance(Duration.ofMinutes(50));
      assertThat(ada.get("/v1/account").statusCode()).isEqualTo(200);
      // The mark that it was used is written beside the request.
      await(node.log().barrier(0));
    }
    node.clock.advance(Duration.ofMinutes(61));
    assertProblem(ada.get("/v1/account"), Problem.UNAUTHENTICATED);
  }

  @Test
  void aSessionEndsHoweverBusyItIs() {
    node.stop();
    node.with(new AccountConfig.Sessions(Duration.ofHours(1), Duration.ofHours(2), 5)).start();
    User ada = User.loggedIn(node, "ada");
    for (int i = 0; i < 3; i++) {
      node.clock.advance(Duration.ofMinutes(39));
      assertThat(ada.get("/v1/account").statusCode()).isEqualTo(200);
      await(node.log().barrier(0));
    }
    node.clock.advance(Duration.ofMinutes(3));
    assertProblem(ada.get("/v1/account"), Problem.UNAUTHENTICATED);
  }

  @Test
  void tooManySessionsEndTheOneIdleLongest() {
    node.stop();
    node.with(new AccountConfig.Sessions(Duration.ofDays(14), Duration.ofDays(90), 3)).start();
    User ada = User.loggedIn(node, "ada");
    String first = ada.token();
    for (int i = 0; i < 3; i++) {
      node.clock.advance(Duration.ofMinutes(1));
      ada.logIn();
    }
    assertThat(ada.get("/v1/sessions").bodyAsJsonObject().getJsonArray("sessions")).hasSize(3);
    ada.use(first);
    assertProblem(ada.get("/v1/account"), Problem.UNAUTHENTICATED);
  }

  @Test
  void aNewPasswordEndsAllOtherSessions() {
    User ada = User.loggedIn(node, "ada");
    String other = ada.token();
    ada.logIn();
    JsonObject change =
        new JsonObject().put("current", User.PASSWORD).put("next", "a better password");
    assertThat(ada.put("/v1/account/password", change).statusCode()).isEqualTo(204);
    assertThat(ada.get("/v1/account").statusCode()).isEqualTo(200);
    assertThat(ada.get("/v1/sessions").bodyAsJsonObject().getJsonArray("sessions")).hasSize(1);
    ada.use(other);
    assertProblem(ada.get("/v1/account"), Problem.UNAUTHENTICATED);
    ada.use(null);
    assertProblem(ada.post("/v1/sessions", User.login("ada", User.PASSWORD)), Problem.LOGIN_FAILED);
    assertThat(ada.post("/v1/sessions", User.login("ada", "a better password")).statusCode())
        .isEqualTo(201);
  }

  @Test
  void aStolenSessionCannotSetANewPassword() {
    User ada = User.loggedIn(node, "ada");
    JsonObject change = new JsonObject().put("current", "guess").put("next", "a better password");
    assertProblem(ada.put("/v1/account/password", change), Problem.REQUEST_INVALID);
    change.put("current", "guessed wrong");
    assertProblem(ada.put("/v1/account/password", change), Problem.LOGIN_FAILED);
    ada.logIn();
  }

  @Test
  void revokedSessionThatIsStillBeingEndedIsNotLive() {
    User ada = User.loggedIn(node, "ada");
    SealedStore store = node.sealed();
    Sessions sessions =
        new Sessions(store, AccountConfig.Sessions.DEFAULT, node.clock, node.random);
    Principal who = await(sessions.authenticate(Objects.requireNonNull(ada.token())));
    assertThat(await(sessions.isLive(who))).isTrue();
    Row row = await(store.get(AccountTables.session(who.account(), who.session()))).orElseThrow();
    await(sessions.put(row, StoredSession.decode(row.body()).end()));

    assertThat(await(sessions.isLive(who))).isFalse();
  }
}
