package dev.zamok.authority.http;

import dev.zamok.protocol.ErrorCode;
import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.Rejection;
import dev.zamok.protocol.Unavailable;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.StreamResetException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.openapi.validation.SchemaValidationException;
import io.vertx.openapi.validation.ValidatorErrorType;
import io.vertx.openapi.validation.ValidatorException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns every failure into a problem. Nothing of an inner message reaches the answer. */
final class Failures {
  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);
  private static final Duration RETRY_SOON = Duration.ofSeconds(1);
  private static final int DETAIL_CHARS_MAX = 100;

  private Failures() {}

  static void handle(RoutingContext context) {
    Throwable cause = context.failure();
    if (cause instanceof HttpClosedException || cause instanceof StreamResetException) {
      // The client went away: there is nobody to tell, and nothing broke here.
      return;
    }
    Refusal refusal = cause == null ? ofStatus(context.statusCode()) : of(cause);
    if (refusal.problem() == Problem.INTERNAL) {
      LOG.error("operation {} failed", context.<String>get(Gate.OPERATION), cause);
    }
    send(context.response(), refusal);
  }

  static void send(HttpServerResponse response, Refusal refusal) {
    if (response.ended() || response.closed()) {
      return;
    }
    if (response.headWritten()) {
      response.reset();
      return;
    }
    Problem problem = refusal.problem();
    JsonObject body =
        new JsonObject()
            .put("type", problem.type())
            .put("title", problem.title())
            .put("status", problem.status());
    if (refusal.detail() != null) {
      body.put("detail", refusal.detail());
    }
    Duration after = refusal.retryAfter();
    if (after != null) {
      body.put("retryAfterMillis", after.toMillis());
      response.putHeader("Retry-After", String.valueOf((after.toMillis() + 999) / 1000));
    }
    if (problem == Problem.UNAUTHENTICATED) {
      response.putHeader("WWW-Authenticate", "Bearer");
    }
    response
        .setStatusCode(problem.status())
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json")
        .end(body.toBuffer());
  }

  static Refusal ofStatus(int status) {
    for (Problem problem : Problem.values()) {
      if (problem.status() == status && problem != Problem.INTERNAL) {
        return problem.refusal();
      }
    }
    return status >= 400 && status < 500
        ? Problem.REQUEST_INVALID.refusal()
        : Problem.INTERNAL.refusal();
  }

  static Refusal of(Throwable cause) {
    if (cause instanceof Refusal refusal) {
      return refusal;
    }
    if (cause instanceof MalformedException) {
      return Problem.REQUEST_INVALID.refusal();
    }
    if (cause instanceof ValidatorException invalid) {
      return invalid(invalid);
    }
    if (cause instanceof Rejection rejection) {
      return rejected(rejection.code());
    }
    if (cause instanceof Unavailable unavailable) {
      LOG.warn("a dependency failed: {}", unavailable.getMessage());
      return Refusal.retry(
          unavailable.outcomeUnknown() ? Problem.OUTCOME_UNKNOWN : Problem.UNAVAILABLE, RETRY_SOON);
    }
    if (cause instanceof TimeoutException) {
      return Refusal.retry(Problem.OUTCOME_UNKNOWN, RETRY_SOON);
    }
    return Problem.INTERNAL.refusal();
  }

  private static Refusal rejected(ErrorCode code) {
    return switch (code) {
      case OVERLOADED -> Refusal.retry(Problem.OVERLOADED, RETRY_SOON);
      case UNAVAILABLE -> Refusal.retry(Problem.OUTCOME_UNKNOWN, RETRY_SOON);
      case RATE_LIMITED -> Refusal.retry(Problem.RATE_LIMITED, RETRY_SOON);
      case NOT_PERMITTED -> Problem.NOT_PERMITTED.refusal();
      case TOO_LARGE -> Problem.TOO_LARGE.refusal();
      default -> Refusal.because(Problem.CONFLICT, code.text());
    };
  }

  /** Names where, never what: the value may be a secret. */
  private static Refusal invalid(ValidatorException invalid) {
    if (invalid.type() == ValidatorErrorType.UNSUPPORTED_VALUE_FORMAT) {
      return Problem.UNSUPPORTED_MEDIA.refusal();
    }
    String where = null;
    if (invalid instanceof SchemaValidationException schema) {
      where = place(schema);
    }
    return where == null
        ? Problem.REQUEST_INVALID.refusal()
        : Refusal.because(Problem.REQUEST_INVALID, "at " + where);
  }

  private static @Nullable String place(SchemaValidationException schema) {
    var errors = schema.getOutputUnit().getErrors();
    if (errors == null || errors.isEmpty()) {
      return null;
    }
    String where = errors.get(errors.size() - 1).getInstanceLocation();
    return where == null || where.length() > DETAIL_CHARS_MAX ? null : where;
  }
}
