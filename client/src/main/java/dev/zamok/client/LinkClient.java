package dev.zamok.client;

import dev.zamok.client.authority.HttpAuthority;
import dev.zamok.client.authority.HttpExchange;
import dev.zamok.client.loop.Futures;
import dev.zamok.client.loop.ThreadLoop;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.problem.ClientProblem.Kind;
import dev.zamok.client.safe.Links;
import dev.zamok.client.safe.SecretLink;
import dev.zamok.client.trust.ServerTrust;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * Opens links to single secrets of one server, for whoever has them: there is no account, no
 * session and no profile, nothing is remembered, and no request says who asks.
 *
 * <p>Thread-safe. Futures complete on the thread {@code zamok-link}, which must not be blocked, and
 * fail with {@link ClientProblem}.
 *
 * <pre>{@code
 * SecretLink link = SecretLink.parse(text);
 * try (LinkClient client = new LinkClient(link.server(), ServerTrust.pinned(fingerprint))) {
 *   Bytes content = client.receive(link, code).join().content();
 * }
 * }</pre>
 */
public final class LinkClient implements AutoCloseable {
  private final URI server;
  private final ThreadLoop loop;
  private final ExecutorService httpPool;
  private final HttpAuthority authority;

  /**
   * Connects to nothing yet.
   *
   * @param trust not that of a profile
   */
  public LinkClient(URI server, ServerTrust trust) {
    this.server = server;
    SecureRandom random = new SecureRandom();
    var tls = trust.context(random);
    loop = new ThreadLoop("zamok-link", Clock.systemUTC());
    httpPool = ZamokClient.pool("zamok-link-http", 1);
    Https https = new Https(tls, httpPool, ClientBuilder.CONNECT_TIMEOUT);
    authority =
        new HttpAuthority(
            new HttpExchange(https.client(), server, loop, ClientBuilder.REQUEST_TIMEOUT));
  }

  /**
   * Takes what a link holds, which uses up one view; the server deletes the copy with the last one,
   * and of two at once one gets it.
   *
   * <p>Fails with {@code REFUSED}, {@code other-server} (nothing was sent), {@code code-needed}
   * (the code is missing, superfluous, or no code: nothing was sent), {@code not-found} (used up,
   * taken back, over, or never there); with {@code NOT_ALLOWED} when code or key are wrong, of
   * which the fifth time destroys the copy; with {@code UNAVAILABLE}, where an unknown outcome may
   * have used up a view; with {@code TAMPERED} when what the server gave is not what was sent.
   *
   * @param code null exactly where none is needed
   */
  public CompletableFuture<Links.Received> receive(SecretLink link, @Nullable String code) {
    return Futures.on(
        loop,
        () -> {
          if (!link.isOf(server)) {
            throw ClientProblem.refused(
                Kind.REFUSED, "other-server", "that link is of another server", 0);
          }
          return Links.receive(authority, link, code);
        });
  }

  @Override
  public void close() {
    loop.close();
    httpPool.shutdownNow();
  }
}
