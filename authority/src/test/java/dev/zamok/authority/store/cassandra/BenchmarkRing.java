package dev.zamok.authority.store.cassandra;

import static dev.zamok.authority.Await.await;

import dev.zamok.authority.store.Store;
import dev.zamok.cluster.cassandra.CassandraRing;
import dev.zamok.cluster.cassandra.CassandraSettings;
import io.vertx.core.Vertx;
import java.nio.file.Path;

/** A ring that keeps every row on every node, for benchmarks. */
public record BenchmarkRing(CassandraRing ring) implements AutoCloseable {
  private static final int HEAP_MEGABYTES = 512;

  public static BenchmarkRing start(Path directory, int nodes) {
    var engine = new CassandraSettings.Engine(HEAP_MEGABYTES, false);
    return new BenchmarkRing(CassandraRing.start(directory.resolve("ring" + nodes), nodes, engine));
  }

  /** The store, with its schema made. */
  public Store open(Vertx vertx) {
    CassandraConfig config =
        new CassandraConfig(
            TestRing.contacts(ring),
            CassandraSettings.DATA_CENTRE,
            new CassandraConfig.Keyspace("zamok", CassandraConfig.Strategy.NETWORK, ring.size()),
            null,
            null,
            TestRing.LIMITS);
    await(CassandraSchema.migrate(vertx, config));
    return await(CassandraStore.open(vertx, config));
  }

  @Override
  public void close() {
    ring.close();
  }
}
