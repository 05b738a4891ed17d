package dev.zamok.cluster.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports for servers that must know theirs beforehand: there is no way to hand over a bound socket.
 * They lie below those that systems give to connections and to servers without a port of their own,
 * so nothing takes them by chance; only another program that wants that very port may.
 */
public final class FreePorts {
  private static final int LOWEST = 10_000;

  /** Linux gives out ports from here on, others from higher up. */
  private static final int END = 32_768;

  private static final int TRIES_MAX = 1_000;

  private FreePorts() {}

  /** Distinct ports of the loopback address, free a moment ago. */
  public static List<Integer> find(int count) {
    List<ServerSocket> open = new ArrayList<>();
    try {
      for (int tries = 0; open.size() < count; tries++) {
        if (tries == TRIES_MAX) {
          throw new IllegalStateException("no " + count + " ports are free");
        }
        bind(ThreadLocalRandom.current().nextInt(LOWEST, END)).ifPresent(open::add);
      }
      return open.stream().map(ServerSocket::getLocalPort).toList();
    } finally {
      open.forEach(FreePorts::close);
    }
  }

  private static Optional<ServerSocket> bind(int port) {
    try {
      return Optional.of(new ServerSocket(port, 1, InetAddress.getLoopbackAddress()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static void close(ServerSocket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
