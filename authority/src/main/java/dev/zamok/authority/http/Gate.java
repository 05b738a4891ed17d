package dev.zamok.authority.http;

import dev.zamok.authority.rights.Principal;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.openapi.validation.ValidatedRequest;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The steps that every request passes before its operation, and how answers leave. */
final class Gate {
  private static final String PRINCIPAL = "zamok.principal";

  /** Key of the context: the id of the operation. */
  static final String OPERATION = "zamok.operation";

  private static final String BEARER = "Bearer ";

  /** 43 characters and room for nothing else. */
  private static final int TOKEN_CHARS_MAX = 64;

  /** Of a request by nobody: a registration has some 32 KiB. */
  private static final int OPEN_REQUEST_BYTES_MAX = 64 << 10;

  private final BodyHandler body;
  private final BodyHandler openBody;
  private final Duration answerTimeMax;
  private final Metrics metrics;
  private final Entrance entrance;

  /**
   * What differs between the doors by which requests come.
   *
   * @param addressOf the network address of the client
   */
  record Entrance(Placement placement, Function<HttpServerRequest, String> addressOf) {}

  Gate(int requestBytesMax, Duration answerTimeMax, Metrics metrics, Entrance entrance) {
    this.entrance = entrance;
    this.body = BodyHandler.create(false).setBodyLimit(requestBytesMax);
    this.openBody = BodyHandler.create(false).setBodyLimit(OPEN_REQUEST_BYTES_MAX);
    this.answerTimeMax = answerTimeMax;
    this.metrics = metrics;
  }

  /** For every request, also those that match no operation. */
  void guard(RoutingContext context) {
    HttpServerResponse response = context.response();
    response
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
        .putHeader("Referrer-Policy", "no-referrer")
        .putHeader("Cross-Origin-Resource-Policy", "same-origin");
    long begun = System.nanoTime();
    // A request that trickles in must not hold its connection and its bytes for ever.
    long timer =
        context
            .vertx()
            .setTimer(2 * answerTimeMax.toMillis(), id -> context.request().connection().close());
    context.addEndHandler(
        done -> {
          context.vertx().cancelTimer(timer);
          String operation = context.get(OPERATION);
          long nanos = System.nanoTime() - begun;
          metrics.answered(operation == null ? "none" : operation, response.getStatusCode(), nanos);
        });
    context.next();
  }

  void begin(RoutingContext context, String operationId) {
    context.put(OPERATION, operationId);
    context.next();
  }

  void authenticate(RoutingContext context, SessionCheck sessions) {
    String token = token(context.request());
    if (token == null) {
      context.fail(Problem.UNAUTHENTICATED.refusal());
      return;
    }
    HttpServerRequest request = context.request();
    request.pause();
    sessions
        .authenticate(token)
        .onComplete(
            principal -> {
              request.resume();
              context.put(PRINCIPAL, principal);
              context.next();
            },
            cause -> {
              request.resume();
              context.fail(cause);
            });
  }

  /**
   * Once more, after the body: who holds back the end of a body may have lost the session
   * meanwhile, and must not be served what was made to shut him out.
   */
  void authenticateAgain(RoutingContext context, SessionCheck sessions) {
    String token = token(context.request());
    if (!mayHaveBody(context.request()) || token == null) {
      context.next();
      return;
    }
    sessions
        .authenticate(token)
        .onComplete(
            principal -> {
              context.put(PRINCIPAL, principal);
              context.next();
            },
            context::fail);
  }

  /** Without one the request was whole when it was authenticated (RFC 9112 §6.3). */
  private static boolean mayHaveBody(HttpServerRequest request) {
    return request.version() == HttpVersion.HTTP_2
        || request.headers().contains(HttpHeaders.CONTENT_LENGTH)
        || request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
  }

  void readBody(RoutingContext context) {
    boolean open = context.get(PRINCIPAL) == null;
    (open ? openBody : body).handle(context);
  }

  void run(RoutingContext context, ValidatedRequest validated, Operation operation) {
    Principal principal = context.get(PRINCIPAL);
    HttpServerRequest http = context.request();
    Request request =
        new Request(validated, principal, entrance.addressOf().apply(http), original(context));
    Future<Answer> answer;
    try {
      answer = entrance.placement().run(context.get(OPERATION), request, operation);
    } catch (RuntimeException e) {
      context.fail(e);
      return;
    }
    answer
        .timeout(answerTimeMax.toMillis(), TimeUnit.MILLISECONDS)
        .onComplete(done -> send(context.response(), done), context::fail);
  }

  private static Original original(RoutingContext context) {
    HttpServerRequest http = context.request();
    Buffer body = context.body().buffer();
    return new Original(
        http.method(),
        http.uri(),
        http.getHeader(HttpHeaders.AUTHORIZATION),
        http.getHeader(HttpHeaders.IF_MATCH),
        body == null ? Buffer.buffer() : body);
  }

  private static void send(HttpServerResponse response, Answer answer) {
    if (response.ended() || response.closed()) {
      return;
    }
    response.setStatusCode(answer.status());
    if (answer.etag() != null) {
      response.putHeader(HttpHeaders.ETAG, answer.etag());
    }
    JsonObject body = answer.body();
    if (body == null) {
      response.end();
    } else {
      response.putHeader(HttpHeaders.CONTENT_TYPE, "application/json").end(body.toBuffer());
    }
  }

  static String address(HttpServerRequest request) {
    var remote = request.remoteAddress();
    String host = remote == null ? null : remote.hostAddress();
    return host == null ? "unknown" : host;
  }

  private static @Nullable String token(HttpServerRequest request) {
    String header = request.getHeader(HttpHeaders.AUTHORIZATION);
    if (header == null
        || header.length() > BEARER.length() + TOKEN_CHARS_MAX
        || !header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return null;
    }
    return header.substring(BEARER.length()).trim();
  }
}
