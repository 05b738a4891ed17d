package dev.zamok.cluster.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Decides the role in which a Redis process may start, so that none becomes primary on its own.
 *
 * <p>A primary that comes back with less than it had (an empty disk, a lost second of its file)
 * would make its replicas throw away what was acknowledged. So a process that finds itself named
 * primary waits until the sentinels have promoted another one. Only when they do not, as after a
 * restart of everything, does it serve what it has, and never when that is nothing.
 */
public final class RedisLauncher {
  private static final long LOOK_MILLIS = 100;

  /** An append-only file without any entry of the log is smaller. */
  private static final long DATA_BYTES_MIN = 1_024;

  private final RedisBinary binary;
  private final Sentinels sentinels;
  private final Duration patience;

  /**
   * Starts {@code binary} after asking the sentinels.
   *
   * @param patience with the sentinels; longer than they take for a fail-over
   */
  public RedisLauncher(RedisBinary binary, Sentinels sentinels, Duration patience) {
    this.binary = binary;
    this.sentinels = sentinels;
    this.patience = patience;
  }

  /**
   * Starts the process as a replica of whom the sentinels name. Fails with {@link
   * IllegalStateException} when it may not start.
   */
  public RedisServer launch(RedisServer.Spec spec, RedisConf conf) {
    Optional<HostPort> primary = await(spec.at());
    if (primary.isPresent() && !primary.get().equals(spec.at())) {
      return RedisServer.start(binary, spec, conf.replicaOf(primary.get()));
    }
    if (primary.isEmpty()) {
      throw new IllegalStateException(
          spec.name() + " does not start: the sentinels do not say who is primary");
    }
    if (!hasData(spec.directory())) {
      throw new IllegalStateException(
          spec.name() + " does not start: it would serve as primary without data");
    }
    return RedisServer.start(binary, spec, conf);
  }

  /**
   * The first primary of a new shard: its directory must be empty, and the sentinels must name no
   * other.
   */
  public RedisServer bootstrap(RedisServer.Spec spec, RedisConf conf) {
    Optional<HostPort> named = sentinels.primary();
    if (named.isPresent() && !named.get().equals(spec.at())) {
      throw new IllegalStateException(
          spec.name() + " is not the first primary: the sentinels name " + named.get());
    }
    if (hasData(spec.directory())) {
      throw new IllegalStateException(spec.name() + " has data: it is not new");
    }
    return RedisServer.start(binary, spec, conf);
  }

  /** Waits until somebody else is named, or for as long as patience lasts. */
  private Optional<HostPort> await(HostPort self) {
    long end = System.nanoTime() + patience.toNanos();
    Optional<HostPort> named = sentinels.primary();
    while ((named.isEmpty() || named.get().equals(self)) && System.nanoTime() < end) {
      try {
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted", e);
      }
      named = sentinels.primary();
    }
    return named;
  }

  /** Whether a server of this directory has ever written an entry of the log. */
  public static boolean hasData(Path directory) {
    Path files = directory.resolve("appendonlydir");
    if (!Files.isDirectory(files)) {
      return false;
    }
    try (Stream<Path> all = Files.list(files)) {
      return all.mapToLong(file -> file.toFile().length()).sum() >= DATA_BYTES_MIN;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
