package dev.zamok.load.traffic;

import java.net.URI;
import java.util.List;

/**
 * What traffic there is to be.
 *
 * @param servers authorities, {@code https://host:port}, used in turn
 * @param fingerprint SHA-256 of the certificate that all servers show
 * @param clients each an account of its own, at most 2,000
 * @param roomsPerClient how many of the rooms each is in
 * @param perSecond messages of all clients together
 * @param seed of who says something where
 */
public record Plan(
    List<URI> servers,
    String fingerprint,
    int rooms,
    int clients,
    int roomsPerClient,
    int perSecond,
    long seed) {
  private static final int CLIENTS_MAX = 2_000;

  public Plan {
    servers = List.copyOf(servers);
    if (servers.isEmpty()
        || rooms < 1
        || clients < 2
        || clients > CLIENTS_MAX
        || roomsPerClient < 1
        || roomsPerClient > rooms
        || perSecond < 1) {
      throw new IllegalArgumentException("no such traffic");
    }
  }
}
