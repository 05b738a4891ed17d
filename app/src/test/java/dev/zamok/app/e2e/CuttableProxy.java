package dev.zamok.app.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A TCP proxy on loopback whose connections a test can cut, as a bad network does. */
final class CuttableProxy implements AutoCloseable {
  private final ServerSocket listener;
  private final int target;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private boolean down;

  private CuttableProxy(ServerSocket listener, int target) {
    this.listener = listener;
    this.target = target;
  }

  static CuttableProxy to(int target) throws IOException {
    ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    CuttableProxy proxy = new CuttableProxy(listener, target);
    proxy.run("proxy-accept", proxy::accept);
    return proxy;
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Cuts every connection, and every new one until {@link #mend}. */
  synchronized void cut() {
    down = true;
    open.forEach(CuttableProxy::closeQuietly);
    open.clear();
  }

  synchronized void mend() {
    down = false;
  }

  @Override
  public void close() throws IOException {
    listener.close();
    cut();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket from = listener.accept();
        connect(from);
      } catch (IOException e) {
        // The listener was closed, or the server is not there: the client will notice.
        continue;
      }
    }
  }

  private synchronized void connect(Socket from) throws IOException {
    if (down) {
      closeQuietly(from);
      return;
    }
    Socket to;
    try {
      to = new Socket(InetAddress.getLoopbackAddress(), target);
    } catch (IOException e) {
      closeQuietly(from);
      throw e;
    }
    open.add(from);
    open.add(to);
    run("proxy-up", () -> pump(from, to));
    run("proxy-down", () -> pump(to, from));
  }

  private void pump(Socket from, Socket to) {
    byte[] buffer = new byte[16 << 10];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        out.write(buffer, 0, n);
      }
    } catch (IOException e) {
      // Cut, or one side has closed: the other follows.
      return;
    } finally {
      open.remove(from);
      open.remove(to);
    }
  }

  private void run(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }

  private static void closeQuietly(Socket socket) {
    try {
      // A reset, not an orderly end.
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException e) {
      return;
    }
  }
}
