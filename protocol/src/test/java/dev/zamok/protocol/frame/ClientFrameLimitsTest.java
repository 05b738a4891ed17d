package dev.zamok.protocol.frame;

import static dev.zamok.protocol.frame.Samples.ID;
import static dev.zamok.protocol.frame.Samples.MANAGED;
import static dev.zamok.protocol.frame.Samples.fill;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.Checks;
import dev.zamok.protocol.Entry;
import dev.zamok.protocol.MessageId;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each limit of client frames: at it, and one past it. */
class ClientFrameLimitsTest {
  @Test
  @Checks("P-001")
  void frameOf64KiBIsReadAndOneByteMoreIsNot() {
    ByteWriter frame = new ByteWriter().u8(ClientFrames.PUBLISH);
    frame.bytes(fill(ClientFrames.FRAME_BYTES_MAX - 1));
    refused("P-0(0[2-9]|1[0-9])", frame.toBytes());
    refused("P-001", frame.u8(0).toBytes());
  }

  @Test
  @Checks("P-005")
  void epochOf31BitsPassesAnd32DoNot() {
    ClientFrame frame = new ClientFrame.Publish(MANAGED, ID, Integer.MAX_VALUE, fill(1));
    byte[] bytes = passes(frame).toByteArray();
    bytes[33] = (byte) 0x80;
    refused("P-005", Bytes.wrap(bytes));
    assertThatThrownBy(() -> new ClientFrame.Publish(MANAGED, ID, -1, fill(1)))
        .hasMessageStartingWith("P-005");
  }

  @Test
  @Checks("P-006")
  void roomOfNoKindIsRefusedInEveryFrame() {
    for (int kind : new int[] {0, 3, 0x81, 0xff}) {
      RoomId room = new RoomId((long) kind << 56, 1);
      assertThatThrownBy(() -> new ClientFrame.Leave(room)).hasMessageStartingWith("P-006");
      assertThatThrownBy(() -> new ClientFrame.Signal(room, fill(1)))
          .hasMessageStartingWith("P-006");
      assertThatThrownBy(() -> new ClientFrame.Publish(room, ID, 1, fill(1)))
          .hasMessageStartingWith("P-006");
      assertThatThrownBy(() -> new ClientFrame.Join.Request(room, null, 0))
          .hasMessageStartingWith("P-006");
    }
  }

  @Test
  @Checks("P-007")
  void publicationWithoutAnIdIsRefused() {
    assertThatThrownBy(() -> new ClientFrame.Publish(MANAGED, MessageId.NONE, 1, fill(1)))
        .hasMessageStartingWith("P-007");
  }

  @Test
  @Checks("P-010")
  void ticketHas1To60000Characters() {
    passes(new ClientFrame.Hello("a"));
    passes(new ClientFrame.Renew("a".repeat(60_000)));
    refused("P-010", new ByteWriter().u8(ClientFrames.HELLO).toBytes());
    refused("P-010", text(ClientFrames.TICKET, "a".repeat(60_001)));
  }

  @Test
  @Checks("P-011")
  void ticketIsBase64UrlAndDots() {
    passes(new ClientFrame.Hello("AZaz09-_."));
    for (String odd : List.of(" ", "=", "+", "/", "\n", "\u0000", "\u007f", "@", "[", "`", "{")) {
      refused("P-011", text(ClientFrames.HELLO, "a" + odd));
    }
    refused("P-011", Bytes.fromHex("0161ff"));
    assertThatThrownBy(() -> new ClientFrame.Hello("a\u0141")).hasMessageStartingWith("P-011");
  }

  @Test
  @Checks("P-012")
  void joinNames1To512Rooms() {
    passes(new ClientFrame.Join(Samples.rooms(512)));
    assertThatThrownBy(() -> new ClientFrame.Join(Samples.rooms(513)))
        .hasMessageStartingWith("P-012");
    refused("P-012", Bytes.fromHex("020000"));
    refused("P-012", Bytes.fromHex("020201"));
  }

  @Test
  @Checks("P-013")
  void joinThatNamesARoomTwiceIsRefused() {
    List<ClientFrame.Join.Request> twice = new ArrayList<>(Samples.rooms(2));
    twice.add(new ClientFrame.Join.Request(twice.get(0).room(), Position.of(1, 1), 3));
    assertThatThrownBy(() -> new ClientFrame.Join(twice)).hasMessageStartingWith("P-013");
  }

  @Test
  @Checks("P-014")
  void joinHasNoOtherFlagsAndNoPositionWithoutResume() {
    byte[] bytes = ClientFrames.encode(new ClientFrame.Join(Samples.rooms(1))).toByteArray();
    for (int flags = 2; flags < 256; flags++) {
      byte[] changed = bytes.clone();
      changed[19] = (byte) flags;
      refused("P-014", Bytes.wrap(changed));
    }
    bytes[27] = 1;
    refused("P-014", Bytes.wrap(bytes));
  }

  @Test
  @Checks("P-015")
  void envelopeHas1To65000Bytes() {
    passes(new ClientFrame.Publish(MANAGED, ID, 1, fill(1)));
    Bytes largest = passes(new ClientFrame.Publish(MANAGED, ID, 1, fill(Entry.BODY_BYTES_MAX)));
    refused("P-015", largest.slice(0, 37));
    refused("P-015", new ByteWriter().bytes(largest).u8(0).toBytes());
  }

  @Test
  @Checks("P-016")
  void signalHas1To4096Bytes() {
    passes(new ClientFrame.Signal(MANAGED, fill(1)));
    Bytes largest = passes(new ClientFrame.Signal(MANAGED, fill(ClientFrames.SIGNAL_BYTES_MAX)));
    refused("P-016", largest.slice(0, 17));
    refused("P-016", new ByteWriter().bytes(largest).u8(0).toBytes());
  }

  @Test
  void ticketsDoNotAppearInToString() {
    assertThat(new ClientFrame.Hello("top.secret.ticket").toString()).doesNotContain("secret");
    assertThat(new ClientFrame.Renew("top.secret.ticket").toString()).doesNotContain("secret");
    assertThat(new ClientFrame.Publish(MANAGED, ID, 1, Bytes.fromHex("5ec2e7")).toString())
        .doesNotContain("5ec2e7");
  }

  private static Bytes passes(ClientFrame frame) {
    Bytes bytes = ClientFrames.encode(frame);
    assertThat(bytes.size()).isLessThanOrEqualTo(ClientFrames.FRAME_BYTES_MAX);
    assertThat(ClientFrames.decode(bytes)).isEqualTo(frame);
    return bytes;
  }

  private static void refused(String check, Bytes frame) {
    assertThatThrownBy(() -> ClientFrames.decode(frame)).hasMessageMatching(check + " .*");
  }

  private static Bytes text(int type, String text) {
    ByteWriter out = new ByteWriter().u8(type);
    text.chars().forEach(out::u8);
    return out.toBytes();
  }
}
