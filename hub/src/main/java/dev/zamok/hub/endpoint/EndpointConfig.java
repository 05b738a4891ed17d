package dev.zamok.hub.endpoint;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The public port.
 *
 * @param host an address of this machine, as a literal; {@code 0.0.0.0} or {@code ::} for all
 * @param port 0 takes a free one
 * @param tls null to speak in the clear, on loopback addresses only
 * @param origins browsers may connect from these alone, compared as they are ({@code
 *     https://example.org}); clients that send no {@code Origin} are not browsers and always may
 * @param routes for all paths but {@value #PATH}
 */
public record EndpointConfig(
    String host,
    int port,
    @Nullable Tls tls,
    Set<String> origins,
    List<Route> routes,
    @Nullable FrameTap tap) {
  /** Where the hub takes WebSockets. */
  public static final String PATH = "/hub";

  /** The subprotocol; clients must ask for it. */
  public static final String SUBPROTOCOL = "zamok.v1";

  public EndpointConfig {
    origins = Set.copyOf(origins);
    routes = List.copyOf(routes);
  }

  /** No browser, no routes, no tap. */
  public static EndpointConfig of(String host, int port, @Nullable Tls tls) {
    return new EndpointConfig(host, port, tls, Set.of(), List.of(), null);
  }

  public EndpointConfig withOrigins(Set<String> other) {
    return new EndpointConfig(host, port, tls, other, routes, tap);
  }

  public EndpointConfig withRoutes(List<Route> other) {
    return new EndpointConfig(host, port, tls, origins, other, tap);
  }

  public EndpointConfig withTap(FrameTap other) {
    return new EndpointConfig(host, port, tls, origins, routes, other);
  }

  /** What is wrong, with the name of each value; empty when nothing is. */
  public List<String> problems() {
    List<String> found = new ArrayList<>();
    if (port < 0 || port > 65_535) {
      found.add("endpoint.port must be 0 to 65535, not " + port);
    }
    if (!host.matches("[0-9a-fA-F.:]+")) {
      found.add("endpoint.host must be an address, not a name");
    } else if (tls == null && !isLoopback(host)) {
      found.add("endpoint.tls is missing: only a loopback address may be served in the clear");
    }
    for (String origin : origins) {
      if (!origin.matches("https?://[^/?#\\s]+")) {
        found.add("endpoint.origins must be like https://example.org, not " + origin);
      }
    }
    for (Route route : routes) {
      if (!route.prefix().startsWith("/")) {
        found.add("endpoint.routes must start with a slash: " + route.prefix());
      }
      if (route.prefix().equals(PATH)) {
        found.add("endpoint.routes must not be the hub's own path");
      }
      if (route.target().isUnresolved()) {
        found.add("endpoint.routes must have addresses, not names: " + route.target());
      }
    }
    return found;
  }

  private static boolean isLoopback(String literal) {
    try {
      return InetAddress.getByName(literal).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
