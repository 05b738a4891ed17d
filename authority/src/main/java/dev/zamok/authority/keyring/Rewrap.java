package dev.zamok.authority.keyring;

import dev.zamok.authority.store.Change;
import dev.zamok.authority.store.OneByOne;
import dev.zamok.authority.store.Outcome;
import dev.zamok.authority.store.Range;
import dev.zamok.authority.store.Row;
import dev.zamok.authority.store.RowKey;
import dev.zamok.authority.store.RowSeal;
import dev.zamok.authority.store.Store;
import dev.zamok.authority.store.Table;
import dev.zamok.crypto.CryptoFailure;
import dev.zamok.crypto.row.Keyring;
import dev.zamok.protocol.Bytes;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Seals every row anew under the active key, so that older keys can go. Runs beside normal work;
 * interrupted, it starts over and skips what is done.
 */
public final class Rewrap {
  private static final int PAGE_ROWS = 200;

  private final Store store;
  private final RowSeal seal;
  private final int active;

  /** All users of the store must have {@code keyring} with its active key already. */
  public Rewrap(Store store, RowSeal seal, Keyring keyring) {
    this.store = store;
    this.seal = seal;
    this.active = keyring.activeId();
  }

  /**
   * Yields the number of rows sealed anew. A second look follows the first where that found any:
   * only when it finds none are the marks of older keys dropped, which may go from the keyring
   * then. Fails with {@link KeyringProblem} when rows do not open; all others are sealed anew.
   *
   * @param tables all that there are; a table of the store that is not among them fails it
   */
  public Future<Integer> run(List<Table> tables) {
    return store
        .tables()
        .compose(
            present -> {
              Set<String> unknown = new TreeSet<>(present);
              tables.forEach(table -> unknown.remove(table.name()));
              if (!unknown.isEmpty()) {
                throw new IllegalStateException("tables that nobody declares: " + unknown);
              }
              return pass(tables);
            })
        .compose(
            first ->
                first == 0
                    ? dropMarks().map(0)
                    : pass(tables)
                        .compose(
                            second ->
                                // else somebody still seals under an older key
                                second == 0
                                    ? dropMarks().map(first)
                                    : Future.succeededFuture(first + second)));
  }

  private Future<Integer> pass(List<Table> tables) {
    List<RowKey> closed = new ArrayList<>();
    return next(tables.iterator(), closed, 0)
        .map(
            count -> {
              if (!closed.isEmpty()) {
                throw new KeyringProblem(
                    closed.size()
                        + " rows do not open under any key, the first in table "
                        + closed.get(0).table().name()
                        + "; all others are sealed anew, and the marks of older keys stay");
              }
              return count;
            });
  }

  private Future<Integer> next(Iterator<Table> tables, List<RowKey> closed, int done) {
    if (!tables.hasNext()) {
      return Future.succeededFuture(done);
    }
    Table table = tables.next();
    return table.equals(ServerTables.KEK)
        ? next(tables, closed, done)
        : rows(table, closed).compose(count -> next(tables, closed, done + count));
  }

  private Future<Integer> rows(Table table, List<RowKey> closed) {
    Pages pages = new Pages(table, closed);
    return OneByOne.whileTrue(pages::next).map(v -> pages.done);
  }

  /** How far it is in one table. */
  private final class Pages {
    private final Table table;
    private final List<RowKey> closed;
    private @Nullable RowKey after;
    private int done;

    Pages(Table table, List<RowKey> closed) {
      this.table = table;
      this.closed = closed;
    }

    Future<Boolean> next() {
      return page(table, after, closed)
          .map(
              page -> {
                after = page.last();
                done += page.resealed();
                return after != null;
              });
    }
  }

  /**
   * @param last null when there are no more
   */
  private record Page(@Nullable RowKey last, int resealed) {}

  private Future<Page> page(Table table, @Nullable RowKey after, List<RowKey> closed) {
    return store
        .scan(table, after, PAGE_ROWS)
        .compose(
            rows -> {
              List<Future<Boolean>> resealed = new ArrayList<>();
              for (Row row : rows) {
                reseal(row, closed, resealed);
              }
              return Future.all(resealed)
                  .map(
                      all ->
                          new Page(
                              rows.size() < PAGE_ROWS ? null : rows.get(rows.size() - 1).key(),
                              resealed.size()));
            });
  }

  private void reseal(Row row, List<RowKey> closed, List<Future<Boolean>> resealed) {
    try {
      if (!seal.isCurrent(row.body())) {
        Bytes body = seal.open(row.key(), row.version(), row.body());
        // False: it changed meanwhile, and whoever did that used the active key.
        resealed.add(store.reseal(row, seal.seal(row.key(), row.version(), body)));
      }
    } catch (CryptoFailure e) {
      closed.add(row.key());
    }
  }

  private Future<Void> dropMarks() {
    return store
        .range(ServerTables.KEK, ServerTables.KEKS, Range.first(Keyring.KEYS_MAX))
        .compose(
            marks -> {
              List<Change> old = new ArrayList<>();
              for (Row mark : marks) {
                if (mark.sort().reader().u32() != active) {
                  old.add(Change.delete(mark.sort(), mark.version()));
                }
              }
              return old.isEmpty()
                  ? Future.succeededFuture(Outcome.APPLIED)
                  : store.batch(ServerTables.KEK, ServerTables.KEKS, old);
            })
        .mapEmpty();
  }
}
