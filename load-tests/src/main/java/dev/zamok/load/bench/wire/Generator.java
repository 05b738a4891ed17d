package dev.zamok.load.bench.wire;

import dev.zamok.protocol.EntryKind;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.handler.ssl.SslContext;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Makes connections, all on one event loop, where every {@link Peer.Events} comes too. Source
 * addresses are spread over 127.0.1.0/24, as a server counts connections by address.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what fails is told as trouble
public final class Generator implements AutoCloseable {
  private static final int OF_ONE_ADDRESS_MAX = 1_500;
  private static final int CONNECT_MILLIS_MAX = 10_000;

  private final EventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
  private final EventLoop loop = group.next();
  private final FlushQueue flushes = new FlushQueue(loop);

  /** Where the events come; for drivers that send by the clock. */
  public EventLoop loop() {
    return loop;
  }

  /**
   * A server of this machine.
   *
   * @param tls null to speak in the clear
   */
  public record Target(int port, @Nullable SslContext tls, Speech speech) {}

  /**
   * Connects all seats, which are numbered from 0 in their order, {@code atOnce} at the same time.
   * Completes with their connections once every one is ready; fails with the first trouble.
   */
  public CompletableFuture<List<Peer>> connect(
      Target target, List<Seat> seats, int atOnce, Peer.Events events) {
    Connecting connecting = new Connecting(target, seats, events);
    loop.execute(
        () -> {
          for (int i = 0; i < atOnce; i++) {
            connecting.next();
          }
        });
    return connecting.all;
  }

  @Override
  public void close() {
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }

  /** Connections under way: each that is ready lets the next one go. */
  private final class Connecting implements Peer.Events {
    private final Target target;
    private final List<Seat> seats;
    private final Peer.Events events;
    private final CompletableFuture<List<Peer>> all = new CompletableFuture<>();
    private final Peer[] ready;
    private int begun;
    private int readyCount;

    Connecting(Target target, List<Seat> seats, Peer.Events events) {
      this.target = target;
      this.seats = seats;
      this.events = events;
      this.ready = new Peer[seats.size()];
    }

    void next() {
      if (begun == seats.size() || all.isDone()) {
        return;
      }
      Seat seat = seats.get(begun++);
      Peer peer = target.speech().peer(seat, this, flushes);
      int address = 1 + seat.number() / OF_ONE_ADDRESS_MAX;
      Bootstrap bootstrap = bootstrap(peer);
      if (seat.receiveBytes() > 0) {
        bootstrap.option(ChannelOption.SO_RCVBUF, seat.receiveBytes());
      }
      bootstrap
          .connect(
              new InetSocketAddress(InetAddress.getLoopbackAddress(), target.port()),
              new InetSocketAddress("127.0.1." + address, 0))
          .addListener(
              done -> {
                if (!done.isSuccess()) {
                  all.completeExceptionally(done.cause());
                }
              });
    }

    private Bootstrap bootstrap(Peer peer) {
      return new Bootstrap()
          .group(loop)
          .channel(EpollSocketChannel.class)
          .option(ChannelOption.TCP_NODELAY, true)
          .option(EpollChannelOption.IP_BIND_ADDRESS_NO_PORT, true)
          .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS_MAX)
          .handler(
              new ChannelInitializer<Channel>() {
                @Override
                protected void initChannel(Channel channel) {
                  SslContext tls = target.tls();
                  if (tls != null) {
                    channel.pipeline().addLast(tls.newHandler(channel.alloc()));
                  }
                  channel.pipeline().addLast(peer);
                }
              });
    }

    @Override
    public void ready(Peer peer) {
      ready[peer.seat().number()] = peer;
      events.ready(peer);
      if (++readyCount == ready.length) {
        all.complete(List.of(ready));
      } else {
        next();
      }
    }

    @Override
    public void delivered(Peer peer, int room, long number, long dueNanos) {
      events.delivered(peer, room, number, dueNanos);
    }

    @Override
    public void acknowledged(Peer peer, int room, long number) {
      events.acknowledged(peer, room, number);
    }

    @Override
    public void control(Peer peer, EntryKind kind) {
      events.control(peer, kind);
    }

    @Override
    public void trouble(Peer peer, String what) {
      all.completeExceptionally(new IllegalStateException(what));
      events.trouble(peer, what);
    }
  }
}
