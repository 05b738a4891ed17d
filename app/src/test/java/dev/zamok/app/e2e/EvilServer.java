package dev.zamok.app.e2e;

import dev.zamok.client.safe.Safe;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.PemKeyCertOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A server gone bad: it stands in front of the real one with the real certificate, and answers what
 * it likes. Everything it does not lie about it passes on.
 */
final class EvilServer implements AutoCloseable {
  private static final String HUB_PROTOCOL = "zamok.v1";

  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client;
  private final WebSocketClient sockets;
  private final HttpServer listener;
  private final int target;
  private final List<Lie> lies = new CopyOnWriteArrayList<>();
  private final List<Gift> gifts = new CopyOnWriteArrayList<>();
  private final List<Refusal> refusals = new CopyOnWriteArrayList<>();
  private final List<Heard> heard = new CopyOnWriteArrayList<>();
  private final List<Heard> everything = new CopyOnWriteArrayList<>();
  private final List<Loss> losses = new CopyOnWriteArrayList<>();
  private final List<Asked> requests = new CopyOnWriteArrayList<>();

  /** Answers to changes that do not come back. */
  private record Loss(Pattern path, AtomicInteger times) {
    boolean takes(HttpServerRequest request) {
      return request.method() != HttpMethod.GET
          && path.matcher(request.uri()).matches()
          && times.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    }
  }

  /** What does not get through; of any method without one. */
  private record Refusal(@Nullable HttpMethod method, Pattern path, AtomicInteger times) {
    boolean takes(HttpServerRequest request) {
      boolean takes =
          (method == null || request.method().equals(method))
              && path.matcher(request.uri()).matches();
      if (takes) {
        times.incrementAndGet();
      }
      return takes;
    }
  }

  /** Takes a request's body and the true answer, yields another answer. */
  private record Lie(Pattern path, BiFunction<JsonObject, JsonObject, JsonObject> answer) {}

  /**
   * Takes path and body of a request.
   *
   * @param always also where the real server does not refuse
   */
  private record Gift(
      Pattern path, boolean always, BiFunction<String, JsonObject, JsonObject> answer) {}

  /** A request and its answer; one that is no object is its text. */
  record Heard(String path, JsonObject request, JsonObject answer) {}

  /** A request as it came, with all that it says of who asks; names of headers in small letters. */
  record Asked(String path, Map<String, String> headers, JsonObject body) {}

  private EvilServer(TestServer server, Path directory) {
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
    listener =
        await(
            vertx
                .createHttpServer(
                    new HttpServerOptions()
                        .setSsl(true)
                        .setKeyCertOptions(key)
                        .addWebSocketSubProtocol(HUB_PROTOCOL))
                .requestHandler(this::handle)
                .webSocketHandler(this::pass)
                .listen(0, "127.0.0.1"));
  }

  /**
   * In front of a server whose files are in that directory.
   *
   * @param directory the one that {@link TestServer} was started with
   */
  static EvilServer before(TestServer server, Path directory) {
    return new EvilServer(server, directory);
  }

  /** How a client reaches it, which takes it for the real one. */
  Person.Way way(Person.Way honest) {
    return honest.at(TestServer.uri(listener.actualPort()));
  }

  /** From now on answers to requests whose path matches are what {@code answer} makes of them. */
  EvilServer lies(String path, BiFunction<JsonObject, JsonObject, JsonObject> answer) {
    lies.add(new Lie(Pattern.compile(path), answer));
    return this;
  }

  /** From now on what the real server refuses is answered all the same. */
  EvilServer gives(String path, BiFunction<String, JsonObject, JsonObject> answer) {
    gifts.add(0, new Gift(Pattern.compile(path), false, answer));
    return this;
  }

  void lieNoMore() {
    lies.clear();
    gifts.clear();
    refusals.clear();
    losses.clear();
  }

  /** The next so many changes on a path that matches are done, and nobody hears of it. */
  EvilServer loses(String path, int times) {
    losses.add(new Loss(Pattern.compile(path), new AtomicInteger(times)));
    return this;
  }

  /** From now on requests whose path matches do not get through. */
  EvilServer refuses(String path) {
    refusals.add(new Refusal(null, Pattern.compile(path), new AtomicInteger()));
    return this;
  }

  /** From now on such requests do not get through; yields how many that were so far. */
  AtomicInteger refuses(HttpMethod method, String path) {
    AtomicInteger times = new AtomicInteger();
    refusals.add(new Refusal(method, Pattern.compile(path), times));
    return times;
  }

  /** From now on requests whose path matches get that, whatever the real server says to them. */
  EvilServer gives(String path, JsonObject answer) {
    gifts.add(new Gift(Pattern.compile(path), true, (asked, request) -> answer));
    return this;
  }

  /**
   * From now on requests whose path matches get what comes of it, whatever the real server says.
   */
  EvilServer answers(String path, BiFunction<String, JsonObject, JsonObject> answer) {
    gifts.add(0, new Gift(Pattern.compile(path), true, answer));
    return this;
  }

  /** The newest true exchange on a path that matches. */
  Heard last(String path) {
    Pattern pattern = Pattern.compile(path);
    List<Heard> all = new ArrayList<>(heard);
    for (int i = all.size() - 1; i >= 0; i--) {
      if (pattern.matcher(all.get(i).path()).matches()) {
        return all.get(i);
      }
    }
    throw new AssertionError("nobody asked for " + path);
  }

  /** Everything that was asked, in order, with what was refused too. */
  List<Heard> all() {
    return List.copyOf(everything);
  }

  /** Every request, in order, with its headers. */
  List<Asked> requests() {
    return List.copyOf(requests);
  }

  /** What comes back to somebody without a session. */
  record Answered(int status, String body) {}

  /** What the real server answers to whoever asks without a session. */
  String ask(String path) {
    return ask(HttpMethod.GET, path).body();
  }

  /** The same by any method. */
  Answered ask(HttpMethod method, String path) {
    RequestOptions options =
        new RequestOptions().setMethod(method).setHost("127.0.0.1").setPort(target).setURI(path);
    return await(
        client
            .request(options)
            .compose(request -> request.send())
            .compose(
                answer ->
                    answer.body().map(body -> new Answered(answer.statusCode(), body.toString()))));
  }

  /** Whether anybody asked for a path that matches, with success. */
  boolean heard(String path) {
    Pattern pattern = Pattern.compile(path);
    return heard.stream().anyMatch(one -> pattern.matcher(one.path()).matches());
  }

  /** How many exchanges there were on a path that matches. */
  long count(String path) {
    Pattern pattern = Pattern.compile(path);
    return heard.stream().filter(one -> pattern.matcher(one.path()).matches()).count();
  }

  static String items(Safe safe) {
    return "/v1/rooms/" + safe.id() + "/items/lookup";
  }

  static String statements(Safe safe) {
    return "/v1/rooms/" + safe.id() + "/statements.*";
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
        .compose(body -> pass(request, body))
        .onFailure(failure -> request.response().setStatusCode(502).end());
  }

  private Future<Void> pass(HttpServerRequest request, Buffer body) {
    Map<String, String> headers = new TreeMap<>();
    request.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
    requests.add(new Asked(request.uri(), headers, object(body)));
    if (refusals.stream().anyMatch(refusal -> refusal.takes(request))) {
      everything.add(new Heard(request.uri(), object(body), new JsonObject()));
      return request.response().setStatusCode(403).end();
    }
    RequestOptions options =
        new RequestOptions()
            .setMethod(request.method())
            .setHost("127.0.0.1")
            .setPort(target)
            .setURI(request.uri());
    return client
        .request(options)
        .compose(
            onward -> {
              for (String name : List.of("Authorization", "Content-Type", "If-Match", "Accept")) {
                String value = request.getHeader(name);
                if (value != null) {
                  onward.putHeader(name, value);
                }
              }
              return onward.send(body);
            })
        .compose(
            answer ->
                answer
                    .body()
                    .compose(
                        truth -> {
                          if (losses.stream().anyMatch(loss -> loss.takes(request))) {
                            return request.connection().close();
                          }
                          Buffer gift = gift(request.uri(), body, answer.statusCode() >= 400);
                          if (gift != null) {
                            request.response().putHeader("Content-Type", "application/json");
                            return request.response().end(gift);
                          }
                          String type = answer.getHeader("Content-Type");
                          request.response().setStatusCode(answer.statusCode());
                          if (type != null) {
                            request.response().putHeader("Content-Type", type);
                          }
                          boolean ok = answer.statusCode() < 300;
                          everything.add(new Heard(request.uri(), object(body), object(truth)));
                          return request
                              .response()
                              .end(ok ? told(request.uri(), body, truth) : truth);
                        }));
  }

  private static JsonObject object(Buffer body) {
    if (body.length() == 0) {
      return new JsonObject();
    }
    try {
      return body.toJsonObject().copy();
    } catch (DecodeException e) {
      return new JsonObject().put("text", body.toString());
    }
  }

  private @Nullable Buffer gift(String path, Buffer request, boolean refused) {
    JsonObject asked = request.length() == 0 ? new JsonObject() : request.toJsonObject();
    for (Gift gift : gifts) {
      if ((refused || gift.always()) && gift.path().matcher(path).matches()) {
        return gift.answer().apply(path, asked).toBuffer();
      }
    }
    return null;
  }

  private Buffer told(String path, Buffer request, Buffer truth) {
    JsonObject asked = request.length() == 0 ? new JsonObject() : request.toJsonObject();
    if (truth.length() == 0) {
      heard.add(new Heard(path, asked, new JsonObject()));
      return truth;
    }
    JsonObject answer = truth.toJsonObject();
    heard.add(new Heard(path, asked, answer.copy()));
    for (Lie lie : lies) {
      if (lie.path().matcher(path).matches()) {
        answer = lie.answer().apply(asked, answer);
      }
    }
    return answer.toBuffer();
  }

  @Override
  public void close() {
    await(vertx.close());
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("the evil server does not start", e);
    }
  }
}
