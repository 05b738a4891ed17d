package dev.zamok.hub;

import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.Entry;
import dev.zamok.protocol.MessageId;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.frame.ClientFrame;
import dev.zamok.protocol.frame.ClientFrames;
import dev.zamok.protocol.frame.HubFrame;
import dev.zamok.protocol.frame.HubFrames;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A client that has upgraded and speaks {@code zamok.v1}. Blocking. */
public final class TestClient extends RawClient {
  public TestClient(int port) throws IOException {
    super(port);
    write(upgrade("/hub"));
    String head = readHead();
    if (!head.startsWith("HTTP/1.1 101 ")) {
      throw new IOException(head);
    }
  }

  /** Connected and admitted. */
  public static TestClient admitted(int port, String ticket) throws IOException {
    TestClient client = new TestClient(port);
    client.send(new ClientFrame.Hello(ticket));
    client.expect(HubFrame.Welcome.class);
    return client;
  }

  public void send(ClientFrame frame) throws IOException {
    write(frame(0x82, ClientFrames.encode(frame).toByteArray()));
  }

  public HubFrame next() throws IOException {
    Received received = read();
    if (received.opcode() == 8) {
      throw new IOException("closed with " + received.closeCode());
    }
    if (received.opcode() != 2) {
      throw new IOException("opcode " + received.opcode());
    }
    return HubFrames.decode(Bytes.wrap(received.payload()));
  }

  public <T extends HubFrame> T expect(Class<T> type) throws IOException {
    HubFrame frame = next();
    if (!type.isInstance(frame)) {
      throw new AssertionError("expected " + type.getSimpleName() + ", got " + frame);
    }
    return type.cast(frame);
  }

  /** Skips what comes before it. */
  public <T extends HubFrame> T await(Class<T> type) throws IOException {
    while (true) {
      HubFrame frame = next();
      if (type.isInstance(frame)) {
        return type.cast(frame);
      }
    }
  }

  /** The code of the close frame, whatever comes before it. */
  public int closeCode() throws IOException {
    while (true) {
      Received received = read();
      if (received.opcode() == 8) {
        return received.closeCode();
      }
    }
  }

  public HubFrame.Joined join(RoomId room) throws IOException {
    return join(room, null, 0);
  }

  public HubFrame.Joined join(RoomId room, @Nullable Position after, int epochKnown)
      throws IOException {
    send(new ClientFrame.Join(List.of(new ClientFrame.Join.Request(room, after, epochKnown))));
    return expect(HubFrame.Joined.class);
  }

  public void publish(RoomId room, long id, String text) throws IOException {
    send(new ClientFrame.Publish(room, new MessageId(7, id), 0, bytes(text)));
  }

  public Entry entry() throws IOException {
    return expect(HubFrame.Entry.class).entry();
  }

  /** The text of the next entry. */
  public String text() throws IOException {
    return new String(
        await(HubFrame.Entry.class).entry().body().toByteArray(), StandardCharsets.UTF_8);
  }

  /** Comes back in its turn: what was to be sent before has been sent. */
  public void ping() throws IOException {
    send(new ClientFrame.Ping(42));
    expect(HubFrame.Pong.class);
  }

  public static Bytes bytes(String text) {
    return Bytes.wrap(text.getBytes(StandardCharsets.UTF_8));
  }
}
