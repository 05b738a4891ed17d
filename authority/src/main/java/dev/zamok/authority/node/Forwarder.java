package dev.zamok.authority.node;

import dev.zamok.authority.http.Answer;
import dev.zamok.authority.http.InnerServer;
import dev.zamok.authority.http.Operation;
import dev.zamok.authority.http.Original;
import dev.zamok.authority.http.Placement;
import dev.zamok.authority.http.Problem;
import dev.zamok.authority.http.Refusal;
import dev.zamok.authority.http.Request;
import dev.zamok.authority.lease.Leases;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests that change a room on to the authority that holds its lease. They go as they came,
 * with the session of the client, and pass all checks again where they arrive; from there they are
 * never sent on.
 *
 * <p>What cannot be sent, or is not answered, fails as {@link Problem#UNAVAILABLE} or, where it may
 * have happened, {@link Problem#OUTCOME_UNKNOWN}; both are worth another try.
 */
final class Forwarder implements Placement {
  private static final int AT_ONCE_MAX = 256;
  private static final int CONNECTIONS_MAX = 32;
  private static final int ANSWER_BYTES_MAX = 4 << 20;
  private static final int CONNECT_MILLIS_MAX = 2_000;

  /** Shorter than what a client waits for. */
  private static final Duration ANSWER_TIME_MAX = Duration.ofSeconds(20);

  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final Leases leases;
  private final Places places;
  private final HttpClient client;
  private int atOnce;

  Forwarder(Vertx vertx, Leases leases, Places places, InnerServer.Identity identity) {
    this.leases = leases;
    this.places = places;
    HttpClientOptions options =
        new HttpClientOptions()
            .setSsl(true)
            .setVerifyHost(false)
            .setKeyCertOptions(identity.key())
            .setTrustOptions(identity.trust())
            .setConnectTimeout(CONNECT_MILLIS_MAX)
            .setEnabledSecureTransportProtocols(Set.of("TLSv1.3"));
    this.client =
        vertx.createHttpClient(
            options,
            new PoolOptions().setHttp1MaxSize(CONNECTIONS_MAX).setMaxWaitQueueSize(AT_ONCE_MAX));
  }

  /** Of requests that another authority sent here: they are carried out here or not at all. */
  static Placement arrived(Leases leases, Places places) {
    return (operationId, request, operation) -> {
      OptionalInt partition = places.partition(operationId, request);
      return partition.isEmpty() || leases.serves(partition.getAsInt())
          ? operation.run(request)
          : Future.failedFuture(retry());
    };
  }

  @Override
  public Future<Answer> run(String operationId, Request request, Operation operation) {
    OptionalInt partition = places.partition(operationId, request);
    if (partition.isEmpty() || leases.serves(partition.getAsInt())) {
      return operation.run(request);
    }
    Original original = request.original();
    return send(
            partition.getAsInt(),
            original.method(),
            original.uri(),
            original.body(),
            headers(request))
        .compose(Forwarder::whole);
  }

  /** Has a task done by whoever holds the lease of a partition. */
  Future<Void> task(int partition, String uri) {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    return send(partition, HttpMethod.POST, uri, Buffer.buffer(), headers)
        .compose(Forwarder::whole)
        .mapEmpty();
  }

  private static MultiMap headers(Request request) {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    Original original = request.original();
    put(headers, HttpHeaders.AUTHORIZATION, original.authorization());
    put(headers, HttpHeaders.IF_MATCH, original.ifMatch());
    if (original.body().length() > 0) {
      put(headers, HttpHeaders.CONTENT_TYPE, "application/json");
    }
    return headers.set(InnerServer.CLIENT_HEADER, request.address());
  }

  private static void put(MultiMap headers, CharSequence name, @Nullable String value) {
    if (value != null) {
      headers.set(name, value);
    }
  }

  private Future<HttpClientResponse> send(
      int partition, HttpMethod method, String uri, Buffer body, MultiMap headers) {
    Optional<SocketAddress> to = leases.owner(partition).flatMap(Forwarder::address);
    if (to.isEmpty()) {
      return Future.failedFuture(retry());
    }
    if (atOnce >= AT_ONCE_MAX) {
      return Future.failedFuture(Refusal.retry(Problem.OVERLOADED, RETRY_AFTER));
    }
    atOnce++;
    RequestOptions options =
        new RequestOptions()
            .setServer(to.get())
            .setHost(to.get().host())
            .setPort(to.get().port())
            .setMethod(method)
            .setURI(uri)
            .setHeaders(headers)
            .setConnectTimeout(CONNECT_MILLIS_MAX)
            .setIdleTimeout(ANSWER_TIME_MAX.toMillis());
    return client
        .request(options)
        .recover(failure -> Future.failedFuture(retry()))
        .compose(
            request ->
                send(request, body)
                    .timeout(ANSWER_TIME_MAX.toMillis(), TimeUnit.MILLISECONDS)
                    .recover(failure -> unknown(request)))
        .onComplete(done -> atOnce--);
  }

  private static Future<HttpClientResponse> send(HttpClientRequest request, Buffer body) {
    return request.send(body);
  }

  private static Future<HttpClientResponse> unknown(HttpClientRequest request) {
    request.reset();
    return Future.failedFuture(Refusal.retry(Problem.OUTCOME_UNKNOWN, RETRY_AFTER));
  }

  static Refusal retry() {
    return Refusal.retry(Problem.UNAVAILABLE, RETRY_AFTER);
  }

  /** {@code host:port}. */
  static Optional<SocketAddress> address(Leases.Owner owner) {
    int colon = owner.address().lastIndexOf(':');
    if (colon < 1) {
      return Optional.empty();
    }
    String host = owner.address().substring(0, colon).replaceAll("[\\[\\]]", "");
    int port = Integer.parseInt(owner.address().substring(colon + 1));
    return Optional.of(SocketAddress.inetSocketAddress(port, host));
  }

  /** The answer with its body, of which no more than permitted is ever held. */
  private static Future<Answer> whole(HttpClientResponse response) {
    Buffer body = Buffer.buffer();
    response.handler(
        part -> {
          if (body.length() + part.length() > ANSWER_BYTES_MAX) {
            response.request().reset();
          } else {
            body.appendBuffer(part);
          }
        });
    return response
        .end()
        .recover(
            failure -> Future.failedFuture(Refusal.retry(Problem.OUTCOME_UNKNOWN, RETRY_AFTER)))
        .map(v -> answer(response, body));
  }

  private static Answer answer(HttpClientResponse response, Buffer body) {
    JsonObject json;
    try {
      json = body.length() == 0 ? null : body.toJsonObject();
    } catch (DecodeException | ClassCastException e) {
      throw Problem.INTERNAL.refusal();
    }
    if (response.statusCode() < 300) {
      return new Answer(response.statusCode(), json, response.getHeader(HttpHeaders.ETAG));
    }
    throw json == null ? Problem.INTERNAL.refusal() : refusal(json);
  }

  private static Refusal refusal(JsonObject json) {
    Problem problem = Problem.ofType(json.getString("type", "")).orElse(Problem.INTERNAL);
    Integer after = json.getInteger("retryAfterMillis");
    return new Refusal(
        problem, json.getString("detail"), after == null ? null : Duration.ofMillis(after));
  }

  Future<Void> close() {
    return client.close();
  }
}
