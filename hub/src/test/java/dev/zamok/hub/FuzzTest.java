package dev.zamok.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.hub.endpoint.EndpointConfig;
import dev.zamok.hub.metrics.Counter;
import dev.zamok.protocol.MessageId;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.frame.ClientFrame;
import dev.zamok.protocol.frame.ClientFrames;
import dev.zamok.protocol.frame.CloseCode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Random and mutated frames: they end in a documented close, or change nothing. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FuzzTest {
  private static final int CONNECTIONS = 400;

  private final HubFixture fixture =
      new HubFixture(config -> config.withEndpoint(EndpointConfig.of("127.0.0.1", 0, null)));
  private final RoomId room = fixture.room(1);
  private final RoomId other = fixture.room(2);

  @AfterAll
  void end() throws Exception {
    fixture.close();
  }

  @Test
  void mutatedFramesOnlyEverEndInADocumentedClose() throws Exception {
    List<byte[]> corpus = corpus();
    for (long seed = 1; seed <= CONNECTIONS; seed++) {
      try {
        attack(new Random(seed), corpus);
      } catch (AssertionError | RuntimeException | IOException e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
    assertThat(fixture.hub.metrics().value(Counter.BUGS)).isZero();
    assertThat(fixture.hub.metrics().closes(CloseCode.INTERNAL)).isZero();
    assertThat(fixture.hub.metrics().closes(CloseCode.PROTOCOL)).isPositive();
    HubFixture.until(
        () ->
            fixture.hub.metrics().value(Counter.CONNECTIONS_OPENED)
                == fixture.hub.metrics().value(Counter.CONNECTIONS_CLOSED));
  }

  private void attack(Random random, List<byte[]> corpus) throws IOException {
    try (RawClient client = RawClient.plain(fixture.hub.port())) {
      client.write(RawClient.upgrade("/hub"));
      assertThat(client.readHead()).startsWith("HTTP/1.1 101");
      boolean admitted = random.nextInt(4) > 0;
      if (admitted) {
        client.write(RawClient.frame(0x82, corpus.get(0)));
      }
      try {
        int frames = 1 + random.nextInt(8);
        for (int i = 0; i < frames; i++) {
          client.write(frame(random, corpus));
        }
        client.write(RawClient.frame(0x88, new byte[] {0x03, (byte) 0xE8}));
        client.endOutput();
      } catch (IOException e) {
        // it was closed while we wrote
      }
      expectEnd(client);
    }
  }

  private static byte[] frame(Random random, List<byte[]> corpus) {
    byte[] message = corpus.get(random.nextInt(corpus.size())).clone();
    switch (random.nextInt(5)) {
      case 0 -> {
        for (int i = 0; i <= random.nextInt(3); i++) {
          message[random.nextInt(message.length)] ^= (byte) (1 << random.nextInt(8));
        }
      }
      case 1 -> message = Arrays.copyOf(message, random.nextInt(message.length + 20));
      case 2 -> random.nextBytes(message);
      default -> {
        // as it is
      }
    }
    int first = random.nextInt(6) == 0 ? random.nextInt(256) : 0x82;
    byte[] frame = RawClient.frame(first, message);
    if (random.nextInt(8) == 0) {
      frame[random.nextInt(Math.min(frame.length, 14))] ^= (byte) (1 << random.nextInt(8));
    }
    return frame;
  }

  /**
   * The echo of our own close, a documented code, or, when it waits for more of us, just an end.
   */
  private static void expectEnd(RawClient client) throws IOException {
    try {
      RawClient.Received received = client.read();
      while (received.opcode() != 8) {
        received = client.read();
      }
      int code = received.payload().length == 0 ? 1005 : received.closeCode();
      boolean ours = CloseCode.of(code).isPresent();
      // flipped bits may have made another close of ours, which is echoed
      assertThat(ours || code < 4000 || code > 4999).as("close code " + code).isTrue();
    } catch (java.io.EOFException | java.net.SocketException e) {
      // cut off, as we did ourselves
    }
  }

  private List<byte[]> corpus() {
    List<ClientFrame> frames = new ArrayList<>();
    frames.add(new ClientFrame.Hello(fixture.tickets.sign(1, room, other)));
    frames.add(
        new ClientFrame.Join(
            List.of(
                new ClientFrame.Join.Request(room, null, 0),
                new ClientFrame.Join.Request(other, Position.of(1, 1), 3))));
    frames.add(new ClientFrame.Leave(room));
    frames.add(new ClientFrame.Publish(room, new MessageId(1, 1), 0, TestClient.bytes("hello")));
    frames.add(new ClientFrame.Signal(room, TestClient.bytes("typing")));
    frames.add(new ClientFrame.Renew(fixture.tickets.sign(1, room, other)));
    frames.add(new ClientFrame.Ping(77));
    return frames.stream().map(frame -> ClientFrames.encode(frame).toByteArray()).toList();
  }
}
