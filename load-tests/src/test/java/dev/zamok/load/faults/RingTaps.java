package dev.zamok.load.faults;

import dev.zamok.cluster.cassandra.CassandraSettings;
import dev.zamok.load.faults.tap.Tap;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** The ways by which Cassandra nodes reach each other: one to each node, over another address. */
final class RingTaps implements AutoCloseable {
  private static final String NODES = "127.0.0.";
  private static final String TAPS = "127.0.1.";

  private final List<Tap> taps = new ArrayList<>();

  /** In the order of the nodes. */
  RingTaps(List<CassandraSettings> nodes) {
    for (CassandraSettings node : nodes) {
      int port = node.ports().storage();
      taps.add(
          Tap.bytes(
              new InetSocketAddress(announced(node.address()), port),
              new InetSocketAddress(node.address(), port)));
    }
  }

  /** The address to announce for a node that listens there. */
  static String announced(String address) {
    return address.replace(NODES, TAPS);
  }

  Tap to(int node) {
    return taps.get(node);
  }

  @Override
  public void close() {
    taps.forEach(Tap::close);
  }
}
