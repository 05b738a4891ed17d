package dev.zamok.cluster.cassandra;

import dev.zamok.cluster.process.ServerProcess;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import javax.net.SocketFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * A Cassandra node: started, frozen, killed, started again on its data.
 *
 * <p>Threads: one at a time; calls block.
 */
public final class CassandraNode implements AutoCloseable {
  /** On a machine that is busy with other things. */
  private static final Duration START_MAX = Duration.ofMinutes(4);

  private static final Duration STOP_MAX = Duration.ofSeconds(30);

  private final CassandraSettings settings;
  private final Path java;
  private final SocketFactory sockets;
  private ServerProcess process;

  private CassandraNode(CassandraSettings settings, Path java) {
    this.settings = settings;
    this.java = java;
    this.sockets = sockets(settings.engine().tls());
    this.process = launch(settings, java);
  }

  /**
   * Starts a node without waiting for it. Fails with {@link IllegalStateException} when there is no
   * Java 17 or no Cassandra.
   */
  public static CassandraNode start(CassandraSettings settings) {
    return new CassandraNode(settings, CassandraJava.find());
  }

  /** Such as trust the node's own certificate. */
  private static SocketFactory sockets(CassandraSettings.@Nullable Tls tls) {
    if (tls == null) {
      return SocketFactory.getDefault();
    }
    try (InputStream in = Files.newInputStream(tls.keystore())) {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(in, tls.password().toCharArray());
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(keys);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context.getSocketFactory();
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("cannot read " + tls.keystore(), e);
    }
  }

  private static ServerProcess launch(CassandraSettings settings, Path java) {
    List<String> command = CassandraFiles.write(settings, java);
    return ServerProcess.start("cassandra-" + settings.address(), settings.directory(), command);
  }

  /** Waits until it serves clients. Fails with what it printed when it does not. */
  public void awaitReady() {
    process.awaitReady(() -> CqlProbe.answers(cql(), sockets), START_MAX);
  }

  /** Waits until it also knows {@code peers} other nodes. */
  public void awaitPeers(int peers) {
    process.awaitReady(() -> CqlProbe.knows(cql(), sockets, peers), START_MAX);
  }

  public CassandraSettings settings() {
    return settings;
  }

  /** Where clients connect. */
  public InetSocketAddress cql() {
    return new InetSocketAddress(settings.address(), settings.ports().cql());
  }

  /** Of the process that runs now. */
  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** SIGKILL. */
  public void kill() {
    process.kill();
  }

  /** As {@link ServerProcess#freeze}. */
  public void freeze() {
    process.freeze();
  }

  /** As {@link ServerProcess#thaw}. */
  public void thaw() {
    process.thaw();
  }

  /** SIGTERM: it flushes and leaves the ring orderly. */
  public void stop() {
    process.stop(STOP_MAX);
  }

  /** After {@link #kill} or {@link #stop}: starts it on its data, without waiting for it. */
  public void restart() {
    if (process.isAlive()) {
      throw new IllegalStateException(process + " is alive");
    }
    process = launch(settings, java);
  }

  @Override
  public void close() {
    process.close();
  }
}
