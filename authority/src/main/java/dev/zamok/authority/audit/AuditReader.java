package dev.zamok.authority.audit;

import dev.zamok.authority.store.Range;
import dev.zamok.authority.store.Row;
import dev.zamok.authority.store.SealedStore;
import dev.zamok.crypto.CryptoFailure;
import dev.zamok.crypto.Hash;
import dev.zamok.protocol.Bytes;
import io.vertx.core.Future;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;

/** Reads what was noted on a day, and checks that nothing was taken out. */
public final class AuditReader {
  private static final int PAGE_ROWS = 500;

  private final SealedStore store;

  public AuditReader(SealedStore store) {
    this.store = store;
  }

  /**
   * The entries of a day (UTC) by time; at most 1,000 runs. Fails with {@link CryptoFailure} when a
   * run has a gap, or an entry does not name the one before. That the end of a run was cut off does
   * not show.
   */
  public Future<List<AuditEntry>> day(LocalDate day) {
    Bytes partition = AuditTables.day(day);
    List<AuditEntry> entries = new ArrayList<>();
    return store
        .range(AuditTables.RUN, partition, Range.first(Range.LIMIT_MAX))
        .compose(runs -> runs(partition, runs.iterator(), entries))
        .map(
            v -> {
              entries.sort(Comparator.comparingLong(AuditEntry::timeMillis));
              return entries;
            });
  }

  private Future<Void> runs(Bytes day, Iterator<Row> runs, List<AuditEntry> entries) {
    if (!runs.hasNext()) {
      return Future.succeededFuture();
    }
    Bytes partition = AuditTables.join(day, runs.next().sort());
    return page(partition, 0, Hash.ZERO, entries).compose(v -> runs(day, runs, entries));
  }

  private Future<Void> page(Bytes run, long index, Hash previous, List<AuditEntry> entries) {
    Range range = new Range(AuditTables.index(index), null, PAGE_ROWS, false);
    return store
        .range(AuditTables.AUDIT, run, range)
        .compose(
            rows -> {
              Hash last = previous;
              long next = index;
              for (Row row : rows) {
                AuditEntry entry = AuditEntry.decode(row.body());
                if (!row.sort().equals(AuditTables.index(next)) || !entry.previous().equals(last)) {
                  throw new CryptoFailure();
                }
                entries.add(entry);
                last = Hash.of(row.body());
                next++;
              }
              return rows.size() < PAGE_ROWS
                  ? Future.succeededFuture()
                  : page(run, next, last, entries);
            });
  }
}
