package dev.zamok.hub.endpoint;

import dev.zamok.hub.limit.Sweeper;
import dev.zamok.hub.metrics.Counter;
import dev.zamok.protocol.frame.CloseCode;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Decides by the first request who takes a connection: the hub, a route, or nobody. Then it is
 * gone.
 */
@SuppressWarnings("FutureReturnValueIgnored") // failures of a channel end in its exceptionCaught
final class UpgradeHandler extends ChannelInboundHandlerAdapter {
  private final EndpointLoop loop;
  private final Received received;
  private final boolean tooMany;
  private final Deadline deadline = new Deadline();
  private @Nullable HttpRequest request;
  private boolean decided;

  UpgradeHandler(EndpointLoop loop, Received received, boolean tooMany) {
    this.loop = loop;
    this.received = received;
    this.tooMany = tooMany;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    deadline.start(ctx, loop.time().monotonicNanos());
    loop.sweeper().add(deadline);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    loop.sweeper().remove(deadline);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    loop.sweeper().remove(deadline);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) {
    try {
      if (decided) {
        return;
      }
      if (msg instanceof HttpRequest head) {
        head(ctx, head);
      }
      // not before the end of the request: then nothing of it is left in the decoder
      if (msg instanceof LastHttpContent && request != null && !decided) {
        upgrade(ctx, request);
      }
    } finally {
      ReferenceCountUtil.release(msg);
    }
  }

  private void head(ChannelHandlerContext ctx, HttpRequest head) {
    if (head.decoderResult().isFailure()) {
      Throwable cause = head.decoderResult().cause();
      refuse(
          ctx,
          cause instanceof TooLongHttpLineException
              ? Refusal.LINE_TOO_LONG
              : cause instanceof TooLongHttpHeaderException
                  ? Refusal.HEADERS_TOO_LARGE
                  : Refusal.BAD_REQUEST);
      return;
    }
    String uri = head.uri();
    int query = uri.indexOf('?');
    String path = query < 0 ? uri : uri.substring(0, query);
    if (!path.startsWith("/")) {
      refuse(ctx, Refusal.BAD_REQUEST); // H-003
    } else if (loop.isDraining()) {
      refuse(ctx, Refusal.UNAVAILABLE); // H-016
    } else if (path.equals(EndpointConfig.PATH)) {
      Upgrade.Answer answer = Upgrade.check(head, loop.config().origins());
      if (answer instanceof Refusal refusal) {
        refuse(ctx, refusal);
      } else {
        request = head;
      }
    } else {
      route(ctx, path);
    }
  }

  private void upgrade(ChannelHandlerContext ctx, HttpRequest head) {
    decided = true;
    if (!(Upgrade.check(head, loop.config().origins()) instanceof Upgrade.Accepted accepted)) {
      return;
    }
    byte[] response = accepted.response().getBytes(StandardCharsets.US_ASCII);
    ChannelPipeline pipeline = ctx.pipeline();
    pipeline.remove(received);
    ctx.writeAndFlush(Unpooled.wrappedBuffer(response), ctx.voidPromise());
    WebSocketHandler handler = new WebSocketHandler(loop);
    pipeline.addLast(handler);
    if (tooMany) {
      handler.close(CloseCode.OVERLOADED); // H-014
    }
    // what the decoder holds already goes on to the new handler
    pipeline.remove(this);
    pipeline.remove(HttpRequestDecoder.class);
  }

  private void route(ChannelHandlerContext ctx, String path) {
    Route best = null;
    for (Route route : loop.config().routes()) {
      if (path.startsWith(route.prefix())
          && (best == null || route.prefix().length() > best.prefix().length())) {
        best = route;
      }
    }
    if (best == null) {
      refuse(ctx, Refusal.NOT_FOUND); // H-015
      return;
    }
    if (tooMany) {
      refuse(ctx, Refusal.UNAVAILABLE);
      return;
    }
    decided = true;
    received.withhold();
    ctx.channel().config().setAutoRead(false);
    Relay.connect(
        loop,
        ctx.channel(),
        best.target(),
        failed -> refuse(ctx, Refusal.UNAVAILABLE),
        upstream -> {
          Relay.join(ctx.channel(), upstream, received.take());
          ctx.pipeline().remove(HttpRequestDecoder.class);
          ctx.pipeline().remove(received);
          ctx.pipeline().remove(this);
          ctx.channel().config().setAutoRead(true);
        });
  }

  private void refuse(ChannelHandlerContext ctx, Refusal refusal) {
    decided = true;
    received.drop();
    loop.metrics().count(Counter.UPGRADES_REFUSED);
    deadline.closing(loop.time().monotonicNanos());
    ctx.channel().config().setAutoRead(true);
    ctx.writeAndFlush(Unpooled.wrappedBuffer(refusal.response()))
        .addListener(written -> endOutput(ctx));
  }

  /**
   * Tells the end of the answer, but goes on reading until the peer closes or the deadline: unread
   * bytes would reset the connection, and the answer might be lost with it.
   */
  private static void endOutput(ChannelHandlerContext ctx) {
    SslHandler tls = ctx.pipeline().get(SslHandler.class);
    if (tls != null) {
      tls.closeOutbound().addListener(told -> shutdown(ctx));
    } else {
      shutdown(ctx);
    }
  }

  private static void shutdown(ChannelHandlerContext ctx) {
    if (ctx.channel() instanceof DuplexChannel duplex) {
      duplex.shutdownOutput();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    loop.failed(cause);
    ctx.close();
  }

  /** The end of a connection that does not come to an upgrade (H-013). */
  private final class Deadline extends Sweeper.Swept {
    private @Nullable ChannelHandlerContext context;
    private long sinceNanos;
    private long allowedNanos;

    void start(ChannelHandlerContext ctx, long nowNanos) {
      context = ctx;
      sinceNanos = nowNanos;
      allowedNanos = loop.limits().times().upgrade().toNanos();
    }

    void closing(long nowNanos) {
      sinceNanos = nowNanos;
      allowedNanos = loop.limits().times().closing().toNanos();
    }

    @Override
    protected void sweep(long nowNanos) {
      if (context != null && nowNanos - sinceNanos >= allowedNanos) {
        context.close();
      }
    }
  }
}
