package dev.zamok.load.bench.wire;

import dev.zamok.protocol.EntryKind;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One connection of the generator: the opening handshake, then binary frames in both directions.
 * What stands in the frames is for the subclass, one for each server. Belongs to one event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what fails is told as trouble
public abstract class Peer extends ChannelInboundHandlerAdapter {
  /** What a published body begins with: its number in the room, and when it was due. */
  public static final int STAMP_BYTES = 16;

  private static final int LENGTH_16 = 126;
  private static final int LENGTH_64 = 127;
  private static final int BINARY_FINAL = 0x82;
  private static final int CLOSE_FINAL = 0x88;
  private static final byte[] HEAD_END = {'\r', '\n', '\r', '\n'};

  /** RFC 6455 wants a fresh random mask for the sake of browsers; the work is the same. */
  private static final int MASK = 0x5ca1ab1e;

  private final Seat seat;
  private final Events events;
  private final FlushQueue flushes;
  private @Nullable ChannelHandlerContext context;
  private @Nullable ByteBuf rest;
  private boolean upgraded;
  private boolean ready;
  private boolean flushDue;
  private boolean leaving;
  private long framesIn;
  private long bytesIn;

  Peer(Seat seat, Events events, FlushQueue flushes) {
    this.seat = seat;
    this.events = events;
    this.flushes = flushes;
  }

  /** What a connection tells. */
  public interface Events {
    /** It has joined all rooms of its seat. */
    void ready(Peer peer);

    /** {@code body} is valid during the call alone. */
    void delivered(Peer peer, int room, long number, long dueNanos);

    void acknowledged(Peer peer, int room, long number);

    /** An entry that is no message: a rekey, an announcement. */
    default void control(Peer peer, EntryKind kind) {}

    /** What must not happen in a measurement: refusals, gaps, a connection that ends. */
    void trouble(Peer peer, String what);
  }

  public final Seat seat() {
    return seat;
  }

  /** Frames that came, of all kinds. */
  public final long framesIn() {
    return framesIn;
  }

  /** Their bytes, headers included. */
  public final long bytesIn() {
    return bytesIn;
  }

  public final boolean isReady() {
    return ready;
  }

  /** Publishes into one of its rooms; leaves at the end of this turn. */
  public abstract void publish(int room, long number, long dueNanos, int bodyBytes);

  /** Something that keeps the connection alive. */
  public abstract void keepAlive();

  abstract String subprotocol();

  /** The server has accepted the WebSocket. */
  abstract void upgraded();

  abstract void message(ByteBuf in, int at, int length);

  Events events() {
    return events;
  }

  final void becameReady() {
    ready = true;
    events.ready(this);
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    // over TLS it waits in the handler there until the handshake is done
    String request =
        "GET /hub HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
            + subprotocol()
            + "\r\n";
    ctx.writeAndFlush(Unpooled.wrappedBuffer(request.getBytes(StandardCharsets.US_ASCII)));
  }

  private ChannelHandlerContext context() {
    return Objects.requireNonNull(context);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) {
    ByteBuf in = (ByteBuf) msg;
    if (rest != null) {
      rest.writeBytes(in);
      in.release();
      in = rest;
      rest = null;
    }
    while (upgraded ? frame(in) : head(in)) {
      // one at a time
    }
    if (in.isReadable()) {
      rest = ctx.alloc().buffer(in.readableBytes()).writeBytes(in);
    }
    in.release();
  }

  private boolean head(ByteBuf in) {
    int end = indexOf(in, HEAD_END);
    if (end < 0) {
      return false;
    }
    String head = in.readCharSequence(end, StandardCharsets.US_ASCII).toString();
    if (!head.startsWith("HTTP/1.1 101 ")) {
      trouble("no upgrade: " + head.lines().findFirst().orElse(""));
      context().close();
      return false;
    }
    upgraded = true;
    upgraded();
    return true;
  }

  /** Readable bytes up to and with {@code pattern}, or -1. */
  private static int indexOf(ByteBuf in, byte[] pattern) {
    outer:
    for (int i = in.readerIndex(); i + pattern.length <= in.writerIndex(); i++) {
      for (int j = 0; j < pattern.length; j++) {
        if (in.getByte(i + j) != pattern[j]) {
          continue outer;
        }
      }
      return i + pattern.length - in.readerIndex();
    }
    return -1;
  }

  private boolean frame(ByteBuf in) {
    int available = in.readableBytes();
    if (available < 2) {
      return false;
    }
    int at = in.readerIndex();
    int first = in.getUnsignedByte(at);
    long length = in.getUnsignedByte(at + 1);
    int header = 2;
    if (length == LENGTH_16) {
      header = 4;
      if (available < header) {
        return false;
      }
      length = in.getUnsignedShort(at + 2);
    } else if (length == LENGTH_64) {
      header = 10;
      if (available < header) {
        return false;
      }
      length = in.getLong(at + 2);
    }
    if (available < header + length) {
      return false;
    }
    in.skipBytes(header + (int) length);
    framesIn++;
    bytesIn += header + length;
    if (first == BINARY_FINAL) {
      message(in, at + header, (int) length);
    } else if (first == CLOSE_FINAL) {
      trouble("closed with " + (length < 2 ? 1005 : in.getUnsignedShort(at + header)));
    }
    return true;
  }

  /** A frame to be filled by {@link #write}; {@code payload} is released. */
  final void write(ByteBuf payload) {
    int length = payload.readableBytes();
    ByteBuf out = context().alloc().buffer(length + 8);
    out.writeByte(BINARY_FINAL);
    if (length < LENGTH_16) {
      out.writeByte(0x80 | length);
    } else {
      out.writeByte(0x80 | LENGTH_16).writeShort(length);
    }
    out.writeInt(MASK);
    for (int i = 0; i < length; i++) {
      out.writeByte(payload.getByte(i) ^ MASK >>> (24 - 8 * (i & 3)));
    }
    payload.release();
    context().write(out, context().voidPromise());
    if (!flushDue) {
      flushDue = true;
      flushes.add(this);
    }
  }

  final ByteBuf buffer(int bytes) {
    return context().alloc().buffer(bytes);
  }

  final void flushNow() {
    flushDue = false;
    context().flush();
  }

  /** Ends the connection; that is no trouble. */
  public final void leave() {
    leaving = true;
    context().close();
  }

  /** Stops and starts the reading of what the server sends. */
  public final void setReading(boolean reading) {
    context().channel().config().setAutoRead(reading);
  }

  final void trouble(String what) {
    if (!leaving) {
      events.trouble(this, what);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    if (rest != null) {
      rest.release();
      rest = null;
    }
    ready = false;
    trouble("the server ended the connection");
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    trouble(cause.toString());
    ctx.close();
  }
}
