package dev.zamok.app.cluster;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The settings of each authority and hub, as an administrator would write them; see {@code
 * conf/zamok.yaml} for all keys.
 */
final class RoleFiles {
  private final ClusterPlan plan;
  private final @Nullable RedisUsers users;

  /**
   * @param users null where Redis asks for no passwords
   */
  RoleFiles(ClusterPlan plan, @Nullable RedisUsers users) {
    this.plan = plan;
    this.users = users;
  }

  String authority(int port, int inner) {
    return common(port)
        + """
        store:
          kind: cassandra
          cassandra:
            contactPoints: [%s]
            dataCentre: datacenter1
            keyspace: zamok
            replication: %d
        hub:
          beatKey: %s
        authority:
          inner: 127.0.0.1:%d
          operatorToken: %s
        """
            .formatted(
                addresses(
                    plan.cassandra().stream()
                        .map(host -> host + ":" + plan.ring().clients())
                        .toList()),
                plan.cassandra().size(),
                quoted(plan.beatKey()),
                inner,
                quoted(plan.operatorToken()));
  }

  String hub(int port) {
    return common(port)
        + """
        hub:
          url: wss://localhost:%d/hub
          authorities: [%s]
          trust: %s
          beatKey: %s
        """
            .formatted(
                port,
                addresses(plan.authorityUrls()),
                quoted(plan.certificate()),
                quoted(plan.beatKey()));
  }

  private String common(int port) {
    return """
    listen: 127.0.0.1:%d
    keys: %s
    tls:
      certificate: %s
      key: %s
    log:
      kind: redis
      redis:
        ack: "2"
        user: "%s"
        passwordFile: %s
        shards:
          - name: %s
            sentinels: [%s]
    """
        .formatted(
            port,
            quoted(plan.keys()),
            quoted(plan.certificate()),
            quoted(plan.keys().resolve("tls.key.pem")),
            users == null ? "" : RedisUsers.CLIENT,
            users == null ? "\"\"" : quoted(users.client()),
            ClusterPlan.SHARD,
            addresses(plan.sentinels().stream().map(sentinel -> "127.0.0.1:" + sentinel).toList()));
  }

  private static String addresses(List<String> all) {
    return all.stream().map(RoleFiles::quoted).collect(Collectors.joining(", "));
  }

  /** In double quotes, as YAML reads them. */
  private static String quoted(Object value) {
    return '"' + value.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
