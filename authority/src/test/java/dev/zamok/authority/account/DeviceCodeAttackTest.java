package dev.zamok.authority.account;

import static dev.zamok.authority.Await.await;
import static dev.zamok.authority.User.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.authority.Node;
import dev.zamok.authority.User;
import dev.zamok.authority.http.Problem;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server's halves of device unlock: who must not get them. */
class DeviceCodeAttackTest {
  private static final String CODE = "/v1/device/code";

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

  private static JsonObject number(int number) {
    return new JsonObject().put("number", number);
  }

  private static JsonObject change(User user) {
    HttpResponse<Buffer> answer = user.post(CODE, new JsonObject());
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer.bodyAsJsonObject();
  }

  private static List<JsonObject> codes(User user) {
    JsonArray codes = user.get(CODE).bodyAsJsonObject().getJsonArray("codes");
    return codes.stream().map(JsonObject.class::cast).toList();
  }

  /** Ada, on a device that is kept; yields its code. */
  private static String keep(User ada) {
    JsonObject made = change(ada);
    assertThat(ada.put(CODE, number(made.getInteger("number"))).statusCode()).isEqualTo(204);
    return made.getString("code");
  }

  @Test
  void oldAndNewAreGivenUntilTheNewOneIsConfirmed() {
    User ada = User.loggedIn(node, "ada");
    assertProblem(ada.get(CODE), Problem.NOT_FOUND);
    String first = keep(ada);
    JsonObject second = change(ada);
    assertThat(change(ada)).isEqualTo(second);
    assertThat(codes(ada)).extracting(c -> c.getInteger("number")).containsExactly(1, 2);
    assertThat(codes(ada).get(0).getString("code"))
        .isEqualTo(first)
        .isNotEqualTo(second.getString("code"));
    assertProblem(ada.put(CODE, number(7)), Problem.NOT_FOUND);
    assertProblem(ada.put(CODE, number(1)), Problem.NOT_FOUND);
    assertThat(ada.put(CODE, number(2)).statusCode()).isEqualTo(204);
    assertThat(ada.put(CODE, number(2)).statusCode()).isEqualTo(204);
    assertThat(codes(ada)).containsExactly(second);
  }

  @Test
  void theCodeIsGivenToNoOtherSessionEvenOnADeviceOfTheSameName() {
    User ada = User.loggedIn(node, "ada");
    keep(ada);
    // The thief has the login password and says that he is the same device.
    User thief = ada.through(node);
    thief.logIn();
    assertProblem(thief.get(CODE), Problem.NOT_FOUND);
    assertThat(codes(ada)).hasSize(1);
    User stranger = User.loggedIn(node, "eve");
    assertProblem(stranger.get(CODE), Problem.NOT_FOUND);
    thief.use(null);
    assertProblem(thief.get(CODE), Problem.UNAUTHENTICATED);
  }

  @Test
  void aSessionThatWasRevokedLoggedOutOrIdleTooLongGetsNothing() {
    User lost = User.registered(node, "ada");
    String session = lost.logIn().getString("session");
    keep(lost);
    User ada = lost.through(node);
    ada.logIn();
    assertThat(ada.delete("/v1/sessions/" + session).statusCode()).isEqualTo(204);
    assertProblem(lost.get(CODE), Problem.UNAUTHENTICATED);

    keep(ada);
    String token = ada.token();
    ada.delete("/v1/sessions/current");
    ada.use(token);
    assertProblem(ada.get(CODE), Problem.UNAUTHENTICATED);

    ada.logIn();
    keep(ada);
    node.clock.advance(Duration.ofDays(15));
    assertProblem(ada.get(CODE), Problem.UNAUTHENTICATED);
  }

  @Test
  void aChangedLoginPasswordEndsAllKeptDevicesButTheOwn() {
    User lost = User.registered(node, "ada");
    lost.logIn();
    keep(lost);
    User ada = lost.through(node);
    ada.logIn();
    keep(ada);
    JsonObject change = new JsonObject().put("current", User.PASSWORD).put("next", "another one");
    assertThat(ada.put("/v1/account/password", change).statusCode()).isEqualTo(204);
    assertProblem(lost.get(CODE), Problem.UNAUTHENTICATED);
    assertThat(codes(ada)).hasSize(1);
  }

  @Test
  void aForgottenDeviceGetsNoCodeAndTheListSaysWhichAreKept() {
    User ada = User.loggedIn(node, "ada");
    assertThat(kept(ada)).containsExactly(false);
    change(ada);
    assertThat(kept(ada)).containsExactly(false);
    ada.put(CODE, number(1));
    assertThat(kept(ada)).containsExactly(true);
    assertThat(ada.delete(CODE).statusCode()).isEqualTo(204);
    assertProblem(ada.get(CODE), Problem.NOT_FOUND);
    assertThat(kept(ada)).containsExactly(false);
  }

  private static List<Boolean> kept(User user) {
    JsonArray sessions = user.get("/v1/sessions").bodyAsJsonObject().getJsonArray("sessions");
    return sessions.stream().map(s -> ((JsonObject) s).getBoolean("kept")).toList();
  }

  @Test
  void nobodyRenamesTheDevicesOfAnother() {
    User ada = User.registered(node, "ada");
    String session = ada.logIn().getString("session");
    User eve = User.loggedIn(node, "eve");
    JsonObject name = new JsonObject().put("deviceName", "mine now");
    assertProblem(eve.put("/v1/sessions/" + session, name), Problem.NOT_FOUND);
    assertThat(ada.put("/v1/sessions/" + session, name).statusCode()).isEqualTo(204);
    assertThat(ada.get("/v1/sessions").bodyAsString()).contains("mine now");
  }

  @Test
  void askingIsLimited() {
    User ada = User.loggedIn(node, "ada");
    keep(ada);
    int burst = AccountConfig.DEVICE_CODES.burst();
    Stream.generate(() -> ada.get(CODE))
        .limit(burst - 2)
        .forEach(a -> assertThat(a.statusCode()).isEqualTo(200));
    assertProblem(ada.get(CODE), Problem.RATE_LIMITED);
    node.clock.advance(AccountConfig.DEVICE_CODES.refill());
    assertThat(codes(ada)).hasSize(1);
  }

  @Test
  void theStoredCodeIsSealed() throws Exception {
    User ada = User.loggedIn(node, "ada");
    String code = keep(ada);
    byte[] secret = dev.zamok.protocol.Bytes.fromBase64Url(code).toByteArray();
    await(node.vertx.timer(1));
    try (Stream<Path> files = Files.walk(node.data())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(dev.zamok.protocol.Bytes.wrap(Files.readAllBytes(file)).toHex())
            .doesNotContain(dev.zamok.protocol.Bytes.wrap(secret).toHex());
      }
    }
  }
}
