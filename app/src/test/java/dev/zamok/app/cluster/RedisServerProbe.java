package dev.zamok.app.cluster;

import dev.zamok.cluster.redis.HostPort;
import dev.zamok.cluster.redis.RespClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import javax.net.SocketFactory;

/** Asks a Redis server that somebody else started. */
final class RedisServerProbe {
  private static final Duration ANSWER = Duration.ofSeconds(10);

  private RedisServerProbe() {}

  static Object ask(HostPort at, String... words) {
    try (RespClient client = new RespClient(at, SocketFactory.getDefault(), ANSWER)) {
      return Objects.requireNonNullElse(client.command(List.of(words)), "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static boolean answers(HostPort at) {
    try {
      ask(at, "PING");
      return true;
    } catch (UncheckedIOException e) {
      return false;
    }
  }
}
