package dev.zamok.authority.lease;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whose beat moves, by this machine's monotonic clock: the wall clocks of two machines are never
 * compared.
 */
final class Liveliness {
  private final long takeoverNanos;
  private final Map<Long, Seen> seen = new HashMap<>();

  Liveliness(Duration takeover) {
    this.takeoverNanos = takeover.toNanos();
  }

  /** A row of an authority, and since when it has stood still. */
  record Seen(NodeRow row, long version, long sinceNanos) {}

  /** Takes in all rows as they are now. */
  void observe(Map<Long, Seen> rows) {
    seen.keySet().retainAll(rows.keySet());
    rows.forEach(
        (id, now) -> {
          Seen before = seen.get(id);
          if (before == null || before.version != now.version) {
            seen.put(id, now);
          }
        });
  }

  Set<Long> live(long nanos) {
    return seen.entrySet().stream()
        .filter(one -> nanos - one.getValue().sinceNanos < takeoverNanos)
        .map(Map.Entry::getKey)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Lost ones included. */
  List<LeaseKeeper.Node> nodes(long nanos) {
    Set<Long> live = live(nanos);
    return seen.entrySet().stream()
        .map(
            one ->
                new LeaseKeeper.Node(
                    one.getKey(), one.getValue().row(), live.contains(one.getKey())))
        .toList();
  }

  /** How those that live stand; a map of the caller's own. */
  Map<Long, NodeRow.Standing> standings(long nanos) {
    Map<Long, NodeRow.Standing> standings = new HashMap<>();
    live(nanos).forEach(id -> standings.put(id, row(id).standing()));
    return standings;
  }

  /** Which of these leases belong to others that live, by partition. */
  Map<Integer, Leases.Owner> owners(List<LeaseRow> leases, long me, long nanos) {
    Set<Long> live = live(nanos);
    Map<Integer, Leases.Owner> owners = new HashMap<>();
    for (LeaseRow lease : leases) {
      long holder = lease.holder();
      if (holder != me && live.contains(holder)) {
        owners.put(lease.partition(), new Leases.Owner(holder, row(holder).address()));
      }
    }
    return owners;
  }

  private NodeRow row(long id) {
    return Objects.requireNonNull(seen.get(id)).row();
  }

  /** Those that stood still for at least {@code time}. */
  Map<Long, Seen> stillSince(long nanos, Duration time) {
    return seen.entrySet().stream()
        .filter(one -> nanos - one.getValue().sinceNanos >= time.toNanos())
        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
  }
}
