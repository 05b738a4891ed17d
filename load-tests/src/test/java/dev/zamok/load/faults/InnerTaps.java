package dev.zamok.load.faults;

import dev.zamok.cluster.redis.HostPort;
import dev.zamok.load.faults.tap.Tap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The ways by which Redis servers and sentinels reach each other: one to each server. */
final class InnerTaps implements AutoCloseable {
  private final Map<HostPort, Tap> taps = new ConcurrentHashMap<>();

  /** The address to announce for a server that listens there. */
  HostPort announced(HostPort at) {
    return HostPort.loopback(to(at).port());
  }

  Tap to(HostPort at) {
    return taps.computeIfAbsent(at, server -> Tap.bytes(server.port()));
  }

  @Override
  public void close() {
    taps.values().forEach(Tap::close);
  }
}
