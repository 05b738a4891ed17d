package dev.zamok.load.faults.tap;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Two connections whose frames go to each other. When one ends, both do. */
final class Wire {
  private static final Logger LOG = LoggerFactory.getLogger(Wire.class);
  private static final int BUFFER_BYTES = 16_384;
  private static final Set<String> ANSWERED_BY_PUSH = Set.of("SSUBSCRIBE", "SUNSUBSCRIBE");

  private final Socket client;
  private final Socket server;
  private final Tap tap;
  private final Queue<Frame> asked = new ConcurrentLinkedQueue<>();

  Wire(Socket client, Socket server, Tap tap) {
    this.client = client;
    this.server = server;
    this.tap = tap;
  }

  /** Moves something until it ends. */
  interface Pump {
    void run() throws IOException, InterruptedException;
  }

  void run(Pump pump, Runnable end) {
    try {
      pump.run();
    } catch (IOException e) {
      LOG.debug("a connection ended", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      end.run();
    }
  }

  void copy(Socket from, Socket to, Valve valve) throws IOException, InterruptedException {
    byte[] buffer = new byte[BUFFER_BYTES];
    int count;
    while ((count = from.getInputStream().read(buffer)) >= 0) {
      valve.pass();
      to.getOutputStream().write(buffer, 0, count);
    }
  }

  void requests(Valve valve) throws IOException, InterruptedException {
    InputStream in = new BufferedInputStream(client.getInputStream());
    Frame before = Frame.NONE;
    Frame frame;
    while ((frame = Frame.read(in)) != null) {
      valve.pass();
      Optional<Frame> on = tap.script().request(before, frame);
      before = frame;
      if (on.isPresent()) {
        if (!ANSWERED_BY_PUSH.contains(on.get().command())) {
          asked.add(on.get());
        }
        server.getOutputStream().write(on.get().bytes());
      }
    }
  }

  void answers(Valve valve) throws IOException, InterruptedException {
    InputStream in = new BufferedInputStream(server.getInputStream());
    Frame frame;
    while ((frame = Frame.read(in)) != null) {
      valve.pass();
      Optional<Frame> on = frame.raw().startsWith(">") ? push(frame) : answer(frame);
      if (on.isPresent()) {
        client.getOutputStream().write(on.get().bytes());
      }
    }
  }

  private Optional<Frame> push(Frame frame) {
    return tap.script().push(frame);
  }

  private Optional<Frame> answer(Frame frame) {
    Frame request = asked.poll();
    // Without a request: a push of the older protocol.
    return request == null ? push(frame) : tap.script().answer(request, frame);
  }

  void close() {
    for (Socket socket : new Socket[] {client, server}) {
      try {
        socket.close();
      } catch (IOException e) {
        LOG.debug("it is gone in any case", e);
      }
    }
  }
}
