package dev.zamok.app.cluster;

import dev.zamok.cluster.cassandra.CassandraNode;
import dev.zamok.cluster.cassandra.CassandraRing;
import dev.zamok.cluster.cassandra.CassandraSettings;
import java.util.ArrayList;
import java.util.List;

/** A Cassandra node. */
record CassandraPart(String name, CassandraSettings settings) implements Part {
  private static final int HEAP_MEGABYTES = 384;

  static List<CassandraPart> all(ClusterPlan plan) {
    List<CassandraSettings> ring =
        CassandraRing.settings(
            plan.of("cassandra"),
            plan.cassandra().size(),
            new CassandraSettings.Ports(plan.ring().clients(), plan.ring().nodes()),
            new CassandraSettings.Engine(HEAP_MEGABYTES, false));
    List<CassandraPart> parts = new ArrayList<>();
    for (CassandraSettings settings : ring) {
      parts.add(new CassandraPart("cassandra-" + (parts.size() + 1), settings));
    }
    return parts;
  }

  @Override
  public Running start() {
    CassandraNode node = CassandraNode.start(settings);
    node.awaitReady();
    return new Started(node);
  }

  private record Started(CassandraNode node) implements Running {
    @Override
    public long pid() {
      return node.pid();
    }

    @Override
    public boolean isAlive() {
      return node.isAlive();
    }

    @Override
    public void stop() {
      node.stop();
    }
  }
}
