package dev.zamok.client.link;

import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.problem.ClientProblem.Kind;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocketHandshakeException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Opens WebSockets with the platform's client (RFC 6455), sub-protocol {@code zamok.v1}. */
public final class WebSocketDialer implements HubLink.Dialer {
  static final String SUBPROTOCOL = "zamok.v1";

  private final HttpClient http;
  private final Executor loop;
  private final Duration timeout;

  /**
   * @param timeout for the connection and the handshake
   */
  public WebSocketDialer(HttpClient http, Executor loop, Duration timeout) {
    this.http = http;
    this.loop = loop;
    this.timeout = timeout;
  }

  @Override
  public CompletableFuture<HubLink> dial(URI hub, HubLink.Receiver receiver) {
    WebSocketLink link = new WebSocketLink(loop, receiver);
    return http.newWebSocketBuilder()
        .subprotocols(SUBPROTOCOL)
        .connectTimeout(timeout)
        .buildAsync(hub, link.listener())
        .handleAsync(
            (socket, failure) -> {
              if (socket == null || failure != null) {
                throw problem(failure);
              }
              link.opened(socket);
              return link;
            },
            loop);
  }

  private static ClientProblem problem(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateException) {
        return ClientProblem.of(Kind.SERVER_UNTRUSTED, "the hub's certificate is not trusted");
      }
      if (cause instanceof WebSocketHandshakeException handshake) {
        int status = handshake.getResponse().statusCode();
        return ClientProblem.unavailable("the hub refused the connection (" + status + ")", false);
      }
    }
    return ClientProblem.unavailable("the hub cannot be reached", false);
  }
}
