package dev.zamok.hub.endpoint;

import dev.zamok.hub.metrics.Counter;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.haproxy.HAProxyCommand;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyMessageEncoder;
import io.netty.handler.codec.haproxy.HAProxyProtocolVersion;
import io.netty.handler.codec.haproxy.HAProxyProxiedProtocol;
import io.vertx.core.internal.VertxInternal;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.Consumer;

/**
 * Passes bytes between a client and a route, both ways, as they are. The route learns the client's
 * address by a PROXY protocol header, version 2. Who reads slowly slows the other side down: at
 * most one high-water mark waits in each direction.
 */
@SuppressWarnings("FutureReturnValueIgnored") // failures of a channel end in its exceptionCaught
final class Relay extends ChannelInboundHandlerAdapter {
  private static final int CONNECT_MILLIS_MAX = 3_000;

  private final Channel other;
  private final Consumer<Throwable> report;

  private Relay(Channel other, Consumer<Throwable> report) {
    this.other = other;
    this.report = report;
  }

  /** Calls one of both on the loop; the upstream does not read yet. */
  static void connect(
      EndpointLoop loop,
      Channel client,
      InetSocketAddress target,
      Consumer<Throwable> failed,
      Consumer<Channel> connected) {
    VertxInternal vertx = loop.context().owner();
    new Bootstrap()
        .group(loop.netty())
        .channelFactory(vertx.transport().channelFactory(false))
        .option(ChannelOption.AUTO_READ, false)
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS_MAX)
        .option(ChannelOption.WRITE_BUFFER_WATER_MARK, client.config().getWriteBufferWaterMark())
        .handler(new Relay(client, loop::failed))
        .connect(target)
        .addListener(
            (ChannelFutureListener)
                done -> {
                  if (!done.isSuccess()) {
                    loop.metrics().count(Counter.RELAYS_FAILED);
                    if (client.isActive()) {
                      failed.accept(done.cause());
                    }
                  } else if (!client.isActive()) {
                    done.channel().close();
                  } else {
                    loop.metrics().count(Counter.RELAYS);
                    connected.accept(done.channel());
                  }
                });
  }

  /** Sends who the client is and what it sent already, then everything else. */
  static void join(Channel client, Channel upstream, ByteBuf soFar) {
    upstream.pipeline().addFirst(HAProxyMessageEncoder.INSTANCE);
    upstream.write(header(client));
    upstream.pipeline().remove(HAProxyMessageEncoder.INSTANCE);
    upstream.writeAndFlush(soFar);
    Relay there = upstream.pipeline().get(Relay.class);
    client.pipeline().addLast(new Relay(upstream, there.report));
    upstream.config().setAutoRead(true);
  }

  private static HAProxyMessage header(Channel client) {
    InetSocketAddress from = (InetSocketAddress) client.remoteAddress();
    InetSocketAddress to = (InetSocketAddress) client.localAddress();
    boolean four = from.getAddress() instanceof Inet4Address;
    return new HAProxyMessage(
        HAProxyProtocolVersion.V2,
        HAProxyCommand.PROXY,
        four ? HAProxyProxiedProtocol.TCP4 : HAProxyProxiedProtocol.TCP6,
        literal(from.getAddress()),
        literal(to.getAddress()),
        from.getPort(),
        to.getPort());
  }

  private static String literal(InetAddress address) {
    String text = address.getHostAddress();
    int zone = text.indexOf('%');
    return zone < 0 ? text : text.substring(0, zone);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) {
    other.writeAndFlush(msg, other.voidPromise());
    if (!other.isWritable()) {
      ctx.channel().config().setAutoRead(false);
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    other.config().setAutoRead(ctx.channel().isWritable());
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    if (other.isActive()) {
      other.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    report.accept(cause);
    ctx.close();
  }
}
