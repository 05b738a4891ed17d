package dev.zamok.authority.alert;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.time.Duration;

/**
 * Posts each alert as JSON to an address: {@code {kind, subject, text, state, at}}. The address may
 * hold a secret and is never logged.
 */
public final class Webhook implements AlertSink {
  private static final Duration TIME_MAX = Duration.ofSeconds(10);

  private final HttpClient client;
  private final URI address;

  /** Only {@code https}, but for the machine itself. */
  public Webhook(Vertx vertx, URI address) {
    boolean local = "127.0.0.1".equals(address.getHost()) || "localhost".equals(address.getHost());
    if (address.getHost() == null || !("https".equals(address.getScheme()) || local)) {
      throw new IllegalArgumentException("a webhook must be https");
    }
    this.address = address;
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setSsl("https".equals(address.getScheme()))
                .setConnectTimeout((int) TIME_MAX.toMillis()));
  }

  @Override
  public String name() {
    return "webhook";
  }

  @Override
  public Future<Void> send(Alert alert) {
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setAbsoluteURI(address.toString())
            .setIdleTimeout(TIME_MAX.toMillis())
            .putHeader("Content-Type", "application/json");
    return client
        .request(options)
        .compose(request -> request.send(alert.json().toBuffer()))
        .compose(
            response ->
                response
                    .end()
                    .compose(
                        v ->
                            response.statusCode() / 100 == 2
                                ? Future.<Void>succeededFuture()
                                : Future.failedFuture("status " + response.statusCode())));
  }

  @Override
  public Future<Void> close() {
    return client.close();
  }
}
