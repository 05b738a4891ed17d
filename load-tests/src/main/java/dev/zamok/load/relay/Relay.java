package dev.zamok.load.relay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes connections on to one of several servers, in turn, as a load balancer would; a server that
 * refuses is passed over.
 *
 * <p>Each of its ports connects from an address of its own in 127.0.0.0/8. Servers limit what one
 * address may do, and the clients of a test all come from one machine. Linux only.
 *
 * <p>One daemon thread does all.
 */
public final class Relay implements AutoCloseable {
  /** Source addresses are 127.88.x.1 and those after it, x new each time. */
  private static final int SOURCE_SECOND = 88;

  private static final int BACKLOG = 512;
  private static final int SOURCES_MAX = 200;
  private static final int NARROW_BYTES = 8_192;
  private static final Logger LOG = LoggerFactory.getLogger(Relay.class);

  private final Selector selector;
  private final List<InetSocketAddress> targets;
  private final List<Integer> ports = new ArrayList<>();
  private final int receiveBytes;
  private int next;

  /** Wanted by whoever calls, and what the thread made true. */
  private volatile boolean hold;

  private boolean held;

  private Relay(Selector selector, List<InetSocketAddress> targets, int receiveBytes) {
    this.selector = selector;
    this.receiveBytes = receiveBytes;
    this.targets = List.copyOf(targets);
  }

  /**
   * Listens on {@code sources} free ports.
   *
   * @param targets servers on this machine
   */
  public static Relay start(int sources, List<InetSocketAddress> targets) {
    return start(sources, targets, 0);
  }

  /**
   * As {@link #start(int, List)}, with little room between the server and the clients: while it is
   * {@linkplain #hold held}, the server soon notices.
   */
  public static Relay narrow(int sources, List<InetSocketAddress> targets) {
    return start(sources, targets, NARROW_BYTES);
  }

  private static Relay start(int sources, List<InetSocketAddress> targets, int receiveBytes) {
    if (sources < 1 || sources > SOURCES_MAX || targets.isEmpty()) {
      throw new IllegalArgumentException("a relay has 1 to " + SOURCES_MAX + " ports");
    }
    try {
      Relay relay = new Relay(Selector.open(), targets, receiveBytes);
      int third = ThreadLocalRandom.current().nextInt(256);
      for (int i = 1; i <= sources; i++) {
        byte[] source = {127, SOURCE_SECOND, (byte) third, (byte) i};
        relay.listen(InetAddress.getByAddress(source));
      }
      Thread thread = new Thread(relay::run, "load-relay");
      thread.setDaemon(true);
      thread.start();
      return relay;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void listen(InetAddress source) throws IOException {
    ServerSocketChannel listener = ServerSocketChannel.open();
    listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
    listener.configureBlocking(false);
    listener.register(selector, SelectionKey.OP_ACCEPT, source);
    ports.add(((InetSocketAddress) listener.getLocalAddress()).getPort());
  }

  /** One for each source address. */
  public List<Integer> ports() {
    return List.copyOf(ports);
  }

  /** Takes nothing from the servers any more, as clients do that do not read. */
  public void hold() {
    hold = true;
    selector.wakeup();
  }

  /** The end of {@link #hold}. */
  public void release() {
    hold = false;
    selector.wakeup();
  }

  private void run() {
    try {
      while (selector.isOpen()) {
        selector.select();
        holdOrRelease();
        for (SelectionKey key : selector.selectedKeys()) {
          turn(key);
        }
        selector.selectedKeys().clear();
      }
    } catch (ClosedSelectorException e) {
      LOG.debug("relay closed");
    } catch (IOException e) {
      LOG.error("the relay ended", e);
    }
  }

  private void holdOrRelease() {
    if (held != hold) {
      held = hold;
      for (SelectionKey key : selector.keys()) {
        if (key.isValid() && key.attachment() instanceof Link link) {
          link.hold(held);
        }
      }
    }
  }

  private void turn(SelectionKey key) {
    try {
      if (key.attachment() instanceof InetAddress source) {
        SocketChannel client = ((ServerSocketChannel) key.channel()).accept();
        if (client != null) {
          connect(client, source);
        }
      } else if (key.attachment() instanceof Link link) {
        link.turn(key);
      }
    } catch (CancelledKeyException e) {
      LOG.debug("the other side was first");
    } catch (IOException e) {
      LOG.debug("a connection was not accepted", e);
    }
  }

  private void connect(SocketChannel client, InetAddress source) throws IOException {
    client.configureBlocking(false);
    for (int i = 0; i < targets.size(); i++) {
      InetSocketAddress target = targets.get(next++ % targets.size());
      SocketChannel server = SocketChannel.open();
      try {
        if (receiveBytes > 0) {
          server.setOption(StandardSocketOptions.SO_RCVBUF, receiveBytes);
        }
        server.bind(new InetSocketAddress(source, 0));
        // Loopback answers at once: a connection or a refusal, never a wait.
        server.connect(target);
        server.configureBlocking(false);
        Link.open(selector, client, server).hold(held);
        return;
      } catch (IOException e) {
        server.close();
      }
    }
    client.close();
  }

  /** Closes everything. */
  @Override
  public void close() {
    try {
      for (SelectionKey key : new ArrayList<>(selector.keys())) {
        key.channel().close();
      }
      selector.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
