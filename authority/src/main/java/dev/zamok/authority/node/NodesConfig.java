package dev.zamok.authority.node;

import dev.zamok.authority.lease.LeaseConfig;
import dev.zamok.protocol.beat.BeatKeys;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How an authority lives with others.
 *
 * @param inner where it listens for other authorities; null when it is alone
 * @param operatorToken a file, readable by its owner alone, with the token that shows the status;
 *     null: nobody sees it
 */
public record NodesConfig(
    LeaseConfig leases,
    @Nullable Inner inner,
    Beats beats,
    @Nullable Path operatorToken,
    Watch watch) {
  /** The only authority of a deployment. */
  public static final NodesConfig ALONE =
      new NodesConfig(
          LeaseConfig.ALONE,
          null,
          new Beats(Duration.ofSeconds(2), Duration.ofSeconds(6), null),
          null,
          Watch.NOTHING);

  /**
   * How nodes tell that they live.
   *
   * @param every how often hubs and authorities do
   * @param lost how long no beat comes until a node is taken for lost
   * @param keys by which the beats of hubs must be signed; null: whoever reaches the log can name
   *     hubs
   */
  public record Beats(Duration every, Duration lost, @Nullable BeatKeys keys) {}

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
    return new NodesConfig(LeaseConfig.SHARED, inner, ALONE.beats, null, Watch.NOTHING);
  }

  public NodesConfig with(LeaseConfig other) {
    return new NodesConfig(other, inner, beats, operatorToken, watch);
  }

  public NodesConfig withOperatorToken(Path file) {
    return new NodesConfig(leases, inner, beats, file, watch);
  }

  public NodesConfig withBeat(Duration every, Duration until) {
    return with(new Beats(every, until, beats.keys()));
  }

  /** With beats of hubs that must be signed. */
  public NodesConfig with(BeatKeys keys) {
    return with(new Beats(beats.every(), beats.lost(), keys));
  }

  private NodesConfig with(Beats other) {
    return new NodesConfig(leases, inner, other, operatorToken, watch);
  }

  public NodesConfig with(Watch other) {
    return new NodesConfig(leases, inner, beats, operatorToken, other);
  }
}
