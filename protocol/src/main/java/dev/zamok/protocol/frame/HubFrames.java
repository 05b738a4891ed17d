package dev.zamok.protocol.frame;

import dev.zamok.protocol.ByteReader;
import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.ConnectionId;
import dev.zamok.protocol.Entry;
import dev.zamok.protocol.EntryKind;
import dev.zamok.protocol.ErrorCode;
import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.MessageId;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import java.util.ArrayList;
import java.util.List;

/**
 * The codec of {@link HubFrame}; one WebSocket message is one frame.
 *
 * <pre>
 * WELCOME  81 | connection 16 | frameBytesMax u32 | roomsMax u32 | publishesPerSecond u32
 *             | joinsPerSecond u32 | heartbeatSeconds u32 | expiresAtMillis u64
 * JOINED   82 | room 16 | head u64 | recovery u8 | epoch u32 | present u32
 *             | count u16 | count x L(rekey)
 *               recovery 0 incomplete, 1 complete, 2 lost
 * ENTRY    83 | room 16 | position u64 | previous u64 | timeMillis u64 | kind u8 | tag 8
 *             | epoch u32 | id 16 | body ...
 * ACK      84 | room 16 | id 16 | position u64
 * REJECT   85 | request u8 | room 16 | id 16 | code u16 | retryAfterMillis u32
 * SIGNAL   86 | room 16 | tag 8 | head u64 | envelope ...
 * GAP      87 | room 16 | from u64 | to u64
 * EVICTED  88 | room 16 | code u16
 * PRESENCE 89 | room 16 | count u32 | listed u16 | listed x tag 8
 * PONG     8a | nonce u64
 * </pre>
 *
 * REJECT names the room zero when it answers TICKET. Decoding fails with {@link
 * MalformedException}, whose text starts with the number of the check in {@code PROTOCOL.md}
 * ({@code P-001} to {@code P-007}, {@code P-016}, {@code P-020} to {@code P-041}); encoding what
 * was decoded gives the same bytes.
 */
public final class HubFrames {
  /** The most that one frame of the hub may take: a JOINED with its rekeys is the largest. */
  public static final int FRAME_BYTES_MAX = 131_072;

  /** What ENTRY takes beside the body. */
  public static final int ENTRY_OVERHEAD_BYTES = 70;

  static final int WELCOME = 0x81;
  static final int JOINED = 0x82;
  static final int ENTRY = 0x83;
  static final int ACK = 0x84;
  static final int REJECT = 0x85;
  static final int SIGNAL = 0x86;
  static final int GAP = 0x87;
  static final int EVICTED = 0x88;
  static final int PRESENCE = 0x89;
  static final int PONG = 0x8a;

  private static final Encoder ENCODER = new Encoder();

  private HubFrames() {}

  public static HubFrame decode(Bytes frame) {
    if (frame.size() > FRAME_BYTES_MAX) {
      throw new MalformedException("P-001 frame of " + frame.size() + " bytes");
    }
    ByteReader in = frame.reader();
    HubFrame decoded =
        switch (in.u8()) {
          case WELCOME -> welcome(in);
          case JOINED -> joined(in);
          case ENTRY -> new HubFrame.Entry(entry(in));
          case ACK -> new HubFrame.Ack(RoomId.read(in), MessageId.read(in), Position.read(in));
          case REJECT ->
              new HubFrame.Reject(
                  HubFrame.Request.of(in.u8()),
                  RoomId.read(in),
                  MessageId.read(in),
                  ErrorCode.of(in.u16()),
                  in.u32());
          case SIGNAL ->
              new HubFrame.Signal(
                  RoomId.read(in), MemberTag.read(in), Position.read(in), in.rest());
          case GAP -> new HubFrame.Gap(RoomId.read(in), Position.read(in), Position.read(in));
          case EVICTED -> new HubFrame.Evicted(RoomId.read(in), ErrorCode.of(in.u16()));
          case PRESENCE -> presence(in);
          case PONG -> new HubFrame.Pong(in.u64());
          default -> throw new MalformedException("P-002 unknown frame type");
        };
    in.end();
    return decoded;
  }

  public static Bytes encode(HubFrame frame) {
    return frame.accept(ENCODER).toBytes();
  }

  private static HubFrame welcome(ByteReader in) {
    ConnectionId connection = ConnectionId.read(in);
    HubFrame.Limits limits = new HubFrame.Limits(in.u32(), in.u32(), in.u32(), in.u32(), in.u32());
    return new HubFrame.Welcome(connection, limits, in.millis());
  }

  private static HubFrame joined(ByteReader in) {
    RoomId room = RoomId.read(in);
    Position head = Position.read(in);
    HubFrame.Recovery recovery = HubFrame.Recovery.of(in.u8());
    int epoch = in.u32();
    int present = in.u32();
    int count = in.u16();
    if (count > HubFrame.Joined.REKEYS_MAX) {
      throw new MalformedException("P-022 JOINED with " + count + " rekeys");
    }
    List<Bytes> rekeys = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      rekeys.add(in.sized());
    }
    return new HubFrame.Joined(room, head, recovery, epoch, rekeys, present);
  }

  private static Entry entry(ByteReader in) {
    return new Entry(
        RoomId.read(in),
        Position.read(in),
        Position.read(in),
        in.millis(),
        EntryKind.of(in.u8()),
        MemberTag.read(in),
        in.u32(),
        MessageId.read(in),
        in.rest());
  }

  private static HubFrame presence(ByteReader in) {
    RoomId room = RoomId.read(in);
    int count = in.u32();
    int listed = in.u16();
    if (listed > HubFrame.Presence.LIST_MAX) {
      throw new MalformedException("P-040 PRESENCE that lists too many");
    }
    List<MemberTag> tags = new ArrayList<>(listed);
    for (int i = 0; i < listed; i++) {
      tags.add(MemberTag.read(in));
    }
    return new HubFrame.Presence(room, count, tags);
  }

  private static final class Encoder implements HubFrame.Visitor<ByteWriter> {
    @Override
    public ByteWriter welcome(HubFrame.Welcome frame) {
      HubFrame.Limits limits = frame.limits();
      ByteWriter out = new ByteWriter(45).u8(WELCOME);
      frame.connection().write(out);
      return out.u32(limits.frameBytesMax())
          .u32(limits.roomsMax())
          .u32(limits.publishesPerSecond())
          .u32(limits.joinsPerSecond())
          .u32(limits.heartbeatSeconds())
          .u64(frame.expiresAtMillis());
    }

    @Override
    public ByteWriter joined(HubFrame.Joined frame) {
      ByteWriter out = room(JOINED, frame.room(), 256);
      frame.head().write(out);
      out.u8(frame.recovery().code()).u32(frame.epoch()).u32(frame.present());
      out.u16(frame.rekeys().size());
      frame.rekeys().forEach(out::sized);
      return out;
    }

    @Override
    public ByteWriter entry(HubFrame.Entry frame) {
      Entry entry = frame.entry();
      ByteWriter out = room(ENTRY, entry.room(), ENTRY_OVERHEAD_BYTES + entry.body().size());
      entry.position().write(out);
      entry.previous().write(out);
      out.u64(entry.timeMillis()).u8(entry.kind().code());
      entry.tag().write(out);
      out.u32(entry.epoch());
      entry.id().write(out);
      return out.bytes(entry.body());
    }

    @Override
    public ByteWriter ack(HubFrame.Ack frame) {
      ByteWriter out = room(ACK, frame.room(), 41);
      frame.id().write(out);
      frame.position().write(out);
      return out;
    }

    @Override
    public ByteWriter reject(HubFrame.Reject frame) {
      ByteWriter out = new ByteWriter(40).u8(REJECT).u8(frame.request().code());
      frame.room().write(out);
      frame.id().write(out);
      return out.u16(frame.code().number()).u32(frame.retryAfterMillis());
    }

    @Override
    public ByteWriter signal(HubFrame.Signal frame) {
      ByteWriter out = room(SIGNAL, frame.room(), 33 + frame.envelope().size());
      frame.tag().write(out);
      frame.head().write(out);
      return out.bytes(frame.envelope());
    }

    @Override
    public ByteWriter gap(HubFrame.Gap frame) {
      ByteWriter out = room(GAP, frame.room(), 33);
      frame.from().write(out);
      frame.to().write(out);
      return out;
    }

    @Override
    public ByteWriter evicted(HubFrame.Evicted frame) {
      return room(EVICTED, frame.room(), 19).u16(frame.code().number());
    }

    @Override
    public ByteWriter presence(HubFrame.Presence frame) {
      ByteWriter out = room(PRESENCE, frame.room(), 23 + 8 * frame.tags().size());
      out.u32(frame.count()).u16(frame.tags().size());
      frame.tags().forEach(tag -> tag.write(out));
      return out;
    }

    @Override
    public ByteWriter pong(HubFrame.Pong frame) {
      return new ByteWriter().u8(PONG).u64(frame.nonce());
    }

    private static ByteWriter room(int type, RoomId room, int sizeExpected) {
      ByteWriter out = new ByteWriter(sizeExpected).u8(type);
      room.write(out);
      return out;
    }
  }
}
