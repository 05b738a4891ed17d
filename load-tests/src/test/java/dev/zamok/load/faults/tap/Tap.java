package dev.zamok.load.faults.tap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A port that leads to one server of this machine. Nobody notices it until it is told to do
 * something: to hold one direction, as a network does that drops packets and brings them in the end
 * where somebody goes on trying; to cut all connections; to follow a {@link Script}.
 *
 * <p>Thread-safe. Daemon threads: one that accepts, two a connection.
 */
public final class Tap implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Tap.class);
  private static final int BACKLOG = 256;

  private final ServerSocket listener;
  private final InetSocketAddress target;
  private final boolean reads;
  private final Valve toServer = new Valve();
  private final Valve toClient = new Valve();
  private final Set<Wire> wires = ConcurrentHashMap.newKeySet();
  private volatile Script script = Script.NOTHING;

  private Tap(ServerSocket listener, InetSocketAddress target, boolean reads) {
    this.listener = listener;
    this.target = target;
    this.reads = reads;
  }

  /** To a Redis server or a sentinel, whose frames it reads. */
  public static Tap redis(int port) {
    return open(port, true);
  }

  /** To any server; scripts see nothing. */
  public static Tap bytes(int port) {
    return open(port, false);
  }

  /** At a port of its own on an address of this machine. */
  public static Tap bytes(InetSocketAddress at, InetSocketAddress target) {
    return open(at, target, false);
  }

  private static Tap open(int port, boolean reads) {
    InetAddress here = InetAddress.getLoopbackAddress();
    return open(new InetSocketAddress(here, 0), new InetSocketAddress(here, port), reads);
  }

  private static Tap open(InetSocketAddress at, InetSocketAddress target, boolean reads) {
    try {
      ServerSocket listener = new ServerSocket(at.getPort(), BACKLOG, at.getAddress());
      Tap tap = new Tap(listener, target, reads);
      start("tap-" + target.getPort(), tap::accept);
      return tap;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** From the next frame on. */
  public void follow(Script next) {
    script = next;
  }

  Script script() {
    return script;
  }

  /** Nothing reaches the server any more, on old and new connections, until {@link #release}. */
  public void holdToServer() {
    toServer.close();
  }

  /** Nothing comes from the server any more, until {@link #release}. */
  public void holdToClient() {
    toClient.close();
  }

  /** What was held goes on, whether or not anybody still waits for it. */
  public void release() {
    toServer.open();
    toClient.open();
  }

  /** Ends all connections; new ones are taken. */
  public void cut() {
    wires.forEach(Wire::close);
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        take(listener.accept());
      } catch (IOException e) {
        LOG.debug("no connection", e);
      }
    }
  }

  private void take(Socket client) throws IOException {
    Socket server = new Socket();
    try {
      server.connect(target);
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
    } catch (IOException e) {
      client.close();
      server.close();
      throw e;
    }
    Wire wire = new Wire(client, server, this);
    wires.add(wire);
    Runnable end =
        () -> {
          wire.close();
          wires.remove(wire);
        };
    if (reads) {
      start("tap-requests", () -> wire.run(() -> wire.requests(toServer), end));
      start("tap-answers", () -> wire.run(() -> wire.answers(toClient), end));
    } else {
      start("tap-to-server", () -> wire.run(() -> wire.copy(client, server, toServer), end));
      start("tap-to-client", () -> wire.run(() -> wire.copy(server, client, toClient), end));
    }
  }

  private static void start(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    cut();
    release();
  }
}
