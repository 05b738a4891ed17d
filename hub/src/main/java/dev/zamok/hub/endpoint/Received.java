package dev.zamok.hub.endpoint;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the bytes of the first request as they came, so that they can be relayed unchanged. Gone
 * once it is known who takes the connection.
 */
@SuppressWarnings("FutureReturnValueIgnored") // failures of a channel end in its exceptionCaught
final class Received extends ChannelInboundHandlerAdapter {
  /** A request line, its headers and one byte: beyond it the decoder would have decided. */
  private static final int UNDECIDED_BYTES_MAX = 8_192;

  private @Nullable ByteBuf bytes;
  private boolean withheld;
  private boolean dropped;

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) {
    boolean endless = !withheld && bytes != null && bytes.readableBytes() > UNDECIDED_BYTES_MAX;
    if (dropped || endless) {
      io.netty.util.ReferenceCountUtil.release(msg);
      if (endless) {
        ctx.close();
      }
      return;
    }
    if (msg instanceof ByteBuf in) {
      if (bytes == null) {
        bytes = ctx.alloc().buffer(in.readableBytes());
      }
      bytes.writeBytes(in, in.readerIndex(), in.readableBytes());
    }
    if (withheld) {
      io.netty.util.ReferenceCountUtil.release(msg);
    } else {
      ctx.fireChannelRead(msg);
    }
  }

  /** From now on what comes is kept, and not passed on. */
  void withhold() {
    withheld = true;
  }

  /** The request was refused: from now on what comes is thrown away, so that no flood is kept. */
  void drop() {
    dropped = true;
    letGo();
  }

  /** Everything so far, handed over. */
  ByteBuf take() {
    ByteBuf all = bytes;
    bytes = null;
    return all == null ? io.netty.buffer.Unpooled.EMPTY_BUFFER : all;
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    letGo();
  }

  private void letGo() {
    if (bytes != null) {
      bytes.release();
      bytes = null;
    }
  }
}
