package dev.zamok.client.safe;

import dev.zamok.client.problem.ClientProblem;
import dev.zamok.crypto.link.LinkKey;
import dev.zamok.protocol.MalformedException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * A link to a single secret, as somebody was sent it.
 *
 * <pre>
 * https://HOST[:PORT]/receive#base64url(id 16 ‖ key 32 ‖ flags u8)
 * </pre>
 *
 * It names its server; what opens it is in the fragment, which no request carries.
 */
public final class SecretLink {
  private static final int HTTPS = 443;

  private final URI server;
  private final LinkKey key;

  private SecretLink(URI server, LinkKey key) {
    this.server = server;
    this.key = key;
  }

  /** Fails with {@code REFUSED} ({@code not-a-link}), whose text shows nothing of it. */
  public static SecretLink parse(String text) {
    int fragment = text.indexOf('#');
    if (fragment < 0) {
      throw notALink();
    }
    try {
      LinkKey key = LinkKey.parse(text.substring(fragment + 1));
      URI named = new URI(text.substring(0, fragment));
      if ("https".equals(named.getScheme())
          && named.getHost() != null
          && named.getRawUserInfo() == null
          && named.getRawQuery() == null
          && Links.PATH.equals(named.getRawPath())) {
        return new SecretLink(
            new URI("https", null, named.getHost(), named.getPort(), null, null, null), key);
      }
    } catch (MalformedException | URISyntaxException e) {
      throw notALink();
    }
    throw notALink();
  }

  private static ClientProblem notALink() {
    return Links.refused("not-a-link", "that is no link to a secret, or not all of it");
  }

  /** {@code https://host} or {@code https://host:port}. */
  public URI server() {
    return server;
  }

  /** Whether the link leads to that server, by its name and port. */
  public boolean isOf(URI other) {
    return "https".equals(other.getScheme())
        && other.getHost() != null
        && host(server).equals(host(other))
        && port(server) == port(other);
  }

  private static String host(URI server) {
    return server.getHost().toLowerCase(Locale.ROOT);
  }

  private static int port(URI server) {
    return server.getPort() < 0 ? HTTPS : server.getPort();
  }

  /** Whether a code is needed beside the link. */
  public boolean needsCode() {
    return key.needsCode();
  }

  LinkKey key() {
    return key;
  }

  /** Hides what opens it. */
  @Override
  public String toString() {
    return "SecretLink[" + server + "]";
  }
}
