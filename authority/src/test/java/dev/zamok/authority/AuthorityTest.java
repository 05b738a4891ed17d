package dev.zamok.authority;

import static dev.zamok.authority.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.authority.http.HttpConfig;
import dev.zamok.protocol.Bytes;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuthorityTest {
  @TempDir Path directory;
  private Node node;

  @BeforeEach
  void make() {
    node = new Node(directory);
  }

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  void itTellsWhatAClientMustKnow() {
    node.start();
    JsonObject about = about();
    assertThat(about.getString("api")).isEqualTo("v1");
    assertThat(about.getString("hub")).isEqualTo("/hub");
    assertThat(about.getLong("timeMillis")).isEqualTo(node.clock.millis());
    assertThat(about.getJsonObject("limits").getInteger("roomsPerTicketMax")).isEqualTo(512);
    JsonObject key = about.getJsonArray("controlKeys").getJsonObject(0);
    assertThat(Bytes.fromBase64Url(key.getString("ed25519")).size()).isEqualTo(32);
  }

  @Test
  void itsKeysSurviveARestart() {
    node.start();
    Object control = about().getJsonArray("controlKeys");
    String tickets = node.authority().ticketJwks();
    node.stop();
    node.start();
    assertThat(about().getJsonArray("controlKeys")).isEqualTo(control);
    assertThat(node.authority().ticketJwks()).isEqualTo(tickets);
    assertThat(tickets).doesNotContain("\"d\"");
    assertThat(node.authority().ticketKeys().find(kid(tickets)).orElseThrow().canSign()).isFalse();
  }

  @Test
  void itLivesAndIsReady() {
    node.start();
    assertThat(get("/livez").statusCode()).isEqualTo(204);
    assertThat(get("/readyz").statusCode()).isEqualTo(204);
  }

  @Test
  void itServesEveryOperationOfTheContract() {
    node.start();
    User ada = User.loggedIn(node, "ada");
    String contract =
        node.vertx.fileSystem().readFileBlocking("openapi.yaml").toString(StandardCharsets.UTF_8);
    Map<String, Object> root = new org.yaml.snakeyaml.Yaml().load(contract);
    JsonObject paths = new JsonObject(root).getJsonObject("paths");
    for (String path : paths.fieldNames()) {
      for (HttpMethod method :
          new HttpMethod[] {HttpMethod.GET, HttpMethod.POST, HttpMethod.PUT, HttpMethod.DELETE}) {
        if (paths.getJsonObject(path).containsKey(method.name().toLowerCase(java.util.Locale.ROOT))
            && !path.equals("/v1/sessions/current")) {
          String real = path.replaceAll("\\{[a-z]+}", "AAAAAAAAAAAAAAAAAAAAAA");
          HttpResponse<Buffer> response =
              await(ada.request(method, real).sendJsonObject(new JsonObject()));
          assertThat(response.statusCode()).as("%s %s", method, path).isNotIn(405, 500, 501);
        }
      }
    }
  }

  @Test
  void metricsHoldNoIdentifiers() {
    node.start();
    User ada = User.loggedIn(node, "ada");
    ada.get("/v1/account");
    ada.get("/v1/rooms/AAAAAAAAAAAAAAAAAAAAAA");
    String metrics = get("/metrics").bodyAsString();
    assertThat(metrics).contains("operation=\"account\",status=\"200\"} 1");
    assertThat(metrics).contains("operation=\"room\",status=\"404\"} 1");
    assertThat(metrics).doesNotContain("AAAA", ada.account.toString(), "ada");
  }

  @Test
  void behindAProxyTheClientIsWhoTheProxySaysAndMetricsAreNotForHim() {
    node.with(HttpConfig.behindProxy()).start();
    String far = raw("PROXY TCP4 203.0.113.7 127.0.0.1 4711 443\r\n", "/metrics");
    assertThat(far).startsWith("HTTP/1.1 404").contains("urn:zamok:problem:not-found");
    String near = raw("PROXY TCP4 127.0.0.1 127.0.0.1 4711 443\r\n", "/metrics");
    assertThat(near).startsWith("HTTP/1.1 200");
  }

  @Test
  void hubsFindTheKeysOfTicketsAndNothingPrivate() {
    node.start();
    JsonObject jwks = get("/.well-known/jwks.json").bodyAsJsonObject();
    assertThat(jwks).isEqualTo(new JsonObject(node.authority().ticketJwks()));
    assertThat(jwks.getJsonArray("keys").getJsonObject(0).containsKey("d")).isFalse();
  }

  @Test
  void behindAProxyAConnectionWithoutItsHeaderIsClosed() {
    node.with(HttpConfig.behindProxy()).start();
    assertThat(raw("", "/livez")).isEmpty();
  }

  @Test
  void theBinaryHeaderOfTheProxyProtocolIsUnderstood() {
    node.with(HttpConfig.behindProxy()).start();
    Buffer header =
        Buffer.buffer(new byte[] {13, 10, 13, 10, 0, 13, 10, 'Q', 'U', 'I', 'T', 10})
            .appendByte((byte) 0x21)
            .appendByte((byte) 0x11)
            .appendShort((short) 12)
            .appendBytes(new byte[] {(byte) 203, 0, 113, 7, 127, 0, 0, 1, 18, 103, 1, (byte) 187});
    assertThat(raw(header, "/metrics")).startsWith("HTTP/1.1 404");
    assertThat(raw(header, "/livez")).startsWith("HTTP/1.1 204");
  }

  private JsonObject about() {
    return get("/.well-known/zamok").bodyAsJsonObject();
  }

  private HttpResponse<Buffer> get(String path) {
    return await(node.client().get(path).send());
  }

  private static String kid(String jwks) {
    return new JsonObject(jwks).getJsonArray("keys").getJsonObject(0).getString("kid");
  }

  private String raw(String header, String path) {
    return raw(Buffer.buffer(header), path);
  }

  /** All that comes back until the connection closes. */
  private String raw(Buffer header, String path) {
    Promise<String> answer = Promise.promise();
    Future<?> connected =
        node.vertx
            .createNetClient()
            .connect(node.authority().port(), "127.0.0.1")
            .onSuccess(
                socket -> {
                  Buffer all = Buffer.buffer();
                  socket.handler(all::appendBuffer);
                  socket.exceptionHandler(e -> {});
                  socket.closeHandler(v -> answer.tryComplete(all.toString()));
                  socket.write(
                      header
                          .copy()
                          .appendString(
                              "GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"));
                });
    await(connected);
    return await(answer.future());
  }
}
