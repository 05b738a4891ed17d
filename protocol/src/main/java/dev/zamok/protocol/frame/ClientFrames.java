package dev.zamok.protocol.frame;

import dev.zamok.protocol.ByteReader;
import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.MessageId;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.ticket.Tickets;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The codec of {@link ClientFrame}; one WebSocket message is one frame.
 *
 * <pre>
 * HELLO    01 | ticket ASCII ...
 * JOIN     02 | count u16 | count x ( room 16 | flags u8 | resumeAfter u64 | epochKnown u32 )
 *               flags 0: live only, resumeAfter is 0; 1: resume
 * LEAVE    03 | room 16
 * PUBLISH  04 | room 16 | id 16 | epoch u32 | envelope ...
 * SIGNAL   05 | room 16 | envelope ...
 * TICKET   06 | ticket ASCII ...
 * PING     07 | nonce u64
 * </pre>
 *
 * Decoding fails with {@link MalformedException}, whose text starts with the number of the check in
 * {@code PROTOCOL.md} ({@code P-001} to {@code P-016}); encoding what was decoded gives the same
 * bytes.
 */
public final class ClientFrames {
  /** The most that one client frame may take. */
  public static final int FRAME_BYTES_MAX = 65_536;

  /** What 512 rooms take in a ticket, and room to spare. */
  public static final int TICKET_CHARACTERS_MAX = Tickets.CHARACTERS_MAX;

  public static final int SIGNAL_BYTES_MAX = 4_096;

  static final int HELLO = 1;
  static final int JOIN = 2;
  static final int LEAVE = 3;
  static final int PUBLISH = 4;
  static final int SIGNAL = 5;
  static final int TICKET = 6;
  static final int PING = 7;

  private static final int RESUME = 1;

  private static final Encoder ENCODER = new Encoder();

  private ClientFrames() {}

  public static ClientFrame decode(Bytes frame) {
    if (frame.size() > FRAME_BYTES_MAX) {
      throw new MalformedException("P-001 frame of " + frame.size() + " bytes");
    }
    ByteReader in = frame.reader();
    ClientFrame decoded =
        switch (in.u8()) {
          case HELLO -> new ClientFrame.Hello(ticket(in));
          case JOIN -> join(in);
          case LEAVE -> new ClientFrame.Leave(RoomId.read(in));
          case PUBLISH ->
              new ClientFrame.Publish(RoomId.read(in), MessageId.read(in), in.u32(), in.rest());
          case SIGNAL -> new ClientFrame.Signal(RoomId.read(in), in.rest());
          case TICKET -> new ClientFrame.Renew(ticket(in));
          case PING -> new ClientFrame.Ping(in.u64());
          default -> throw new MalformedException("P-002 unknown frame type");
        };
    in.end();
    return decoded;
  }

  public static Bytes encode(ClientFrame frame) {
    return frame.accept(ENCODER).toBytes();
  }

  private static String ticket(ByteReader in) {
    // Bytes of 0x80 and more become characters that Check.ticket refuses.
    return new String(in.rest().toByteArray(), StandardCharsets.ISO_8859_1);
  }

  private static ClientFrame join(ByteReader in) {
    int count = in.u16();
    if (count > ClientFrame.Join.ROOMS_MAX) {
      throw new MalformedException("P-012 JOIN of " + count + " rooms");
    }
    List<ClientFrame.Join.Request> requests = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      requests.add(new ClientFrame.Join.Request(RoomId.read(in), resumeAfter(in), in.u32()));
    }
    return new ClientFrame.Join(requests);
  }

  private static @Nullable Position resumeAfter(ByteReader in) {
    int flags = in.u8();
    Position after = Position.read(in);
    if (flags == RESUME) {
      return after;
    }
    if (flags != 0 || !after.equals(Position.ZERO)) {
      throw new MalformedException("P-014 JOIN with unknown flags");
    }
    return null;
  }

  private static final class Encoder implements ClientFrame.Visitor<ByteWriter> {
    @Override
    public ByteWriter hello(ClientFrame.Hello frame) {
      return ticket(HELLO, frame.ticket());
    }

    @Override
    public ByteWriter join(ClientFrame.Join frame) {
      ByteWriter out = new ByteWriter(3 + 29 * frame.requests().size());
      out.u8(JOIN).u16(frame.requests().size());
      for (ClientFrame.Join.Request request : frame.requests()) {
        request.room().write(out);
        Position after = request.resumeAfter();
        out.u8(after == null ? 0 : RESUME);
        (after == null ? Position.ZERO : after).write(out);
        out.u32(request.epochKnown());
      }
      return out;
    }

    @Override
    public ByteWriter leave(ClientFrame.Leave frame) {
      ByteWriter out = new ByteWriter().u8(LEAVE);
      frame.room().write(out);
      return out;
    }

    @Override
    public ByteWriter publish(ClientFrame.Publish frame) {
      ByteWriter out = new ByteWriter(37 + frame.envelope().size()).u8(PUBLISH);
      frame.room().write(out);
      frame.id().write(out);
      return out.u32(frame.epoch()).bytes(frame.envelope());
    }

    @Override
    public ByteWriter signal(ClientFrame.Signal frame) {
      ByteWriter out = new ByteWriter(17 + frame.envelope().size()).u8(SIGNAL);
      frame.room().write(out);
      return out.bytes(frame.envelope());
    }

    @Override
    public ByteWriter renew(ClientFrame.Renew frame) {
      return ticket(TICKET, frame.ticket());
    }

    @Override
    public ByteWriter ping(ClientFrame.Ping frame) {
      return new ByteWriter().u8(PING).u64(frame.nonce());
    }

    private static ByteWriter ticket(int type, String ticket) {
      byte[] text = ticket.getBytes(StandardCharsets.US_ASCII);
      return new ByteWriter(1 + text.length).u8(type).bytes(text);
    }
  }
}
