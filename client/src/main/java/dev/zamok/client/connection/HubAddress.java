package dev.zamok.client.connection;

import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.problem.ClientProblem.Kind;
import java.net.URI;

/** Where the hub is: what the authority says, seen from the authority's own address. */
final class HubAddress {
  private static final String HTTPS = "https";
  private static final String WSS = "wss";

  private HubAddress() {}

  /**
   * An address with {@code wss}.
   *
   * @param hub an address, or a path on the server. Fails with {@code SERVER_UNTRUSTED} for any
   *     other scheme, or none at all
   */
  static URI resolve(URI server, String hub) {
    try {
      URI resolved = server.resolve(hub);
      if (HTTPS.equals(resolved.getScheme())) {
        resolved = URI.create(WSS + resolved.toString().substring(HTTPS.length()));
      }
      if (WSS.equals(resolved.getScheme()) && resolved.getHost() != null) {
        return resolved;
      }
    } catch (IllegalArgumentException e) {
      throw ClientProblem.tampered("the server names no address of the hub");
    }
    throw ClientProblem.of(Kind.SERVER_UNTRUSTED, "the hub's address is not wss");
  }
}
