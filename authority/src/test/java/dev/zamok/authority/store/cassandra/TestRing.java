package dev.zamok.authority.store.cassandra;

import static dev.zamok.authority.Await.await;

import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import dev.zamok.cluster.cassandra.CassandraNode;
import dev.zamok.cluster.cassandra.CassandraRing;
import dev.zamok.cluster.cassandra.CassandraSettings;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** One node that asks for passwords, for all tests of this JVM; it ends with the JVM. */
public final class TestRing {
  public static final CassandraConfig.Limits LIMITS =
      new CassandraConfig.Limits(
          Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofSeconds(40), 2_048);

  private static final CassandraSettings.Engine ENGINE = new CassandraSettings.Engine(384, true);
  private static final AtomicInteger KEYSPACES = new AtomicInteger();

  private TestRing() {}

  private static final class Holder {
    static final CassandraRing RING = CassandraRing.start(directory("cassandra"), 1, ENGINE);
    static final Path PASSWORD = password("cassandra");
  }

  /** A fresh directory below the module's target. */
  static Path directory(String name) {
    try {
      Path target = Files.createDirectories(Path.of("target").toAbsolutePath());
      Path directory = Files.createTempDirectory(target, name);
      directory.toFile().deleteOnExit();
      return directory;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path password(String text) {
    try {
      return Files.writeString(directory("password").resolve("password"), text + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static CassandraNode node() {
    return Holder.RING.node(0);
  }

  static List<CassandraConfig.Contact> contacts(CassandraRing ring) {
    return ring.contactPoints().stream().map(TestRing::contact).toList();
  }

  private static CassandraConfig.Contact contact(InetSocketAddress address) {
    return new CassandraConfig.Contact(address.getHostString(), address.getPort());
  }

  static CassandraConfig.Login login() {
    return new CassandraConfig.Login("cassandra", Holder.PASSWORD);
  }

  /** Of a keyspace that is not there yet. */
  static CassandraConfig fresh() {
    return config("test" + KEYSPACES.incrementAndGet(), LIMITS);
  }

  static CassandraConfig config(String keyspace, CassandraConfig.Limits limits) {
    return new CassandraConfig(
        contacts(Holder.RING),
        CassandraSettings.DATA_CENTRE,
        new CassandraConfig.Keyspace(keyspace, CassandraConfig.Strategy.NETWORK, 1),
        login(),
        null,
        limits);
  }

  private static final class Cleared {
    static final Vertx VERTX = Vertx.vertx();
    static final CassandraConfig CONFIG = migrated(VERTX);
    static final Cql CQL = await(Cql.connect(VERTX, CONFIG));
  }

  static CassandraConfig migrated(Vertx vertx) {
    CassandraConfig config = fresh();
    await(CassandraSchema.migrate(vertx, config));
    return config;
  }

  /** Of a keyspace with all tables and no rows: each call empties it again. */
  public static CassandraConfig cleared() {
    for (String table : List.of("immutable_row", "versioned_row", "table_name")) {
      String name = Cleared.CONFIG.keyspace().name() + "." + table;
      await(Cleared.CQL.change(SimpleStatement.newInstance("TRUNCATE " + name)));
    }
    return Cleared.CONFIG;
  }
}
