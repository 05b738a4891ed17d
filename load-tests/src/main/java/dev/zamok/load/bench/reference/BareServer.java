package dev.zamok.load.bench.reference;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The reference as a process: one event loop on epoll, on a free port of loopback. */
@Command(name = "bare", description = "The bare server that the hub is compared with.")
public final class BareServer implements Callable<Integer> {
  private static final int BACKLOG = 4_096;

  @Option(names = "--certificate", paramLabel = "PEM", description = "Speak TLS with it.")
  private @Nullable Path certificate;

  @Option(names = "--key", paramLabel = "PEM", description = "Its key, PKCS #8.")
  private @Nullable Path key;

  @Option(
      names = "--sync",
      paramLabel = "FILE",
      description = "Append what comes in one turn to it, and fsync, before passing it on.")
  private @Nullable Path sync;

  /** The process of the reference. */
  public static void main(String[] arguments) {
    int code = new CommandLine(new BareServer()).execute(arguments);
    if (code != 0) {
      System.exit(code);
    }
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    SslContext tls = tls();
    EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    BareRooms rooms = new BareRooms(group.next(), sync == null ? null : new SyncedFile(sync));
    Channel listening =
        new ServerBootstrap()
            .group(group)
            .channel(EpollServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    if (tls != null) {
                      channel.pipeline().addLast(tls.newHandler(channel.alloc()));
                    }
                    channel.pipeline().addLast(new BareConnection(rooms));
                  }
                })
            .bind(InetAddress.getLoopbackAddress(), 0)
            .sync()
            .channel();
    int port = ((InetSocketAddress) listening.localAddress()).getPort();
    System.out.println(BareProtocol.READY + port);
    listening.closeFuture().sync();
    return 0;
  }

  private @Nullable SslContext tls() throws IOException {
    if (certificate == null || key == null) {
      return null;
    }
    return SslContextBuilder.forServer(certificate.toFile(), key.toFile())
        .sslProvider(OpenSsl.isAvailable() ? SslProvider.OPENSSL_REFCNT : SslProvider.JDK)
        .protocols("TLSv1.3", "TLSv1.2")
        .build();
  }
}
