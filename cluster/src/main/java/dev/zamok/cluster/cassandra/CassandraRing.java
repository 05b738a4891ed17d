package dev.zamok.cluster.cassandra;

import dev.zamok.cluster.process.FreePorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Nodes 127.0.0.1, .2, … of one ring on this machine, each with an equal part of the tokens; the
 * first is the seed. Threads: one at a time; calls block.
 */
public final class CassandraRing implements AutoCloseable {
  public static final int NODES_MAX = 9;

  private static final int PORT_TRIES = 20;

  private final List<CassandraNode> nodes = new ArrayList<>();

  private CassandraRing() {}

  /**
   * Starts all, on free ports, and waits until all serve clients and know each other; after a
   * failure none is left.
   */
  public static CassandraRing start(Path directory, int count, CassandraSettings.Engine engine) {
    return start(settings(directory, count, freePorts(count), engine));
  }

  /**
   * As {@link #start(Path, int, CassandraSettings.Engine)}, nodes of these settings, a seed first.
   */
  public static CassandraRing start(List<CassandraSettings> all) {
    CassandraRing ring = new CassandraRing();
    try {
      // One after the other: two that join at once may not see each other's tokens.
      for (CassandraSettings settings : all) {
        CassandraNode node = CassandraNode.start(settings);
        ring.nodes.add(node);
        node.awaitReady();
      }
      ring.nodes.forEach(node -> node.awaitPeers(all.size() - 1));
      return ring;
    } catch (RuntimeException e) {
      ring.close();
      throw e;
    }
  }

  /** Of {@code count} nodes on the addresses 127.0.0.1 and following. */
  public static List<CassandraSettings> settings(
      Path directory, int count, CassandraSettings.Ports ports, CassandraSettings.Engine engine) {
    List<CassandraSettings> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(
          new CassandraSettings(
              "zamok",
              address(i),
              address(i),
              ports,
              CassandraSettings.token(i, count),
              List.of(address(0) + ":" + ports.storage()),
              directory.resolve("node" + (i + 1)),
              engine));
    }
    return all;
  }

  private static String address(int index) {
    if (index < 0 || index >= NODES_MAX) {
      throw new IllegalArgumentException("node " + index);
    }
    return "127.0.0." + (index + 1);
  }

  /** Two ports that are free on the addresses of {@code count} nodes, a moment ago. */
  public static CassandraSettings.Ports freePorts(int count) {
    for (int i = 0; i < PORT_TRIES; i++) {
      List<Integer> ports = FreePorts.find(2);
      if (isFree(ports.get(0), count) && isFree(ports.get(1), count)) {
        return new CassandraSettings.Ports(ports.get(0), ports.get(1));
      }
    }
    throw new IllegalStateException("no port is free on all of " + count + " addresses");
  }

  private static boolean isFree(int port, int count) {
    for (int i = 0; i < count; i++) {
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName(address(i)))) {
        socket.getLocalPort();
      } catch (IOException e) {
        return false;
      }
    }
    return true;
  }

  public CassandraNode node(int index) {
    return nodes.get(index);
  }

  public int size() {
    return nodes.size();
  }

  /** Where clients may begin. */
  public List<InetSocketAddress> contactPoints() {
    return nodes.stream().map(CassandraNode::cql).toList();
  }

  @Override
  public void close() {
    nodes.forEach(CassandraNode::close);
  }
}
