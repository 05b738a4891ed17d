package dev.zamok.hub.endpoint;

import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.frame.CloseCode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * One open WebSocket: the last handler of its pipeline, and everything that RFC 6455 asks for after
 * the upgrade.
 *
 * <p>An idle connection holds no buffer. While it is paused, what was read already waits here: at
 * most one read of the socket, since automatic reading is off.
 */
@SuppressWarnings("FutureReturnValueIgnored") // failures of a channel end in its exceptionCaught
final class WebSocketHandler extends ChannelInboundHandlerAdapter
    implements WebSocket, FrameReader.Events {
  private final EndpointLoop loop;
  private final FrameReader reader;
  private final SweptSocket swept = new SweptSocket(this);
  private @Nullable ChannelHandlerContext context;
  private @Nullable WebSocketListener listener;
  private @Nullable ByteBuf waiting;
  private int pauses;
  private boolean reading;
  private boolean closing;
  private boolean discarding;
  private long closingSinceNanos;
  private boolean flushDue;
  private boolean flushPlanned;
  private boolean oneRoom;

  WebSocketHandler(EndpointLoop loop) {
    this.loop = loop;
    this.reader = new FrameReader(loop.limits().sizes().frameBytesMax());
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
    loop.opened(swept);
    listener = loop.listenerFor(this);
  }

  private ChannelHandlerContext context() {
    return java.util.Objects.requireNonNull(context);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) {
    if (!(msg instanceof ByteBuf in)) {
      ReferenceCountUtil.release(msg);
      return;
    }
    ByteBuf own = waiting;
    if (own == null) {
      read(in, false);
    } else {
      waiting = null;
      own.writeBytes(in);
      in.release();
      read(own, true);
    }
  }

  /** Reads what can be read now and keeps the rest; takes over {@code in}. */
  private void read(ByteBuf in, boolean own) {
    reading = true;
    boolean fine =
        loop.within(
            () -> {
              while (pauses == 0 && !discarding && reader.read(in, this)) {
                // one frame each time
              }
            });
    reading = false;
    keep(in, own);
    if (!fine) {
      close(CloseCode.INTERNAL);
    }
  }

  private void keep(ByteBuf in, boolean own) {
    if (!in.isReadable() || discarding) {
      in.release();
    } else if (own) {
      waiting = in.discardSomeReadBytes();
    } else {
      // a copy: the buffers of the socket are large and shared
      waiting = context().alloc().buffer(in.readableBytes()).writeBytes(in);
      in.release();
    }
  }

  @Override
  public void message(Bytes message) {
    if (!closing && listener != null) {
      FrameTap tap = loop.config().tap();
      if (tap != null) {
        tap.onInbound(message);
      }
      listener.message(message);
    }
  }

  @Override
  public void ping(byte[] payload) {
    if (!closing && listener != null) {
      ByteBuf pong = context().alloc().buffer(2 + payload.length);
      Framing.control(Framing.PONG, payload, pong);
      write(pong);
      listener.control();
    }
  }

  @Override
  public void pong() {
    if (!closing && listener != null) {
      listener.control();
    }
  }

  @Override
  public void peerClosed(int code) {
    boolean ours = closing;
    discarding = true;
    if (!ours) {
      closingSinceNanos = loop.time().monotonicNanos();
    }
    end();
    if (ours) {
      context().close();
      return;
    }
    ByteBuf reply = context().alloc().buffer(4);
    // RFC 6455 §5.5.1: the reply echoes the code; 1005 stands for none
    byte[] payload = code == 1005 ? new byte[0] : Framing.closePayload(code, "");
    Framing.control(Framing.CLOSE, payload, reply);
    context().writeAndFlush(reply).addListener(ChannelFutureListener.CLOSE);
  }

  @Override
  public void broken(CloseCode code) {
    discarding = true;
    close(code);
  }

  @Override
  public boolean isWritable() {
    return !closing && context().channel().isWritable();
  }

  @Override
  public void send(Bytes message) {
    FrameTap tap = loop.config().tap();
    if (tap != null) {
      tap.onOutbound(message);
    }
    sendFramed(Unpooled.wrappedBuffer(Framing.binary(message)));
  }

  @Override
  public void sendFramed(ByteBuf frames) {
    if (closing) {
      frames.release();
      return;
    }
    write(frames);
  }

  @Override
  public void sendFramed(ByteBuf frames, boolean last) {
    if (closing || !(last || oneRoom)) {
      sendFramed(frames);
    } else {
      flushDue = false;
      ChannelHandlerContext ctx = context();
      ctx.writeAndFlush(frames, ctx.voidPromise());
    }
  }

  @Override
  public void oneRoom(boolean one) {
    oneRoom = one;
  }

  private void write(ByteBuf frames) {
    context().write(frames, context().voidPromise());
    flushDue = true;
    if (!flushPlanned) {
      flushPlanned = true;
      loop.flushLater(this);
    }
  }

  void flushNow() {
    flushPlanned = false;
    if (flushDue) {
      flushDue = false;
      context().flush();
    }
  }

  @Override
  public void pause(Pause cause) {
    int before = pauses;
    pauses |= cause.bit();
    if (before == 0) {
      context().channel().config().setAutoRead(false);
    }
  }

  @Override
  public void resume(Pause cause) {
    int before = pauses;
    pauses &= ~cause.bit();
    if (before != 0 && pauses == 0 && !reading) {
      // in a turn of its own, so that listeners are never entered twice
      context().executor().execute(this::goOn);
    } else if (before != 0 && pauses == 0) {
      context().channel().config().setAutoRead(true);
    }
  }

  private void goOn() {
    if (pauses != 0 || reading) {
      return;
    }
    ByteBuf rest = waiting;
    if (rest != null) {
      waiting = null;
      read(rest, true);
    }
    if (pauses == 0) {
      context().channel().config().setAutoRead(true);
    }
  }

  @Override
  public void close(CloseCode code) {
    if (closing) {
      return;
    }
    loop.metrics().closed(code);
    // before the frame leaves: the peer's time to answer starts no later than it can see the frame
    closingSinceNanos = loop.time().monotonicNanos();
    ByteBuf frame = context().alloc().buffer(128);
    Framing.control(Framing.CLOSE, Framing.closePayload(code.number(), code.text()), frame);
    context().writeAndFlush(frame, context().voidPromise());
    end();
    // what the peer still sends is read and dropped: unread bytes would reset the connection, and
    // the close frame might be lost with it
    pauses = 0;
    context().executor().execute(this::goOn);
  }

  /** Delivers nothing from now on. */
  private void end() {
    if (!closing) {
      closing = true;
      WebSocketListener told = listener;
      listener = null;
      if (told != null) {
        loop.within(told::closed);
      }
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    end();
    discarding = true;
    loop.gone(swept);
    if (waiting != null) {
      waiting.release();
      waiting = null;
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    boolean writable = ctx.channel().isWritable();
    if (!closing && listener != null) {
      WebSocketListener told = listener;
      loop.within(() -> told.writable(writable));
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    loop.failed(cause);
    ctx.close();
  }

  boolean isOpen() {
    return !closing;
  }

  Channel channel() {
    return context().channel();
  }

  /** About once a second. */
  void sweep(long nowNanos) {
    if (closing) {
      if (nowNanos - closingSinceNanos >= loop.limits().times().closing().toNanos()) {
        context().close();
      }
    } else if (listener != null) {
      listener.sweep(nowNanos);
    }
  }
}
