package dev.zamok.authority.store.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.CqlSessionBuilder;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import io.vertx.cassandra.CassandraClient;
import io.vertx.cassandra.CassandraClientOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Makes the driver's client out of the configuration. */
final class Connection {
  private static final Duration HEARTBEAT = Duration.ofSeconds(5);
  private static final Duration HEARTBEAT_TIMEOUT = Duration.ofSeconds(3);
  private static final Duration RECONNECT_FIRST = Duration.ofMillis(250);
  private static final Duration RECONNECT_LAST = Duration.ofSeconds(5);
  private static final Duration AGREEMENT = Duration.ofSeconds(60);

  /** Another node is asked as well when the first did not answer within this time. */
  private static final Duration SECOND_NODE_AFTER = Duration.ofMillis(500);

  private static final Duration SCHEMA_WINDOW = Duration.ofMillis(10);

  private static final int NODES_ASKED_MAX = 3;
  private static final int IO_THREADS = 2;
  private static final int REQUESTS_PER_CONNECTION_MIN = 1_024;
  private static final int PASSWORD_BYTES_MAX = 1_024;

  private Connection() {}

  /** A client that is not connected yet. Fails with {@link CassandraProblem}. */
  static Future<CassandraClient> prepare(Vertx vertx, CassandraConfig config) {
    return vertx
        .executeBlocking(() -> builder(config), false)
        .map(builder -> CassandraClient.create(vertx, new CassandraClientOptions(builder)));
  }

  private static CqlSessionBuilder builder(CassandraConfig config) {
    CqlSessionBuilder builder = CqlSession.builder().withConfigLoader(settings(config));
    for (CassandraConfig.Contact contact : config.contacts()) {
      builder.addContactPoint(new InetSocketAddress(contact.host(), contact.port()));
    }
    CassandraConfig.Login login = config.login();
    if (login != null) {
      builder.withAuthCredentials(login.user(), password(login.passwordFile()));
    }
    Path trust = config.trust();
    if (trust != null) {
      builder.withSslEngineFactory(
          new NodeTls(
              tls(trust),
              config.contacts().stream()
                  .map(CassandraConfig.Contact::host)
                  .collect(Collectors.toSet())));
    }
    return builder;
  }

  private static DriverConfigLoader settings(CassandraConfig config) {
    CassandraConfig.Limits limits = config.limits();
    return DriverConfigLoader.programmaticBuilder()
        .withString(DefaultDriverOption.LOAD_BALANCING_LOCAL_DATACENTER, config.dataCentre())
        .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, limits.request())
        .withDuration(DefaultDriverOption.CONNECTION_CONNECT_TIMEOUT, limits.connect())
        .withDuration(DefaultDriverOption.CONNECTION_INIT_QUERY_TIMEOUT, limits.connect())
        .withDuration(DefaultDriverOption.CONTROL_CONNECTION_TIMEOUT, limits.connect())
        .withDuration(DefaultDriverOption.CONTROL_CONNECTION_AGREEMENT_TIMEOUT, AGREEMENT)
        .withInt(
            DefaultDriverOption.CONNECTION_MAX_REQUESTS,
            Math.max(REQUESTS_PER_CONNECTION_MIN, limits.callsMax()))
        .withDuration(DefaultDriverOption.HEARTBEAT_INTERVAL, HEARTBEAT)
        .withDuration(DefaultDriverOption.HEARTBEAT_TIMEOUT, HEARTBEAT_TIMEOUT)
        .withDuration(DefaultDriverOption.RECONNECTION_BASE_DELAY, RECONNECT_FIRST)
        .withDuration(DefaultDriverOption.RECONNECTION_MAX_DELAY, RECONNECT_LAST)
        .withString(
            DefaultDriverOption.SPECULATIVE_EXECUTION_POLICY_CLASS,
            "ConstantSpeculativeExecutionPolicy")
        .withInt(DefaultDriverOption.SPECULATIVE_EXECUTION_MAX, NODES_ASKED_MAX)
        .withDuration(DefaultDriverOption.SPECULATIVE_EXECUTION_DELAY, SECOND_NODE_AFTER)
        .withInt(DefaultDriverOption.NETTY_IO_SIZE, IO_THREADS)
        .withInt(DefaultDriverOption.NETTY_ADMIN_SIZE, 1)
        // Of the schema only what is ours, and at once: migrations wait for each step to be seen.
        .withStringList(
            DefaultDriverOption.METADATA_SCHEMA_REFRESHED_KEYSPACES,
            List.of(config.keyspace().name()))
        .withDuration(DefaultDriverOption.METADATA_SCHEMA_WINDOW, SCHEMA_WINDOW)
        // Calls have ended before the client is closed: there is nothing to wait for.
        .withInt(DefaultDriverOption.NETTY_IO_SHUTDOWN_QUIET_PERIOD, 0)
        .withInt(DefaultDriverOption.NETTY_ADMIN_SHUTDOWN_QUIET_PERIOD, 0)
        // Tables are named with their keyspace, so that a missing one is told in our words.
        .withBoolean(DefaultDriverOption.REQUEST_WARN_IF_SET_KEYSPACE, false)
        .build();
  }

  private static String password(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(PASSWORD_BYTES_MAX + 1);
      if (bytes.length <= PASSWORD_BYTES_MAX) {
        return new String(bytes, StandardCharsets.UTF_8).lines().findFirst().orElse("");
      }
    } catch (IOException e) {
      throw new CassandraProblem("the password file " + file + " cannot be read");
    }
    throw new CassandraProblem(
        "the password file " + file + " has more than " + PASSWORD_BYTES_MAX + " bytes");
  }

  private static SSLContext tls(Path trust) {
    try (InputStream in = Files.newInputStream(trust)) {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int count = 0;
      for (Certificate certificate :
          CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("ca" + count++, certificate);
      }
      if (count == 0) {
        throw new CassandraProblem("the file " + trust + " holds no certificate");
      }
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, factory.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new CassandraProblem("the certificates in " + trust + " cannot be read");
    }
  }
}
