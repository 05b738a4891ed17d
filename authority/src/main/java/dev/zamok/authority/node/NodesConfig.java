package dev.zamok.authority.node;

import dev.zamok.authority.lease.LeaseConfig;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How an authority lives with others.
 *
 * @param inner where it listens for other authorities; null when it is alone
 * @param beat how often hubs and authorities tell that they live
 * @param lost how long no beat comes until a node is taken for lost
 * @param operatorToken a file, readable by its owner alone, with the token that shows the status;
 *     null: nobody sees it
 */
public record NodesConfig(
    LeaseConfig leases,
    @Nullable Inner inner,
    Duration beat,
    Duration lost,
    @Nullable Path operatorToken,
    Watch watch) {
  /** The only authority of a deployment. */
  public static final NodesConfig ALONE =
      new NodesConfig(
          LeaseConfig.ALONE,
          null,
          Duration.ofSeconds(2),
          Duration.ofSeconds(6),
          null,
          Watch.NOTHING);

  /**
   * The listener for other authorities.
   *
   * @param port 0 takes a free one
   * @param advertised {@code host:port} by which others reach it; empty for {@code host} and the
   *     port taken
   */
  public record Inner(String host, int port, String advertised) {}

  public NodesConfig {
    if (leases.alone() == (inner != null)) {
      throw new IllegalArgumentException("one of several authorities has an inner listener");
    }
  }

  /** One of several. */
  public static NodesConfig shared(Inner inner) {
    return new NodesConfig(LeaseConfig.SHARED, inner, ALONE.beat, ALONE.lost, null, Watch.NOTHING);
  }

  public NodesConfig with(LeaseConfig other) {
    return new NodesConfig(other, inner, beat, lost, operatorToken, watch);
  }

  public NodesConfig withOperatorToken(Path file) {
    return new NodesConfig(leases, inner, beat, lost, file, watch);
  }

  public NodesConfig withBeat(Duration every, Duration until) {
    return new NodesConfig(leases, inner, every, until, operatorToken, watch);
  }

  public NodesConfig with(Watch other) {
    return new NodesConfig(leases, inner, beat, lost, operatorToken, other);
  }
}
