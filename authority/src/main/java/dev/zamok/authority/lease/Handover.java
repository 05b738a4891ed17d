package dev.zamok.authority.lease;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives leases up in good order. Whoever gets them next needs to wait for nothing.
 *
 * <p>Belongs to the event loop of the authority.
 */
final class Handover {
  private static final Logger LOG = LoggerFactory.getLogger(Handover.class);

  private final LeaseRows rows;
  private final Leases leases;
  private Future<Void> underWay = Future.succeededFuture();

  Handover(LeaseRows rows, Leases leases) {
    this.rows = rows;
    this.leases = leases;
  }

  /**
   * What is under way in these partitions ends first; then their rows say that they are free, in
   * one write. Those that are being handed over already are left out.
   */
  void begin(List<LeaseRow> surplus) {
    Future<Void> earlier = underWay.isComplete() ? Future.succeededFuture() : underWay;
    underWay = earlier;
    List<LeaseRow> fresh =
        surplus.stream().filter(row -> leases.mayLeave(row.partition())).toList();
    if (fresh.isEmpty()) {
      return;
    }
    LOG.info("{} leases are handed over", fresh.size());
    List<Future<Void>> ends = new ArrayList<>();
    Map<Integer, Long> tokens = new HashMap<>();
    for (LeaseRow row : fresh) {
      int partition = row.partition();
      tokens.put(partition, leases.token(partition));
      leases.leaving(partition);
      leases.users().forEach(user -> ends.add(user.leaving(partition)));
    }
    Future<Void> these = Future.join(ends).transform(done -> let(fresh, tokens));
    underWay = Future.join(earlier, these).mapEmpty();
  }

  /** One that was lost meanwhile, and perhaps taken anew, is not handed over. */
  private Future<Void> let(List<LeaseRow> fresh, Map<Integer, Long> tokens) {
    List<LeaseRow> mine =
        fresh.stream()
            .filter(row -> leases.holds(row.partition(), tokens.getOrDefault(row.partition(), 0L)))
            .toList();
    mine.forEach(row -> leases.gone(row.partition()));
    return release(mine);
  }

  /** Completes when what is under way has ended; fails when the store took some of it not. */
  Future<Void> end() {
    return underWay;
  }

  /** Rows that name this authority, which holds none of them, say that they are free. */
  Future<Void> release(List<LeaseRow> mine) {
    return rows.put(
            mine.stream()
                .map(row -> row.kept(LeaseRow.NOBODY, leases.floor(row.partition())))
                .toList())
        .mapEmpty();
  }
}
