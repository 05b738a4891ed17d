package dev.zamok.load.bench.scenario;

import dev.zamok.load.bench.server.Hub;
import dev.zamok.protocol.ticket.ServiceTicket;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Set;

/** What a hub counts, asked over its server API. */
final class Metrics {
  private final HttpClient client;
  private final HttpRequest request;

  Metrics(Hub hub) {
    boolean tls = hub.target().tls() != null;
    client =
        tls ? HttpClient.newBuilder().sslContext(hub.trust()).build() : HttpClient.newHttpClient();
    String origin = (tls ? "https" : "http") + "://localhost:" + hub.target().port();
    request =
        HttpRequest.newBuilder(URI.create(origin + "/hub/api/metrics"))
            .header(
                "Authorization", "Bearer " + hub.desk().service(Set.of(ServiceTicket.Scope.READ)))
            .build();
  }

  /** A counter, by its name without {@code zamok_hub_} and {@code _total}. Blocks. */
  long counter(String name) {
    try {
      String text = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
      String line = "zamok_hub_" + name + "_total ";
      return text.lines()
          .filter(each -> each.startsWith(line))
          .mapToLong(each -> Long.parseLong(each.substring(line.length())))
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("no metric " + name));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
