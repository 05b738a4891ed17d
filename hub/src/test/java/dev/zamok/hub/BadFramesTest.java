package dev.zamok.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.frame.ClientFrame;
import dev.zamok.protocol.frame.ClientFrames;
import dev.zamok.protocol.frame.HubFrame;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Frames that break RFC 6455 or the protocol: the documented close code, and no harm to others. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadFramesTest {
  private final HubFixture fixture = new HubFixture();
  private final RoomId room = fixture.room(1);
  private Bystanders bystanders;

  @BeforeAll
  void begin() throws Exception {
    bystanders = new Bystanders(fixture, room);
  }

  @AfterAll
  void end() throws Exception {
    fixture.close();
  }

  private void closes(int code, byte[] bytes) throws Exception {
    TestClient mallory = fixture.member(666, room);
    mallory.join(room);
    mallory.write(bytes);
    assertThat(mallory.closeCode()).isEqualTo(code);
    bystanders.noticeNothing();
  }

  private static byte[] ping() {
    return ClientFrames.encode(new ClientFrame.Ping(1)).toByteArray();
  }

  @Test
  void anUnmaskedFrameIsRefused() throws Exception {
    byte[] payload = ping();
    byte[] frame = new byte[2 + payload.length];
    frame[0] = (byte) 0x82;
    frame[1] = (byte) payload.length;
    System.arraycopy(payload, 0, frame, 2, payload.length);
    closes(4500, frame);
  }

  @Test
  void aReservedBitIsRefused() throws Exception {
    closes(4500, RawClient.frame(0xC2, ping()));
  }

  @Test
  void aTextFrameIsRefused() throws Exception {
    closes(4505, RawClient.frame(0x81, ping()));
  }

  @Test
  void anUnknownOpcodeIsRefused() throws Exception {
    closes(4500, RawClient.frame(0x83, ping()));
    closes(4500, RawClient.frame(0x8B, ping()));
  }

  @Test
  void aContinuationOfNothingIsRefused() throws Exception {
    closes(4500, RawClient.frame(0x80, ping()));
  }

  @Test
  void aNewMessageWithinAFragmentedOneIsRefused() throws Exception {
    byte[] first = RawClient.frame(0x02, new byte[] {7});
    byte[] second = RawClient.frame(0x82, ping());
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    closes(4500, both);
  }

  @Test
  void aFragmentedControlFrameIsRefused() throws Exception {
    closes(4500, RawClient.frame(0x09, new byte[] {1}));
  }

  @Test
  void aControlFrameOver125BytesIsRefused() throws Exception {
    closes(4500, RawClient.frame(0x89, new byte[126]));
  }

  @Test
  void aLengthThatIsNotTheShortestFormIsRefused() throws Exception {
    closes(4500, new byte[] {(byte) 0x82, (byte) (0x80 | 126), 0, 9, 0, 0, 0, 0});
    closes(4500, new byte[] {(byte) 0x82, (byte) (0x80 | 127), 0, 0, 0, 0, 0, 0, 0, 9, 0, 0, 0, 0});
    closes(
        4500,
        new byte[] {(byte) 0x82, (byte) (0x80 | 127), -1, -1, -1, -1, -1, -1, -1, -1, 0, 0, 0, 0});
  }

  @Test
  void anOversizedFrameIsRefusedByItsHeaderAlone() throws Exception {
    closes(4504, RawClient.frame(0x82, new byte[0], 65_537));
    closes(4504, RawClient.frame(0x82, new byte[0], 1L << 40));
  }

  @Test
  void fragmentsThatAddUpToTooMuchAreRefused() throws Exception {
    byte[] first = RawClient.frame(0x02, new byte[60_000]);
    byte[] second = RawClient.frame(0x80, new byte[0], 5_537);
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    closes(4504, both);
  }

  @Test
  void endlessEmptyFragmentsAreRefused() throws Exception {
    TestClient mallory = fixture.member(666, room);
    mallory.write(RawClient.frame(0x02, new byte[0]));
    for (int i = 0; i < 64; i++) {
      mallory.write(RawClient.frame(0x00, new byte[0]));
    }
    assertThat(mallory.closeCode()).isEqualTo(4500);
    bystanders.noticeNothing();
  }

  @Test
  void aCloseFrameOfOneByteIsRefused() throws Exception {
    closes(4500, RawClient.frame(0x88, new byte[1]));
  }

  @Test
  void aFrameThatCannotBeDecodedIsRefused() throws Exception {
    closes(4500, RawClient.frame(0x82, new byte[0]));
    closes(4500, RawClient.frame(0x82, new byte[] {99}));
    byte[] tooLong = Arrays.copyOf(ping(), ping().length + 1);
    closes(4500, RawClient.frame(0x82, tooLong));
    byte[] tooShort = Arrays.copyOf(ping(), ping().length - 1);
    closes(4500, RawClient.frame(0x82, tooShort));
  }

  @Test
  void aSecondHelloIsRefused() throws Exception {
    ClientFrame hello = new ClientFrame.Hello(fixture.tickets.sign(666, room));
    closes(4500, RawClient.frame(0x82, ClientFrames.encode(hello).toByteArray()));
  }

  @Test
  void anythingBeforeHelloIsRefused() throws Exception {
    List<ClientFrame> early =
        List.of(
            new ClientFrame.Join(List.of(new ClientFrame.Join.Request(room, null, 0))),
            new ClientFrame.Leave(room),
            new ClientFrame.Publish(
                room, new dev.zamok.protocol.MessageId(1, 1), 0, TestClient.bytes("x")),
            new ClientFrame.Signal(room, TestClient.bytes("x")),
            new ClientFrame.Renew(fixture.tickets.sign(666, room)),
            new ClientFrame.Ping(1));
    for (ClientFrame frame : early) {
      TestClient mallory = fixture.connect();
      mallory.send(frame);
      assertThat(mallory.closeCode()).as(frame.toString()).isEqualTo(4500);
    }
    bystanders.noticeNothing();
  }

  @Test
  void aMessageInFragmentsWithAPingBetweenIsTaken() throws Exception {
    TestClient carl = fixture.member(3, room);
    byte[] message = ping();
    carl.write(RawClient.frame(0x02, Arrays.copyOfRange(message, 0, 3)));
    carl.write(RawClient.frame(0x89, new byte[] {5, 6}));
    carl.write(RawClient.frame(0x80, Arrays.copyOfRange(message, 3, message.length)));
    RawClient.Received pong = carl.read();
    assertThat(pong.opcode()).isEqualTo(0xA);
    assertThat(pong.payload()).containsExactly(5, 6);
    assertThat(carl.expect(HubFrame.Pong.class).nonce()).isEqualTo(1);
  }

  @Test
  void aCloseOfTheClientIsAnsweredWithItsCodeAndTheConnectionEnds() throws Exception {
    TestClient carl = fixture.member(3, room);
    carl.write(RawClient.frame(0x88, new byte[] {0x03, (byte) 0xE8}));
    RawClient.Received close = carl.read();
    assertThat(close.opcode()).isEqualTo(8);
    assertThat(close.closeCode()).isEqualTo(1000);
    assertThat(carl.in.read()).isEqualTo(-1);
  }

  @Test
  void theLargestFrameIsTaken() throws Exception {
    RoomId own = fixture.room(2);
    TestClient carl = fixture.member(3, own);
    carl.join(own);
    byte[] most = new byte[dev.zamok.protocol.Entry.BODY_BYTES_MAX];
    carl.send(
        new ClientFrame.Publish(own, new dev.zamok.protocol.MessageId(5, 5), 0, Bytes.wrap(most)));
    assertThat(carl.await(HubFrame.Ack.class).room()).isEqualTo(own);
  }
}
