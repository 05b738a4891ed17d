package dev.zamok.hub.endpoint;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ServerChannel;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.vertx.core.spi.transport.Transport;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Binds the public port.
 *
 * <p>With epoll every loop has a listening socket of its own ({@code SO_REUSEPORT}), and the kernel
 * spreads the connections. NIO has no such thing everywhere: there the first loop listens and hands
 * connections to all in turn.
 */
@SuppressWarnings("FutureReturnValueIgnored") // failures of a channel end in its exceptionCaught
final class Listener {
  private static final int BACKLOG = 4_096;
  private static final int NOT_SENT_BYTES_MAX = 65_536;
  private static final long PAUSE_MILLIS = 1_000;

  private final ServerChannel channel;

  Listener(Transport transport) {
    channel = transport.serverChannelFactory(false).newChannel();
  }

  boolean sharesPorts() {
    return channel instanceof EpollServerSocketChannel;
  }

  /** Instead of {@link #bind}. */
  void discard() {
    channel.unsafe().closeForcibly();
  }

  /** Calls {@code done} on the loop of {@code owner}. */
  void bind(
      EndpointLoop owner,
      int port,
      List<EndpointLoop> takers,
      BiConsumer<@Nullable Channel, @Nullable Throwable> done) {
    channel.config().setOption(ChannelOption.SO_BACKLOG, BACKLOG);
    channel.config().setOption(ChannelOption.SO_REUSEADDR, true);
    if (sharesPorts()) {
      channel.config().setOption(EpollChannelOption.SO_REUSEPORT, true);
    }
    channel.pipeline().addLast(new Acceptor(takers));
    owner
        .netty()
        .register(channel)
        .addListener(
            registered -> {
              if (!registered.isSuccess()) {
                done.accept(null, registered.cause());
                return;
              }
              channel
                  .bind(new InetSocketAddress(owner.config().host(), port))
                  .addListener(
                      bound -> {
                        if (bound.isSuccess()) {
                          done.accept(channel, null);
                        } else {
                          channel.close();
                          done.accept(null, bound.cause());
                        }
                      });
            });
  }

  private static final class Acceptor extends ChannelInboundHandlerAdapter {
    private final List<EndpointLoop> takers;
    private int next;

    Acceptor(List<EndpointLoop> takers) {
      this.takers = List.copyOf(takers);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
      Channel child = (Channel) msg;
      EndpointLoop taker = takers.get(next++ % takers.size());
      configure(child, taker);
      child.pipeline().addLast(new ConnectionSetup(taker));
      taker
          .netty()
          .register(child)
          .addListener(
              registered -> {
                if (!registered.isSuccess()) {
                  child.unsafe().closeForcibly();
                }
              });
    }

    private static void configure(Channel child, EndpointLoop taker) {
      child.config().setOption(ChannelOption.TCP_NODELAY, true);
      if (child instanceof EpollSocketChannel) {
        // what is not sent yet stays with us, where it is counted, not in the kernel
        child.config().setOption(EpollChannelOption.TCP_NOTSENT_LOWAT, (long) NOT_SENT_BYTES_MAX);
      }
      child
          .config()
          .setWriteBufferWaterMark(
              new WriteBufferWaterMark(
                  taker.limits().sizes().lowWaterBytes(), taker.limits().sizes().highWaterBytes()));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      // out of file descriptors, most likely: give the machine a moment
      takers.get(0).failed(cause);
      if (ctx.channel().config().isAutoRead()) {
        ctx.channel().config().setAutoRead(false);
        ctx.executor()
            .schedule(
                () -> ctx.channel().config().setAutoRead(true),
                PAUSE_MILLIS,
                TimeUnit.MILLISECONDS);
      }
    }
  }
}
