package dev.zamok.app.server;

import dev.zamok.app.UserError;
import dev.zamok.app.config.HubSettings;
import dev.zamok.crypto.ticket.FastEdDsa;
import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.ticket.TicketKeys;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemTrustOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the authorities, one after the other and again, for the keys that verify tickets. A hub may
 * be started before them.
 */
final class TicketKeysFetch {
  private static final Logger LOG = LoggerFactory.getLogger(TicketKeysFetch.class);
  private static final String PATH = "/.well-known/jwks.json";
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration ANSWER_TIME_MAX = Duration.ofSeconds(5);
  private static final int ROUNDS_MAX = 90;
  private static final int BYTES_MAX = 1 << 16;

  private final Vertx vertx;
  private final HttpClient http;
  private final List<String> authorities;

  TicketKeysFetch(Vertx vertx, HubSettings.Cluster cluster) {
    this.vertx = vertx;
    this.authorities = cluster.authorities();
    HttpClientOptions options = new HttpClientOptions().setSsl(true).setVerifyHost(true);
    Path trust = cluster.trust();
    if (trust != null) {
      options.setTrustOptions(new PemTrustOptions().addCertPath(trust.toString()));
    }
    this.http = vertx.createHttpClient(options);
  }

  /** Fails with {@link UserError} when none answers within about {@value #ROUNDS_MAX} seconds. */
  Future<TicketKeys> fetch() {
    return round(0).onComplete(done -> http.close());
  }

  private Future<TicketKeys> round(int number) {
    String authority = authorities.get(number % authorities.size());
    return ask(authority)
        .recover(
            failure -> {
              if (number == 0) {
                LOG.info("waiting for the authorities: {}", String.valueOf(failure.getMessage()));
              }
              return number >= ROUNDS_MAX
                  ? Future.failedFuture(
                      new UserError(
                          "no authority gave the keys of its tickets; the last, "
                              + authority
                              + ", failed with: "
                              + failure.getMessage()))
                  : vertx.timer(PAUSE.toMillis()).compose(v -> round(number + 1));
            });
  }

  private Future<TicketKeys> ask(String authority) {
    RequestOptions request =
        new RequestOptions()
            .setMethod(HttpMethod.GET)
            .setAbsoluteURI(authority + PATH)
            .setTimeout(ANSWER_TIME_MAX.toMillis());
    return http.request(request)
        .compose(sent -> sent.send().compose(TicketKeysFetch::body))
        .map(body -> parse(authority, body));
  }

  private static Future<Buffer> body(HttpClientResponse response) {
    String length = response.getHeader("content-length");
    if (response.statusCode() != 200 || length == null || Long.parseLong(length) > BYTES_MAX) {
      return Future.failedFuture("HTTP status " + response.statusCode());
    }
    return response.body();
  }

  private static TicketKeys parse(String authority, Buffer body) {
    try {
      return TicketKeys.parse(body.getBytes(), new FastEdDsa());
    } catch (MalformedException e) {
      throw new UserError(authority + " gave no good ticket keys: " + e.getMessage());
    }
  }
}
