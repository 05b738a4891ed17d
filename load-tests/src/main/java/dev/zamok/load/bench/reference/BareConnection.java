package dev.zamok.load.bench.reference;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One connection of the reference: the least that answers a WebSocket handshake and reads masked
 * binary frames below 64 KiB. It trusts its peer, which is the generator.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what fails closes the channel
final class BareConnection extends ChannelInboundHandlerAdapter {
  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final String KEY = "sec-websocket-key:";
  private static final int LENGTH_16 = 126;
  private static final int OPCODE_CLOSE = 8;

  private final BareRooms rooms;
  private final List<Integer> joined = new ArrayList<>(1);
  private @Nullable ByteBuf rest;
  private boolean upgraded;

  BareConnection(BareRooms rooms) {
    this.rooms = rooms;
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
    while (upgraded ? frame(ctx, in) : upgrade(ctx, in)) {
      // one at a time
    }
    if (in.isReadable()) {
      rest = ctx.alloc().buffer(in.readableBytes()).writeBytes(in);
    }
    in.release();
  }

  private boolean upgrade(ChannelHandlerContext ctx, ByteBuf in) {
    String head = in.toString(StandardCharsets.US_ASCII);
    int end = head.indexOf("\r\n\r\n");
    int key = head.toLowerCase(Locale.ROOT).indexOf(KEY);
    if (end < 0 || key < 0) {
      return false;
    }
    String value = head.substring(key + KEY.length(), head.indexOf('\r', key)).strip();
    in.skipBytes(end + 4);
    upgraded = true;
    String answer =
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Accept: "
            + accept(value)
            + "\r\n\r\n";
    ctx.writeAndFlush(Unpooled.wrappedBuffer(answer.getBytes(StandardCharsets.US_ASCII)));
    return true;
  }

  private static String accept(String key) {
    try {
      byte[] text = (key + GUID).getBytes(StandardCharsets.US_ASCII);
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java lacks SHA-1", e);
    }
  }

  private boolean frame(ChannelHandlerContext ctx, ByteBuf in) {
    int at = in.readerIndex();
    int available = in.readableBytes();
    if (available < 2) {
      return false;
    }
    int length = in.getUnsignedByte(at + 1) & 0x7f;
    int header = length == LENGTH_16 ? 8 : 6;
    if (available < header) {
      return false;
    }
    if (length == LENGTH_16) {
      length = in.getUnsignedShort(at + 2);
    }
    if (available < header + length) {
      return false;
    }
    int opcode = in.getUnsignedByte(at) & 0x0f;
    in.skipBytes(header + length);
    if (opcode == OPCODE_CLOSE) {
      ctx.close();
      return false;
    }
    unmask(in, at + header, length, in.getInt(at + header - 4));
    message(ctx, in, at + header, length);
    return true;
  }

  private static void unmask(ByteBuf in, int at, int length, int mask) {
    long wide = (mask & 0xffff_ffffL) << 32 | (mask & 0xffff_ffffL);
    int i = 0;
    for (; i + 8 <= length; i += 8) {
      in.setLong(at + i, in.getLong(at + i) ^ wide);
    }
    for (; i < length; i++) {
      in.setByte(at + i, in.getByte(at + i) ^ mask >>> (24 - 8 * (i & 3)));
    }
  }

  private void message(ChannelHandlerContext ctx, ByteBuf in, int at, int length) {
    int room = in.getInt(at + 1);
    switch (in.getUnsignedByte(at)) {
      case BareProtocol.JOIN -> {
        rooms.join(room, ctx);
        joined.add(room);
        ByteBuf answer = ctx.alloc().buffer(2 + BareProtocol.HEADER_BYTES);
        BareFraming.header(answer, BareProtocol.HEADER_BYTES);
        ctx.writeAndFlush(answer.writeByte(BareProtocol.JOINED).writeInt(room), ctx.voidPromise());
      }
      case BareProtocol.PUBLISH -> rooms.publish(room, in, at, length);
      default -> ctx.close();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    for (int room : joined) {
      rooms.leave(room, ctx);
    }
    if (rest != null) {
      rest.release();
      rest = null;
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    ctx.close();
  }
}
