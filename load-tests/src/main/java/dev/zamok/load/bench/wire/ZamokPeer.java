package dev.zamok.load.bench.wire;

import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.EntryKind;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.frame.ClientFrame;
import dev.zamok.protocol.frame.ClientFrames;
import dev.zamok.protocol.frame.HubFrames;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a hub, {@code zamok.v1}. Hot frames are read where they lie, after the layout in
 * {@code PROTOCOL.md}; the rest goes through the codec.
 */
public final class ZamokPeer extends Peer {
  private static final int TYPE_WELCOME = 0x81;
  private static final int TYPE_JOINED = 0x82;
  private static final int TYPE_ENTRY = 0x83;
  private static final int TYPE_ACK = 0x84;
  private static final int TYPE_PRESENCE = 0x89;
  private static final int TYPE_PONG = 0x8a;
  private static final int TYPE_PUBLISH = 0x04;
  private static final int ROOM_LOW_AT = 9;
  private static final int POSITION_AT = 17;
  private static final int KIND_AT = 41;
  private static final int ACK_NUMBER_AT = 25;
  private static final int RECOVERY_AT = 25;

  private final RoomNames names;
  private final @Nullable Position resumeAfter;
  private int joined;
  private int incomplete;
  private long lastPosition;

  /**
   * @param resumeAfter for all its rooms; null to join them live
   */
  ZamokPeer(
      Seat seat,
      Events events,
      FlushQueue flushes,
      RoomNames names,
      @Nullable Position resumeAfter) {
    super(seat, events, flushes);
    this.names = names;
    this.resumeAfter = resumeAfter;
  }

  /** The position of the entry that came last. */
  public Position lastPosition() {
    return new Position(lastPosition);
  }

  /** Joins that the hub did not call complete. */
  public int incomplete() {
    return incomplete;
  }

  @Override
  String subprotocol() {
    return "Sec-WebSocket-Protocol: zamok.v1\r\n";
  }

  @Override
  void upgraded() {
    send(new ClientFrame.Hello(seat().ticket().get()));
  }

  @Override
  void message(ByteBuf in, int at, int length) {
    switch (in.getUnsignedByte(at)) {
      case TYPE_ENTRY -> entry(in, at);
      case TYPE_ACK -> {
        int room = (int) in.getLong(at + ROOM_LOW_AT);
        events().acknowledged(this, room, in.getLong(at + ACK_NUMBER_AT) - 1);
      }
      case TYPE_WELCOME -> join();
      case TYPE_JOINED -> {
        incomplete += in.getByte(at + RECOVERY_AT) == 1 ? 0 : 1;
        if (++joined == seat().rooms().size()) {
          becameReady();
        }
      }
      case TYPE_PRESENCE, TYPE_PONG -> {}
      default -> {
        byte[] frame = new byte[length];
        in.getBytes(at, frame);
        trouble(HubFrames.decode(Bytes.wrap(frame)).toString());
      }
    }
  }

  private void entry(ByteBuf in, int at) {
    lastPosition = in.getLong(at + POSITION_AT);
    if (in.getByte(at + KIND_AT) == EntryKind.MESSAGE.code()) {
      int body = at + HubFrames.ENTRY_OVERHEAD_BYTES;
      int room = (int) in.getLong(at + ROOM_LOW_AT);
      events().delivered(this, room, in.getLong(body), in.getLong(body + 8));
    } else {
      events().control(this, EntryKind.of(in.getByte(at + KIND_AT)));
    }
  }

  private void join() {
    List<ClientFrame.Join.Request> wanted = new ArrayList<>();
    for (int room : seat().rooms()) {
      wanted.add(new ClientFrame.Join.Request(names.id(room), resumeAfter, 0));
    }
    send(new ClientFrame.Join(wanted));
  }

  @Override
  public void publish(int room, long number, long dueNanos, int bodyBytes) {
    RoomId id = names.id(room);
    ByteBuf out = buffer(37 + bodyBytes).writeByte(TYPE_PUBLISH);
    out.writeLong(id.high()).writeLong(id.low());
    // the id of the message: never zero, one for each number
    out.writeLong(id.high()).writeLong(number + 1).writeInt(0);
    out.writeLong(number).writeLong(dueNanos);
    write(out.writeZero(bodyBytes - STAMP_BYTES));
  }

  @Override
  public void keepAlive() {
    send(new ClientFrame.Ping(1));
  }

  private void send(ClientFrame frame) {
    write(Unpooled.wrappedBuffer(ClientFrames.encode(frame).toByteArray()));
  }
}
