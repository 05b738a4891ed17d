package dev.zamok.cluster.redis;

/** Where a server listens. */
public record HostPort(String host, int port) {
  public HostPort {
    if (host.isEmpty() || port < 1 || port > 65_535) {
      throw new IllegalArgumentException("no address: " + host + ":" + port);
    }
  }

  public static HostPort loopback(int port) {
    return new HostPort("127.0.0.1", port);
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
