package dev.zamok.roomlog.redis;

import dev.zamok.roomlog.LogHealth;
import io.vertx.core.net.HostAndPort;
import java.time.Duration;
import java.util.Collections;
import java.util.List;

/** Where a log on Redis is, when it acknowledges, and its limits. */
public record RedisLogConfig(Layout layout, Ack ack, Access access, Bounds bounds) {
  /**
   * Which server has what. Must be the same in every process that uses the log, and never change
   * while there is anything in it, except for the addresses.
   *
   * @param keyPrefix before every key, so that two logs can share a server
   * @param assignment the index of the shard of each partition; 256 of them in production
   */
  public record Layout(String keyPrefix, List<Shard> shards, List<Integer> assignment) {
    public static final int PARTITIONS = 256;

    public Layout {
      shards = List.copyOf(shards);
      assignment = List.copyOf(assignment);
      if (shards.isEmpty() || assignment.isEmpty() || assignment.size() > PARTITIONS) {
        throw new IllegalArgumentException("a log has shards and 1 to 256 partitions");
      }
      int count = shards.size();
      if (assignment.stream().anyMatch(shard -> shard < 0 || shard >= count)) {
        throw new IllegalArgumentException("a partition is assigned to no shard");
      }
      if (keyPrefix.contains("{") || keyPrefix.contains("}")) {
        throw new IllegalArgumentException("braces in the key prefix");
      }
    }

    /** All partitions on one shard. */
    public static Layout of(Shard shard) {
      return new Layout("", List.of(shard), Collections.nCopies(PARTITIONS, 0));
    }
  }

  /**
   * One primary with its replicas.
   *
   * @param name shown in logs and in {@link LogHealth}
   * @param replicas how many there should be
   */
  public record Shard(String name, Source source, int replicas) {
    public Shard {
      if (replicas < 0) {
        throw new IllegalArgumentException("negative number of replicas");
      }
    }
  }

  /** How the primary is found. */
  public sealed interface Source {
    /** Always at the same address; without fail-over. */
    record Standalone(HostAndPort address) implements Source {}

    /** Named by the sentinels. */
    record Sentinels(String primaryName, List<HostAndPort> addresses) implements Source {
      public Sentinels {
        addresses = List.copyOf(addresses);
        if (addresses.isEmpty()) {
          throw new IllegalArgumentException("no sentinels");
        }
      }
    }
  }

  /**
   * When an entry counts as durable.
   *
   * @param replicas how many must have it, or {@link #ALL} that a shard should have
   * @param waitMax for them, each time
   * @param stored whether it must be in the store too: then it is delivered and acknowledged once
   *     the lease holder has stored it, which takes {@link #STORED_MAX} at most. Counts for what
   *     claims leases; the others find it out
   */
  public record Ack(int replicas, Duration waitMax, boolean stored) {
    public static final int ALL = -1;
    public static final Duration STORED_MAX = Duration.ofSeconds(5);

    /** Two replicas. */
    public static final Ack DEFAULT = new Ack(2, Duration.ofMillis(500));

    public Ack(int replicas, Duration waitMax) {
      this(replicas, waitMax, false);
    }

    public Ack {
      if (replicas < ALL || waitMax.toMillis() < 1) {
        throw new IllegalArgumentException("no acknowledgement is like that");
      }
    }

    int neededOf(Shard shard) {
      return replicas == ALL ? shard.replicas() : replicas;
    }
  }

  /**
   * Limits.
   *
   * @param queuedEntriesMax per event loop and shard, of entries that wait to be sent
   * @param queuedBytesMax the same in bytes
   * @param backlogBytesMax per partition, of entries that are not archived
   * @param uncommittedMax per partition, of entries that too few replicas have
   * @param answerMax for an answer of a server
   * @param silenceMax without a barrier, after which followers are told; {@link
   *     LogHealth#SILENCE_MAX} in production
   */
  public record Bounds(
      int queuedEntriesMax,
      long queuedBytesMax,
      long backlogBytesMax,
      int uncommittedMax,
      Duration answerMax,
      Duration silenceMax) {
    public static final Bounds DEFAULT =
        new Bounds(
            16_384, 32L << 20, 64L << 20, 4_096, Duration.ofSeconds(3), LogHealth.SILENCE_MAX);
  }
}
