package dev.zamok.authority.store.cassandra;

import com.datastax.oss.driver.api.core.metadata.EndPoint;
import com.datastax.oss.driver.api.core.ssl.SslEngineFactory;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/**
 * TLS to nodes, whose certificates must hold what they were asked for by: a configured name, or
 * else the address. The driver's own factory asks the DNS for the name of an address, so that
 * whoever answers there chooses the name that a certificate must hold.
 */
final class NodeTls implements SslEngineFactory {
  private final SSLContext context;
  private final Set<String> names;

  /**
   * @param names the contact points that are names
   */
  NodeTls(SSLContext context, Set<String> names) {
    this.context = context;
    this.names = Set.copyOf(names);
  }

  @Override
  public SSLEngine newSslEngine(EndPoint remote) {
    SocketAddress at = remote.resolve();
    SSLEngine engine =
        at instanceof InetSocketAddress address
            ? context.createSSLEngine(host(address), address.getPort())
            : context.createSSLEngine();
    engine.setUseClientMode(true);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS"); // RFC 2818 §3.1
    engine.setSSLParameters(parameters);
    return engine;
  }

  /** Never by a look-up: an address may know a name that somebody else asked the DNS for. */
  private String host(InetSocketAddress address) {
    String given = address.getHostString();
    return names.contains(given) || address.isUnresolved()
        ? given
        : address.getAddress().getHostAddress();
  }

  @Override
  public void close() {
    // There is nothing to close.
  }
}
