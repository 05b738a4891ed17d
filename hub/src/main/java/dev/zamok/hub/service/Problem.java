package dev.zamok.hub.service;

import dev.zamok.hub.metrics.Counter;
import dev.zamok.hub.metrics.HubMetrics;
import dev.zamok.protocol.ErrorCode;
import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.Rejection;
import dev.zamok.protocol.Unavailable;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.handler.HttpException;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A failure as {@code application/problem+json} (RFC 9457).
 *
 * @param type stable: callers decide by it
 * @param retry whether the same request may succeed later
 */
record Problem(int status, String type, String title, boolean retry) {
  private static final Logger LOG = LoggerFactory.getLogger(Problem.class);
  private static final String TYPES = "urn:zamok:problem:";

  static Problem of(Throwable failure, HubMetrics metrics) {
    if (failure instanceof Rejection rejection) {
      return of(rejection.code());
    }
    if (failure instanceof Unavailable) {
      return of(ErrorCode.UNAVAILABLE);
    }
    if (failure instanceof MalformedException) {
      return new Problem(400, TYPES + "malformed", String.valueOf(failure.getMessage()), false);
    }
    if (failure instanceof HttpException http) {
      return http(http.getStatusCode());
    }
    metrics.count(Counter.BUGS);
    LOG.error("a request to the server API failed", failure);
    return new Problem(500, TYPES + "internal", "an error of the hub", false);
  }

  static Problem http(int status) {
    return switch (status) {
      case 404 -> new Problem(404, TYPES + "not-found", "no such resource", false);
      case 405 -> new Problem(405, TYPES + "method", "not with this method", false);
      case 413 -> of(ErrorCode.TOO_LARGE);
      default -> new Problem(status, TYPES + "malformed", "the request is malformed", false);
    };
  }

  static Problem of(ErrorCode code) {
    int status =
        switch (code) {
          case UNAVAILABLE, OVERLOADED -> 503;
          case STALE_EPOCH, FENCED -> 409;
          case EVICTED, NOT_PERMITTED -> 403;
          case UNKNOWN_ROOM -> 404;
          case RATE_LIMITED -> 429;
          case TOO_LARGE -> 413;
          case TICKET_INVALID, TICKET_EXPIRED -> 401;
          case TOO_MANY_ROOMS, NOT_JOINED -> 400;
        };
    String name = code.name().toLowerCase(Locale.ROOT).replace('_', '-');
    return new Problem(status, TYPES + name, code.text(), code.retry());
  }

  void send(HttpServerResponse response) {
    if (response.ended() || response.closed()) {
      return;
    }
    if (status == 401) {
      response.putHeader("WWW-Authenticate", "Bearer");
    }
    if (status == 503 || status == 429) {
      response.putHeader("Retry-After", "1");
    }
    response
        .setStatusCode(status)
        .putHeader("Content-Type", "application/problem+json")
        .end(
            new JsonObject()
                .put("type", type)
                .put("title", title)
                .put("status", status)
                .put("retry", retry)
                .toBuffer());
  }
}
