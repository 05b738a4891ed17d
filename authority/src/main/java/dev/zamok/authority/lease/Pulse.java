package dev.zamok.authority.lease;

import io.vertx.core.Future;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * This authority's own row in the store, which says that it lives, and how it stands.
 *
 * <p>Belongs to the event loop of the authority.
 */
final class Pulse {
  private final LeaseRows rows;
  private final LeaseConfig config;
  private final LongSupplier nanos;
  private final long id;
  private long version;
  private long lastNanos;
  private boolean beaten;
  private NodeRow.Standing told = NodeRow.Standing.SERVING;

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
              told = row.standing();
              return begun;
            });
  }

  /** What the others know of this one, by its last beat. */
  NodeRow.Standing told() {
    return told;
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
