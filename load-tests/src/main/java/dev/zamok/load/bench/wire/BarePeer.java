package dev.zamok.load.bench.wire;

import dev.zamok.load.bench.reference.BareProtocol;
import io.netty.buffer.ByteBuf;

/** A connection to the reference. */
final class BarePeer extends Peer {
  private int joined;

  BarePeer(Seat seat, Events events, FlushQueue flushes) {
    super(seat, events, flushes);
  }

  @Override
  String subprotocol() {
    return "";
  }

  @Override
  void upgraded() {
    for (int room : seat().rooms()) {
      write(buffer(BareProtocol.HEADER_BYTES).writeByte(BareProtocol.JOIN).writeInt(room));
    }
  }

  @Override
  void message(ByteBuf in, int at, int length) {
    int room = in.getInt(at + 1);
    switch (in.getUnsignedByte(at)) {
      case BareProtocol.JOINED -> {
        if (++joined == seat().rooms().size()) {
          becameReady();
        }
      }
      case BareProtocol.ENTRY -> {
        int body = at + BareProtocol.HEADER_BYTES;
        events().delivered(this, room, in.getLong(body), in.getLong(body + 8));
      }
      default -> trouble("not a message of the reference");
    }
  }

  @Override
  public void publish(int room, long number, long dueNanos, int bodyBytes) {
    ByteBuf out = buffer(BareProtocol.HEADER_BYTES + bodyBytes);
    out.writeByte(BareProtocol.PUBLISH).writeInt(room).writeLong(number).writeLong(dueNanos);
    write(out.writeZero(bodyBytes - STAMP_BYTES));
  }

  /** The reference ends no silent connection. */
  @Override
  public void keepAlive() {}
}
