package dev.zamok.authority.alert;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemTrustOptions;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Posts each alert as JSON to an address: {@code {kind, subject, text, state, at}}. The address may
 * hold a secret and is never logged.
 */
final class Webhook implements AlertSink {
  private static final Duration TIME_MAX = Duration.ofSeconds(10);

  private final HttpClient client;
  private final URI address;

  /**
   * @param trust PEM of who signs its certificate; null: whom Java trusts
   */
  Webhook(Vertx vertx, URI address, @Nullable Path trust) {
    if (address.getHost() == null || !"https".equals(address.getScheme())) {
      throw new IllegalArgumentException("a webhook must be https");
    }
    this.address = address;
    HttpClientOptions options =
        new HttpClientOptions()
            .setSsl(true)
            .setVerifyHost(true)
            .setConnectTimeout((int) TIME_MAX.toMillis());
    if (trust != null) {
      options.setTrustOptions(new PemTrustOptions().addCertPath(trust.toString()));
    }
    this.client = vertx.createHttpClient(options);
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
