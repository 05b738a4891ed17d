package dev.zamok.authority.room;

import dev.zamok.authority.store.Outcome;
import dev.zamok.authority.store.Range;
import dev.zamok.authority.store.Row;
import dev.zamok.authority.store.RowKey;
import dev.zamok.authority.store.SealedStore;
import dev.zamok.authority.store.Table;
import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.Unavailable;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which rooms an account, or a group, is in; in a table of its own for each. Follows the rooms: a
 * membership appears here last and disappears first, so that what this says is never more than what
 * is so.
 */
final class MembershipIndex {
  private static final int ROUNDS_MAX = 4;

  private final SealedStore store;
  private final Table table;

  MembershipIndex(SealedStore store, Table table) {
    this.store = store;
    this.table = table;
  }

  private RowKey key(AccountId account, RoomId room) {
    return table.key(account.toBytes(), room.toBytes());
  }

  Future<Optional<Membership>> get(AccountId account, RoomId room) {
    return store
        .get(key(account, room))
        .map(found -> found.map(row -> Membership.of(account, room, row.body())));
  }

  /**
   * All rooms of an account, by id; at most {@code max} and one more, which tells that more are.
   */
  Future<List<Membership>> all(AccountId account, int max) {
    return all(account, max, any -> true);
  }

  /** As {@link #all(AccountId, int)}, of those that fit: others do not count. */
  Future<List<Membership>> all(AccountId account, int max, Predicate<Membership> fits) {
    return page(account, Range.first(Range.LIMIT_MAX), new Search(max, fits, new ArrayList<>()));
  }

  private record Search(int max, Predicate<Membership> fits, List<Membership> found) {
    void take(Membership membership) {
      if (fits.test(membership)) {
        found.add(membership);
      }
    }

    boolean isEnough() {
      return found.size() > max;
    }

    List<Membership> result() {
      return isEnough() ? found.subList(0, max + 1) : found;
    }
  }

  private Future<List<Membership>> page(AccountId account, Range range, Search search) {
    return store
        .range(table, account.toBytes(), range)
        .compose(
            rows -> {
              for (Row row : rows) {
                search.take(Membership.of(account, RoomId.of(row.sort()), row.body()));
              }
              if (rows.size() < Range.LIMIT_MAX || search.isEnough()) {
                return Future.succeededFuture(search.result());
              }
              Range next = Range.after(rows.get(rows.size() - 1).sort(), Range.LIMIT_MAX);
              return page(account, next, search);
            });
  }

  Future<Void> put(Membership membership) {
    return put(membership, ROUNDS_MAX);
  }

  private Future<Void> put(Membership membership, int rounds) {
    if (rounds == 0) {
      return contended();
    }
    RowKey key = key(membership.account(), membership.room());
    return store
        .get(key)
        .compose(
            found -> {
              if (found.isPresent() && found.get().body().equals(membership.body())) {
                return Future.succeededFuture(Outcome.APPLIED);
              }
              return found
                  .map(row -> store.put(key, row.version(), membership.body()))
                  .orElseGet(() -> store.insert(key, membership.body()));
            })
        .compose(
            outcome -> outcome.applied() ? Future.succeededFuture() : put(membership, rounds - 1));
  }

  Future<Void> remove(AccountId account, RoomId room) {
    return remove(account, room, ROUNDS_MAX);
  }

  private Future<Void> remove(AccountId account, RoomId room, int rounds) {
    if (rounds == 0) {
      return contended();
    }
    RowKey key = key(account, room);
    return store
        .get(key)
        .compose(
            found ->
                found
                    .map(row -> store.delete(key, row.version()))
                    .orElseGet(() -> Future.succeededFuture(Outcome.APPLIED)))
        .compose(
            outcome ->
                outcome.applied() ? Future.succeededFuture() : remove(account, room, rounds - 1));
  }

  private static Future<Void> contended() {
    return Future.failedFuture(new Unavailable("the index of memberships is contended", false));
  }
}
