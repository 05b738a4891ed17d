package dev.zamok.app.e2e;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Stands in front of a real server with its certificate and passes on what goes either way, as far
 * as a {@link Between} lets it.
 */
final class PassingServer implements AutoCloseable {
  private static final String HUB_PROTOCOL = "zamok.v1";
  private static final List<String> HEADERS =
      List.of("Authorization", "Content-Type", "If-Match", "Accept");

  private final Vertx vertx = Vertx.vertx();
  private final Between between;
  private final HttpClient client;
  private final WebSocketClient sockets;
  private final HttpServer listener;
  private final int target;

  /** What a request is answered with. */
  record Answer(int status, @Nullable String type, Buffer body) {}

  /** Sees every request and the true answer to it. Belongs to one event loop. */
  interface Between {
    /** Whether it gets through. */
    boolean lets(HttpServerRequest request, Buffer body);

    /** What is said instead of the truth; null for nothing, and the end of the connection. */
    @Nullable Answer answer(HttpServerRequest request, Buffer body, Answer truth);
  }

  /**
   * @param directory where the files of that server are
   */
  PassingServer(TestServer server, Path directory, Between between) {
    this.between = between;
    target = server.port();
    client =
        vertx.createHttpClient(
            new HttpClientOptions().setSsl(true).setTrustAll(true).setVerifyHost(false));
    sockets =
        vertx.createWebSocketClient(
            new WebSocketClientOptions().setSsl(true).setTrustAll(true).setVerifyHost(false));
    PemKeyCertOptions key =
        new PemKeyCertOptions()
            .addCertPath(directory.resolve("keys/tls.certificate.pem").toString())
            .addKeyPath(directory.resolve("keys/tls.key.pem").toString());
    HttpServerOptions options =
        new HttpServerOptions()
            .setSsl(true)
            .setKeyCertOptions(key)
            .addWebSocketSubProtocol(HUB_PROTOCOL);
    listener =
        await(
            vertx
                .createHttpServer(options)
                .requestHandler(this::handle)
                .webSocketHandler(this::pass)
                .listen(0, "127.0.0.1"));
  }

  int port() {
    return listener.actualPort();
  }

  /** What the real server answers to whoever asks without a session. */
  Answer ask(HttpMethod method, String path) {
    // On the loop: elsewhere the answer could be over before somebody reads it.
    Promise<Answer> answer = Promise.promise();
    vertx.runOnContext(
        v ->
            client
                .request(to(method, path))
                .compose(request -> request.send())
                .compose(this::read)
                .onComplete(answer));
    return await(answer.future());
  }

  private RequestOptions to(HttpMethod method, String path) {
    return new RequestOptions().setMethod(method).setHost("127.0.0.1").setPort(target).setURI(path);
  }

  private Future<Answer> read(HttpClientResponse response) {
    return response
        .body()
        .map(body -> new Answer(response.statusCode(), response.getHeader("Content-Type"), body));
  }

  /** What goes over WebSockets it does not touch: the hub cannot read it, nor could he. */
  private void pass(ServerWebSocket here) {
    here.pause();
    WebSocketConnectOptions options =
        new WebSocketConnectOptions()
            .setHost("127.0.0.1")
            .setPort(target)
            .setURI(here.uri())
            // A hub takes browsers for what names an origin.
            .setAllowOriginHeader(false)
            .setSubProtocols(List.of(HUB_PROTOCOL));
    sockets
        .connect(options)
        .onSuccess(
            there -> {
              here.binaryMessageHandler(there::writeBinaryMessage);
              there.binaryMessageHandler(here::writeBinaryMessage);
              here.closeHandler(closed -> there.close());
              there.closeHandler(closed -> here.close());
              here.resume();
            })
        .onFailure(failure -> here.close());
  }

  private void handle(HttpServerRequest request) {
    request
        .body()
        .compose(
            body ->
                between.lets(request, body)
                    ? pass(request, body)
                    : request.response().setStatusCode(403).end())
        .onFailure(failure -> request.response().setStatusCode(502).end());
  }

  private Future<Void> pass(HttpServerRequest request, Buffer body) {
    return client
        .request(to(request.method(), request.uri()))
        .compose(
            onward -> {
              for (String name : HEADERS) {
                String value = request.getHeader(name);
                if (value != null) {
                  onward.putHeader(name, value);
                }
              }
              return onward.send(body);
            })
        .compose(this::read)
        .compose(truth -> say(request, between.answer(request, body, truth)));
  }

  private static Future<Void> say(HttpServerRequest request, @Nullable Answer answer) {
    if (answer == null) {
      return request.connection().close();
    }
    request.response().setStatusCode(answer.status());
    if (answer.type() != null) {
      request.response().putHeader("Content-Type", answer.type());
    }
    return request.response().end(answer.body());
  }

  @Override
  public void close() {
    await(vertx.close());
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("the server in between does not answer", e);
    }
  }
}
