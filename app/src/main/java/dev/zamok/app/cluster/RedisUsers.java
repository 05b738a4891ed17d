package dev.zamok.app.cluster;

import dev.zamok.app.UserError;
import dev.zamok.cluster.redis.RedisConf;
import dev.zamok.cluster.redis.Sentinels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The passwords that the Redis servers of a cluster ask for, each in a file.
 *
 * @param client of hubs and authorities, user {@value #CLIENT}
 * @param inner of servers and sentinels among each other
 */
record RedisUsers(Path client, Path inner) {
  static final String CLIENT = "zamok";

  /**
   * Those that were made before, or new ones for a new cluster; null where there are none. Fails
   * with {@link UserError} for a cluster that was made without.
   */
  static @Nullable RedisUsers of(ClusterPlan plan, boolean wanted) {
    RedisUsers users =
        new RedisUsers(
            plan.keys().resolve("redis.password"), plan.keys().resolve("redis-inner.password"));
    if (Files.exists(users.client)) {
      return users;
    }
    if (!wanted) {
      return null;
    }
    if (Files.exists(plan.of("sentinel-1"))) {
      throw new UserError(
          plan.directory() + " was made without passwords: name another --directory");
    }
    UpCommand.secret(users.inner);
    UpCommand.secret(users.client);
    return users;
  }

  RedisConf in(RedisConf conf) {
    return conf.withUsers(read(client), read(inner));
  }

  Sentinels.Login login() {
    return new Sentinels.Login(CLIENT, client);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new UserError("cannot read " + file);
    }
  }
}
