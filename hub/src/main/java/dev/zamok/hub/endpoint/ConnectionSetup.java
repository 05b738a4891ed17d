package dev.zamok.hub.endpoint;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * The pipeline of a new connection: TLS → what was received so far, kept for the relay → HTTP
 * request → upgrade. After the upgrade TLS and {@link WebSocketHandler} are left.
 */
@SuppressWarnings("FutureReturnValueIgnored") // failures of a channel end in its exceptionCaught
final class ConnectionSetup extends ChannelInitializer<Channel> {
  /** H-001. */
  static final int REQUEST_LINE_BYTES_MAX = 1_024;

  /** H-002. */
  static final int HEADER_BYTES_MAX = 4_096;

  private final EndpointLoop loop;

  ConnectionSetup(EndpointLoop loop) {
    this.loop = loop;
  }

  @Override
  protected void initChannel(Channel channel) {
    if (!(channel.remoteAddress() instanceof InetSocketAddress peer) || loop.isDraining()) {
      channel.close();
      return;
    }
    InetAddress address = peer.getAddress();
    AddressCounts counts = loop.endpoint().addresses();
    AddressCounts.Verdict verdict = counts.add(address);
    channel.closeFuture().addListener(end -> counts.remove(address));
    if (verdict == AddressCounts.Verdict.DROP) {
      channel.close();
      return;
    }
    loop.accepted(channel);
    ChannelPipeline pipeline = channel.pipeline();
    SslContext tls = loop.endpoint().tls();
    if (tls != null) {
      SslHandler handler = tls.newHandler(channel.alloc());
      // the sweeper ends what takes too long; no timer for each
      handler.setHandshakeTimeoutMillis(0);
      handler.setCloseNotifyFlushTimeoutMillis(0);
      pipeline.addLast(handler);
    }
    Received received = new Received();
    pipeline.addLast(received);
    pipeline.addLast(
        new HttpRequestDecoder(
            new HttpDecoderConfig()
                .setMaxInitialLineLength(REQUEST_LINE_BYTES_MAX)
                .setMaxHeaderSize(HEADER_BYTES_MAX)
                .setValidateHeaders(true)));
    pipeline.addLast(new UpgradeHandler(loop, received, verdict == AddressCounts.Verdict.REFUSE));
  }

  @Override
  public void exceptionCaught(io.netty.channel.ChannelHandlerContext ctx, Throwable cause) {
    loop.failed(cause);
    ctx.close();
  }
}
