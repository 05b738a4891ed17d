package dev.zamok.authority.lease;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * This authority's own row in the store, which says that it lives, and how long the store takes to
 * write it.
 *
 * <p>A beat is <em>slow</em> when another one as slow as it would come after the trust in this one
 * has ended: whatever is held by such beats is lost again between them. Beats count as slow until
 * {@value #CALM} in a row were not.
 *
 * <p>Belongs to the event loop of the authority.
 */
final class Pulse {
  private static final int CALM = 3;

  private final LeaseRows rows;
  private final LeaseConfig config;
  private final LongSupplier nanos;
  private final long id;
  private long version;
  private long lastNanos;
  private boolean beaten;
  private @Nullable Duration slowest;
  private int calm;

  Pulse(LeaseRows rows, LeaseConfig config, LongSupplier nanos, long id) {
    this.rows = rows;
    this.config = config;
    this.nanos = nanos;
    this.id = id;
  }

  boolean isDue() {
    return !beaten || nanos.getAsLong() - lastNanos >= config.beat().toNanos();
  }

  /** The next beat is due now. */
  void hurry() {
    beaten = false;
  }

  /** Yields when it began, by the monotonic clock; fails when the store does not take it. */
  Future<Long> beat(NodeRow row) {
    long begun = nanos.getAsLong();
    return rows.beat(id, row, version)
        .map(
            next -> {
              version = next;
              lastNanos = begun;
              beaten = true;
              return begun;
            })
        .onComplete(done -> judge(nanos.getAsLong() - begun, done.succeeded()));
  }

  private void judge(long took, boolean written) {
    // The next one begins a round after this one has ended, at the latest.
    long bearable = config.trust().minus(config.round()).toNanos() / 2;
    if (took > bearable) {
      slowest = Duration.ofNanos(took);
      calm = 0;
    } else if (written && ++calm >= CALM) {
      slowest = null;
    }
  }

  /** The last slow beat took so long; empty while beats are in time. */
  Optional<Duration> slow() {
    return Optional.ofNullable(slowest);
  }

  /** So that the next beat fits the row: after an unknown outcome, or when we were forgotten. */
  void note(Map<Long, Liveliness.Seen> nodes) {
    Liveliness.Seen own = nodes.get(id);
    version = own == null ? 0 : own.version();
    beaten = beaten && own != null;
  }

  /** Takes the row away: it lives no more. */
  Future<Void> end() {
    return version == 0 ? Future.succeededFuture() : rows.removeNode(id, version);
  }
}
