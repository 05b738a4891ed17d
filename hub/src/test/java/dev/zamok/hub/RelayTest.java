package dev.zamok.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.hub.endpoint.EndpointConfig;
import dev.zamok.hub.endpoint.Route;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Requests for other paths, passed on to a route. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RelayTest {
  private static final byte[] PROXY_V2 = {
    0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A
  };

  private final ServerSocket wide = listen();
  private final ServerSocket narrow = listen();

  /** Holds a port at which nobody listens: a closed one might be somebody else's soon. */
  private final Socket gone = bound();

  private final HubFixture fixture =
      new HubFixture(
          config ->
              config.withEndpoint(
                  EndpointConfig.of("127.0.0.1", 0, TestTls.get())
                      .withRoutes(
                          List.of(
                              new Route("/app/", address(wide)),
                              new Route("/app/deep/", address(narrow)),
                              new Route(
                                  "/gone",
                                  new InetSocketAddress(
                                      InetAddress.getLoopbackAddress(), gone.getLocalPort()))))));

  private static ServerSocket listen() {
    try {
      ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
      socket.setSoTimeout(RawClient.TIMEOUT_MILLIS);
      return socket;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Socket bound() {
    try {
      Socket socket = new Socket();
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      return socket;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static InetSocketAddress address(ServerSocket socket) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), socket.getLocalPort());
  }

  @AfterAll
  void end() throws Exception {
    fixture.close();
    wide.close();
    narrow.close();
    gone.close();
  }

  /** Takes one relayed connection and reads its PROXY header; yields the port of the client. */
  private static int proxyHeader(DataInputStream in) throws IOException {
    assertThat(in.readNBytes(12)).isEqualTo(PROXY_V2);
    assertThat(in.readUnsignedByte()).isEqualTo(0x21); // version 2, PROXY
    assertThat(in.readUnsignedByte()).isEqualTo(0x11); // TCP over IPv4
    assertThat(in.readUnsignedShort()).isEqualTo(12);
    assertThat(in.readNBytes(4)).containsExactly(127, 0, 0, 1);
    assertThat(in.readNBytes(4)).containsExactly(127, 0, 0, 1);
    int port = in.readUnsignedShort();
    in.readUnsignedShort();
    return port;
  }

  @Test
  void bytesPassBothWaysAsTheyAreBehindTheClientsAddress() throws Exception {
    String request = "POST /app/x?y=1 HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhello";
    try (RawClient client = new RawClient(fixture.hub.port())) {
      client.write(request);
      try (Socket upstream = wide.accept()) {
        DataInputStream in = new DataInputStream(upstream.getInputStream());
        assertThat(proxyHeader(in)).isEqualTo(client.socket.getLocalPort());
        assertThat(new String(in.readNBytes(request.length()), StandardCharsets.US_ASCII))
            .isEqualTo(request);
        upstream.getOutputStream().write("HTTP/1.1 204 No Content\r\n\r\n".getBytes());
        assertThat(client.readHead()).isEqualTo("HTTP/1.1 204 No Content\r\n\r\n");
        client.write("\0\1 anything, for it is a tunnel now");
        assertThat(in.readNBytes(8)).startsWith(0, 1);
      }
      assertThat(client.in.read()).isEqualTo(-1);
    }
  }

  @Test
  void theEndOfTheClientReachesTheRoute() throws Exception {
    RawClient client = new RawClient(fixture.hub.port());
    client.write("GET /app/ HTTP/1.1\r\nHost: h\r\n\r\n");
    try (Socket upstream = wide.accept()) {
      upstream.setSoTimeout(RawClient.TIMEOUT_MILLIS);
      DataInputStream in = new DataInputStream(upstream.getInputStream());
      proxyHeader(in);
      client.close();
      in.readAllBytes();
    }
  }

  @Test
  void theLongestPrefixWins() throws Exception {
    try (RawClient client = new RawClient(fixture.hub.port())) {
      client.write("GET /app/deep/x HTTP/1.1\r\nHost: h\r\n\r\n");
      narrow.accept().close();
    }
  }

  @Test
  void noRouteIsNotFoundAndADeadOneUnavailable() throws Exception {
    try (RawClient client = new RawClient(fixture.hub.port())) {
      assertThat(client.statusOf("GET /other HTTP/1.1\r\nHost: h\r\n\r\n")).isEqualTo(404);
      client.readBody("\r\ncontent-length: 14\r\n");
      assertThat(client.in.read()).isEqualTo(-1);
    }
    try (RawClient client = new RawClient(fixture.hub.port())) {
      assertThat(client.statusOf("GET /gone HTTP/1.1\r\nHost: h\r\n\r\n")).isEqualTo(503);
    }
  }

  @Test
  void aClientThatDoesNotReadHoldsTheRouteBackInsteadOfFillingMemory() throws Exception {
    long total = 64L << 20;
    AtomicLong written = new AtomicLong();
    BlockingQueue<String> outcome = new LinkedBlockingQueue<>();
    try (RawClient client = new RawClient(fixture.hub.port())) {
      client.write("GET /app/big HTTP/1.1\r\nHost: h\r\n\r\n");
      Socket upstream = wide.accept();
      Thread writer =
          new Thread(
              () -> {
                // what is not read resets the connection at its end
                try (upstream) {
                  DataInputStream in = new DataInputStream(upstream.getInputStream());
                  proxyHeader(in);
                  byte[] chunk = new byte[65_536];
                  while (written.get() < total) {
                    upstream.getOutputStream().write(chunk);
                    written.addAndGet(chunk.length);
                  }
                  upstream.shutdownOutput();
                  in.readAllBytes();
                  outcome.add("all written");
                } catch (IOException e) {
                  outcome.add(e.toString());
                }
              });
      writer.start();
      // until it writes no more: on a slow machine perhaps too early, which is no harm
      long before = -1;
      while (written.get() != before) {
        before = written.get();
        TimeUnit.MILLISECONDS.sleep(300);
      }
      assertThat(written.get()).isLessThan(total / 2);
      byte[] buffer = new byte[65_536];
      long got = 0;
      while (got < total) {
        int some = client.in.read(buffer);
        assertThat(some).isPositive();
        got += some;
      }
      assertThat(outcome.poll(30, TimeUnit.SECONDS)).isEqualTo("all written");
      writer.join();
    }
  }
}
