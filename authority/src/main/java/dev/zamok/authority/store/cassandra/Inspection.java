package dev.zamok.authority.store.cassandra;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.metadata.Metadata;
import com.datastax.oss.driver.api.core.metadata.Node;
import com.datastax.oss.driver.api.core.metadata.NodeState;
import com.datastax.oss.driver.api.core.metadata.schema.KeyspaceMetadata;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Whether a ring is as the configuration says. Each failure is a {@link CassandraProblem}. */
final class Inspection {
  private Inspection() {}

  /** Whether the store can be used: nodes, keyspace, version of the schema. */
  static Future<Void> ready(Cql cql, CassandraConfig config) {
    return cql.metadata()
        .compose(
            metadata -> {
              requireNodes(metadata, config);
              requireKeyspace(metadata, config);
              return new SchemaVersion(cql, config.keyspace().name()).require();
            });
  }

  /** Whether the configured replicas find their place, and most of them are up. */
  static void requireNodes(Metadata metadata, CassandraConfig config) {
    List<Node> here = new ArrayList<>();
    Set<String> others = new TreeSet<>();
    for (Node node : metadata.getNodes().values()) {
      String centre = Optional.ofNullable(node.getDatacenter()).orElse("?");
      if (centre.equals(config.dataCentre())) {
        here.add(node);
      } else {
        others.add(centre);
      }
    }
    int replicas = config.keyspace().replicas();
    if (here.isEmpty()) {
      throw new CassandraProblem(
          "the ring has no data centre %s; it has %s".formatted(config.dataCentre(), others));
    }
    if (here.size() < replicas) {
      throw new CassandraProblem(
          "data centre %s has %d nodes, and keyspace %s wants %d replicas"
              .formatted(config.dataCentre(), here.size(), config.keyspace().name(), replicas));
    }
    long down = here.stream().filter(node -> node.getState() == NodeState.DOWN).count();
    if (here.size() - down < replicas / 2 + 1) {
      throw new CassandraProblem(
          "%d of the %d nodes of data centre %s are down"
              .formatted(down, here.size(), config.dataCentre()));
    }
  }

  private static void requireKeyspace(Metadata metadata, CassandraConfig config) {
    CassandraConfig.Keyspace wanted = config.keyspace();
    KeyspaceMetadata found =
        metadata
            .getKeyspace(CqlIdentifier.fromInternal(wanted.name()))
            .orElseThrow(
                () ->
                    new CassandraProblem(
                        "keyspace %s is missing: run ./zamok migrate".formatted(wanted.name())));
    requireReplication(found, config);
  }

  /** Whether a keyspace that is there is replicated as configured. */
  static void requireReplication(KeyspaceMetadata found, CassandraConfig config) {
    CassandraConfig.Keyspace wanted = config.keyspace();
    Map<String, String> replication = found.getReplication();
    String factor =
        switch (wanted.strategy()) {
          case SIMPLE -> "replication_factor";
          case NETWORK -> config.dataCentre();
        };
    boolean same =
        replication.getOrDefault("class", "").endsWith(wanted.strategy().cql())
            && Integer.toString(wanted.replicas()).equals(replication.get(factor));
    if (!same) {
      throw new CassandraProblem(
          "keyspace %s is replicated by %s, and the configuration says %s with %d in %s"
              .formatted(
                  wanted.name(),
                  replication,
                  wanted.strategy().cql(),
                  wanted.replicas(),
                  config.dataCentre()));
    }
  }
}
