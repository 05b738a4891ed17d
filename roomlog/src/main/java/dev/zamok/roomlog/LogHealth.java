package dev.zamok.roomlog;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a log is doing, as one process sees it. */
public record LogHealth(List<Shard> shards) {
  /**
   * Without a barrier for so long, hubs stop signals and close the connections of whoever follows
   * the log.
   */
  public static final Duration SILENCE_MAX = Duration.ofSeconds(10);

  public LogHealth {
    shards = List.copyOf(shards);
  }

  public boolean isHealthy() {
    return shards.stream().allMatch(shard -> shard.problem() == null);
  }

  /**
   * One primary with its replicas.
   *
   * @param primary its address, empty while none is known
   * @param replicas that are connected and keep up
   * @param replicasNeeded for an acknowledgement
   * @param lagBytes by which the slowest of those that are needed is behind
   * @param generation the highest seen in any of its partitions
   * @param silence since the last barrier succeeded
   * @param problem null when appends work; safe to show
   */
  public record Shard(
      String name,
      String primary,
      int replicas,
      int replicasNeeded,
      long lagBytes,
      int generation,
      Duration silence,
      @Nullable String problem) {}
}
