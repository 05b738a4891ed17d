package dev.zamok.hub.endpoint;

import dev.zamok.hub.limit.HubLimits;
import dev.zamok.hub.limit.Time;
import dev.zamok.hub.metrics.HubMetrics;
import io.netty.handler.ssl.SslContext;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * What all event loops of one public port share: its configuration, its certificate, and the count
 * of connections. Thread-safe.
 */
public final class Endpoint implements AutoCloseable {
  private final EndpointConfig config;
  private final HubLimits limits;
  private final HubMetrics metrics;
  private final Time time;
  private final @Nullable SslContext tls;
  private final AddressCounts addresses;
  private final AtomicBoolean closed = new AtomicBoolean();

  /** Blocking: parses the certificate. Fails with {@link IllegalArgumentException} if it is bad. */
  public Endpoint(EndpointConfig config, HubLimits limits, HubMetrics metrics, Time time) {
    this.config = config;
    this.limits = limits;
    this.metrics = metrics;
    this.time = time;
    this.tls = config.tls() == null ? null : TlsContexts.server(config.tls());
    this.addresses = new AddressCounts(limits.counts());
  }

  EndpointConfig config() {
    return config;
  }

  HubLimits limits() {
    return limits;
  }

  HubMetrics metrics() {
    return metrics;
  }

  Time time() {
    return time;
  }

  @Nullable SslContext tls() {
    return tls;
  }

  AddressCounts addresses() {
    return addresses;
  }

  /**
   * Fails when another process listens on the port. Blocking.
   *
   * <p>With {@code SO_REUSEPORT} a second server would bind the same port in silence and take half
   * of the connections, so the port is first bound without it.
   */
  public static void demandFreePort(String host, int port) throws IOException {
    if (port == 0) {
      return;
    }
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(InetAddress.getByName(host), port), 1);
    } catch (IOException e) {
      throw new IOException("port in use, or not ours to bind: " + host + ":" + port, e);
    }
  }

  /** Releases the certificate; call once every loop has stopped. */
  @Override
  public void close() {
    if (tls != null && closed.compareAndSet(false, true)) {
      ReferenceCountUtil.release(tls);
    }
  }
}
