package dev.zamok.app.server;

import dev.zamok.app.UserError;
import dev.zamok.app.config.LogSettings;
import dev.zamok.app.config.StoreSettings;
import dev.zamok.authority.store.cassandra.CassandraConfig;
import dev.zamok.roomlog.redis.Access;
import dev.zamok.roomlog.redis.RedisLogConfig;
import io.vertx.core.net.HostAndPort;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** What the drivers of log and store are told, from what the administrator wrote. */
final class Drivers {
  private static final int PARTITIONS = RedisLogConfig.Layout.PARTITIONS;

  private Drivers() {}

  static RedisLogConfig redis(LogSettings.Redis settings) {
    List<RedisLogConfig.Shard> shards = settings.shards().stream().map(Drivers::shard).toList();
    // Neighbouring partitions on one shard: adding a shard at the end would move others, so the
    // list never changes while there is anything in the log.
    List<Integer> assignment =
        IntStream.range(0, PARTITIONS)
            .map(partition -> partition * shards.size() / PARTITIONS)
            .boxed()
            .toList();
    return new RedisLogConfig(
        new RedisLogConfig.Layout("", shards, assignment),
        ack(settings.ack()),
        access(settings.access()),
        RedisLogConfig.Bounds.DEFAULT);
  }

  private static RedisLogConfig.Ack ack(String text) {
    RedisLogConfig.Ack two = RedisLogConfig.Ack.DEFAULT;
    return switch (text) {
      case "all" -> new RedisLogConfig.Ack(RedisLogConfig.Ack.ALL, two.waitMax());
      case LogSettings.STORED -> new RedisLogConfig.Ack(two.replicas(), two.waitMax(), true);
      default -> new RedisLogConfig.Ack(Integer.parseInt(text), two.waitMax());
    };
  }

  private static Access access(LogSettings.Access settings) {
    Path password = settings.passwordFile();
    Path trust = settings.trust();
    Access access = Access.OPEN;
    if (password != null) {
      try {
        access = access.as(settings.user().isEmpty() ? "default" : settings.user(), password);
      } catch (UncheckedIOException e) {
        throw new UserError(String.valueOf(e.getMessage()));
      }
    }
    return trust == null ? access : access.over(trust);
  }

  private static RedisLogConfig.Shard shard(LogSettings.Shard shard) {
    RedisLogConfig.Source source =
        shard.primary().isEmpty()
            ? new RedisLogConfig.Source.Sentinels(
                shard.name(), shard.sentinels().stream().map(Drivers::address).toList())
            : new RedisLogConfig.Source.Standalone(address(shard.primary()));
    return new RedisLogConfig.Shard(shard.name(), source, shard.replicas());
  }

  static CassandraConfig cassandra(StoreSettings.Cassandra settings) {
    LogSettings.Access access = settings.access();
    Path password = access.passwordFile();
    return new CassandraConfig(
        settings.contactPoints().stream()
            .map(Drivers::address)
            .map(node -> new CassandraConfig.Contact(node.host(), node.port()))
            .toList(),
        settings.dataCentre(),
        new CassandraConfig.Keyspace(
            settings.keyspace(), CassandraConfig.Strategy.NETWORK, settings.replication()),
        password == null ? null : new CassandraConfig.Login(access.user(), password),
        access.trust(),
        CassandraConfig.Limits.DEFAULT);
  }

  /** {@code host:port} or {@code [address]:port}, as the settings were checked to be. */
  private static HostAndPort address(String text) {
    int colon = text.lastIndexOf(':');
    String host = text.substring(0, colon);
    return HostAndPort.create(
        host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
        Integer.parseInt(text.substring(colon + 1)));
  }
}
