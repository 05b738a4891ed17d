package dev.zamok.load.relay;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Two connections whose bytes go to each other. When one ends, both do. */
final class Link {
  private static final int BUFFER_BYTES = 16_384;
  private static final Logger LOG = LoggerFactory.getLogger(Link.class);

  private final SelectionKey client;
  private final SelectionKey server;

  /** In each direction: what was read and is not written yet, ready to be written. */
  private final ByteBuffer toServer = ByteBuffer.allocate(BUFFER_BYTES).limit(0);

  private final ByteBuffer toClient = ByteBuffer.allocate(BUFFER_BYTES).limit(0);

  private boolean held;

  private Link(SelectionKey client, SelectionKey server) {
    this.client = client;
    this.server = server;
  }

  static Link open(Selector selector, SocketChannel client, SocketChannel server)
      throws IOException {
    client.setOption(StandardSocketOptions.TCP_NODELAY, true);
    server.setOption(StandardSocketOptions.TCP_NODELAY, true);
    SelectionKey one = client.register(selector, SelectionKey.OP_READ);
    SelectionKey other = server.register(selector, SelectionKey.OP_READ);
    Link link = new Link(one, other);
    one.attach(link);
    other.attach(link);
    return link;
  }

  /** Whether to take nothing from the server for now. */
  void hold(boolean on) {
    held = on;
    if (client.isValid() && server.isValid()) {
      interest(server, SelectionKey.OP_READ, !on && !toClient.hasRemaining());
    }
  }

  void turn(SelectionKey ready) {
    try {
      if (ready.isReadable()) {
        move(ready, other(ready), from(ready), true);
      }
      if (ready.isValid() && ready.isWritable()) {
        move(other(ready), ready, from(other(ready)), false);
      }
    } catch (IOException e) {
      close();
    }
  }

  private SelectionKey other(SelectionKey key) {
    return key == client ? server : client;
  }

  private ByteBuffer from(SelectionKey key) {
    return key == client ? toServer : toClient;
  }

  private void move(SelectionKey from, SelectionKey to, ByteBuffer buffer, boolean read)
      throws IOException {
    if (read && !buffer.hasRemaining()) {
      buffer.clear();
      int count = ((SocketChannel) from.channel()).read(buffer);
      buffer.flip();
      if (count < 0) {
        close();
        return;
      }
    }
    ((SocketChannel) to.channel()).write(buffer);
    boolean rest = buffer.hasRemaining();
    interest(from, SelectionKey.OP_READ, !rest && !(held && from == server));
    interest(to, SelectionKey.OP_WRITE, rest);
  }

  private static void interest(SelectionKey key, int op, boolean wanted) {
    key.interestOps(wanted ? key.interestOps() | op : key.interestOps() & ~op);
  }

  private void close() {
    for (SelectionKey key : new SelectionKey[] {client, server}) {
      key.cancel();
      try {
        key.channel().close();
      } catch (IOException e) {
        LOG.debug("it is gone in any case", e);
      }
    }
  }
}
