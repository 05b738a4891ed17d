package dev.zamok.authority.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.authority.rights.Principal;
import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.DeviceId;
import dev.zamok.protocol.SessionId;
import dev.zamok.protocol.Unavailable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The surface with operations of its own, over real HTTP. */
@ExtendWith(VertxExtension.class)
class ApiTest {
  private static final String TOKEN = "t".repeat(43);
  private static final Principal ADA =
      new Principal(new AccountId(1, 2), new SessionId(3, 4), new DeviceId(5));

  private WebClient client;
  private int ran;
  private int port;

  @BeforeEach
  void serve(Vertx vertx) throws Exception {
    SessionCheck sessions =
        token ->
            token.equals(TOKEN)
                ? Future.succeededFuture(ADA)
                : Future.failedFuture(Problem.UNAUTHENTICATED.refusal());
    HttpConfig config = new HttpConfig("127.0.0.1", 0, false, null, Duration.ofMillis(300));
    Future<ApiServer> server =
        Api.load(vertx)
            .map(ApiTest.this::bind)
            .compose(api -> ApiServer.start(vertx, config, api, sessions, new Metrics()));
    port = await(server).port();
    client =
        WebClient.create(
            vertx, new WebClientOptions().setDefaultHost("127.0.0.1").setDefaultPort(port));
  }

  private Api bind(Api api) {
    return api.on("livez", r -> Future.succeededFuture(Answer.NO_CONTENT))
        .on("account", r -> Future.failedFuture(new IllegalStateException("inner secret text")))
        .on("rooms", r -> Future.failedFuture(new Unavailable("redis at 10.0.0.1", true)))
        .on("sessions", r -> Promise.<Answer>promise().future())
        .on(
            "statements",
            r ->
                Future.succeededFuture(
                    Answer.ok(
                            new JsonObject()
                                .put("room", r.path("room"))
                                .put("from", r.query("from", 0))
                                .put("account", r.principal().account().toString()))
                        .withETag(7)))
        .on(
            "login",
            r -> {
              ran++;
              return Future.succeededFuture(Answer.created(r.body()));
            });
  }

  @Test
  void anOpenOperationNeedsNoToken() throws Exception {
    HttpResponse<Buffer> response = await(client.get("/livez").send());
    assertThat(response.statusCode()).isEqualTo(204);
    assertThat(response.getHeader("Cache-Control")).isEqualTo("no-store");
    assertThat(response.getHeader("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(response.getHeader("Content-Security-Policy")).contains("default-src 'none'");
  }

  @Test
  void thiefWhoHoldsBackTheEndOfTheBodyIsRefusedWhenHisSessionEnds(Vertx vertx) throws Exception {
    AtomicBoolean ended = new AtomicBoolean();
    AtomicInteger served = new AtomicInteger();
    Promise<Void> authenticated = Promise.promise();
    SessionCheck sessions =
        token -> {
          boolean refused = ended.get();
          authenticated.tryComplete();
          return refused
              ? Future.failedFuture(Problem.UNAUTHENTICATED.refusal())
              : Future.succeededFuture(ADA);
        };
    HttpConfig config = new HttpConfig("127.0.0.1", 0, false, null, Duration.ofSeconds(30));
    ApiServer server =
        await(
            Api.load(vertx)
                .map(
                    api ->
                        api.on(
                            "ticket",
                            r -> {
                              served.incrementAndGet();
                              return Future.succeededFuture(Answer.NO_CONTENT);
                            }))
                .compose(api -> ApiServer.start(vertx, config, api, sessions, new Metrics())));
    HttpClientRequest request =
        await(
            vertx
                .createHttpClient()
                .request(HttpMethod.POST, server.port(), "127.0.0.1", "/v1/tickets"));
    request
        .putHeader("Authorization", "Bearer " + TOKEN)
        .putHeader("Content-Type", "application/json")
        .putHeader("Content-Length", "2");
    await(request.write("{"));
    await(authenticated.future());
    ended.set(true);
    await(request.end("}"));

    assertThat(await(request.response()).statusCode()).isEqualTo(401);
    assertThat(served).hasValue(0);
  }

  @Test
  void aSecuredOperationWithoutAValidTokenIsRefused() throws Exception {
    assertProblem(await(client.get("/v1/rooms").send()), Problem.UNAUTHENTICATED);
    assertProblem(
        await(client.get("/v1/rooms").bearerTokenAuthentication("wrong").send()),
        Problem.UNAUTHENTICATED);
    assertProblem(
        await(client.get("/v1/rooms").putHeader("Authorization", "Basic abc").send()),
        Problem.UNAUTHENTICATED);
    assertProblem(await(client.get("/v1/rooms/").send()), Problem.UNAUTHENTICATED);
    assertProblem(
        await(client.post("/v1/tickets").sendJsonObject(new JsonObject())),
        Problem.UNAUTHENTICATED);
  }

  @Test
  void parametersReachTheOperation() throws Exception {
    HttpResponse<Buffer> response =
        await(
            client
                .get("/v1/rooms/AAAAAAAAAAAAAAAAAAAAAA/statements?from=12")
                .bearerTokenAuthentication(TOKEN)
                .send());
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.getHeader("ETag")).isEqualTo("\"7\"");
    assertThat(response.bodyAsJsonObject())
        .isEqualTo(
            new JsonObject()
                .put("room", "AAAAAAAAAAAAAAAAAAAAAA")
                .put("from", 12)
                .put("account", ADA.account().toString()));
  }

  @Test
  void aParameterOutsideTheContractIsRefused() throws Exception {
    assertProblem(
        await(
            client
                .get("/v1/rooms/AAAAAAAAAAAAAAAAAAAAAA/statements?from=-1")
                .bearerTokenAuthentication(TOKEN)
                .send()),
        Problem.REQUEST_INVALID);
    assertProblem(
        await(
            client.get("/v1/rooms/not-a-room/statements").bearerTokenAuthentication(TOKEN).send()),
        Problem.REQUEST_INVALID);
  }

  @Test
  void aBodyOutsideTheContractIsRefusedWithoutRepeatingIt() throws Exception {
    HttpResponse<Buffer> response =
        await(
            client
                .post("/v1/sessions")
                .sendJsonObject(
                    new JsonObject()
                        .put("login", "ada")
                        .put("password", 77_777_777)
                        .put("device", "AAAAAAAAAAA")));
    assertProblem(response, Problem.REQUEST_INVALID);
    assertThat(response.bodyAsString()).doesNotContain("77777777");
    assertProblem(
        await(client.post("/v1/sessions").sendJsonObject(new JsonObject())),
        Problem.REQUEST_INVALID);
    assertProblem(
        await(
            client
                .post("/v1/sessions")
                .putHeader("Content-Type", "application/json")
                .sendBuffer(Buffer.buffer("{not json"))),
        Problem.REQUEST_INVALID);
    assertProblem(await(client.post("/v1/sessions").send()), Problem.REQUEST_INVALID);
    assertThat(ran).isZero();
  }

  @Test
  void anotherMediaTypeIsRefused() throws Exception {
    assertProblem(
        await(
            client
                .post("/v1/sessions")
                .putHeader("Content-Type", "text/plain")
                .sendBuffer(Buffer.buffer("{}"))),
        Problem.UNSUPPORTED_MEDIA);
  }

  @Test
  void aBodyOverOneMebibyteIsRefused() throws Exception {
    JsonObject big = new JsonObject().put("rooms", "x".repeat(HttpConfig.REQUEST_BYTES_MAX));
    assertProblem(
        await(client.post("/v1/tickets").bearerTokenAuthentication(TOKEN).sendJsonObject(big)),
        Problem.TOO_LARGE);
  }

  @Test
  void aBodyOver64KibibytesByNobodyIsRefused() throws Exception {
    JsonObject big = new JsonObject().put("login", "x".repeat(64 << 10));
    assertProblem(await(client.post("/v1/sessions").sendJsonObject(big)), Problem.TOO_LARGE);
    assertThat(ran).isZero();
  }

  @Test
  void aRequestThatTricklesInLosesItsConnection(Vertx vertx) throws Exception {
    Promise<Void> closed = Promise.promise();
    await(
        vertx
            .createNetClient()
            .connect(port, "127.0.0.1")
            .onSuccess(
                socket -> {
                  socket.closeHandler(v -> closed.tryComplete());
                  socket.write(
                      "POST /v1/sessions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                          + "Content-Length: 1000\r\n\r\n{");
                }));
    await(closed.future());
    assertThat(ran).isZero();
  }

  @Test
  void innerTextsNeverReachTheAnswer() throws Exception {
    HttpResponse<Buffer> bug =
        await(client.get("/v1/account").bearerTokenAuthentication(TOKEN).send());
    assertProblem(bug, Problem.INTERNAL);
    assertThat(bug.bodyAsString()).doesNotContain("secret", "Exception", "dev.zamok");
    HttpResponse<Buffer> dependency =
        await(client.get("/v1/rooms").bearerTokenAuthentication(TOKEN).send());
    assertProblem(dependency, Problem.OUTCOME_UNKNOWN);
    assertThat(dependency.bodyAsString()).doesNotContain("redis", "10.0.0.1");
    assertThat(dependency.bodyAsJsonObject().getLong("retryAfterMillis")).isPositive();
  }

  @Test
  void anOperationThatHangsIsAnswered() throws Exception {
    assertProblem(
        await(client.get("/v1/sessions").bearerTokenAuthentication(TOKEN).send()),
        Problem.OUTCOME_UNKNOWN);
  }

  @Test
  void unknownPathsAndMethodsAreProblemsToo() throws Exception {
    assertProblem(await(client.get("/v2/anything").send()), Problem.NOT_FOUND);
    assertProblem(await(client.delete("/livez").send()), Problem.METHOD_NOT_ALLOWED);
  }

  @Test
  void whatNobodyServesSaysSo() throws Exception {
    assertProblem(await(client.get("/readyz").send()), Problem.NOT_IMPLEMENTED);
  }

  @Test
  void metricsCountAnswersByOperation() throws Exception {
    await(client.get("/livez").send());
    String text = await(client.get("/metrics").send()).bodyAsString();
    assertThat(text)
        .contains("zamok_authority_answers_total{operation=\"livez\",status=\"204\"} 1")
        .contains("zamok_authority_answer_seconds_count");
  }

  static void assertProblem(HttpResponse<Buffer> response, Problem problem) {
    assertThat(response.bodyAsJsonObject().getString("type")).isEqualTo(problem.type());
    assertThat(response.statusCode()).isEqualTo(problem.status());
    assertThat(response.getHeader("Content-Type")).isEqualTo("application/problem+json");
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }
}
