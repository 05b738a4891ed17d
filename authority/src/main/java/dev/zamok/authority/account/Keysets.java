package dev.zamok.authority.account;

import dev.zamok.authority.http.Problem;
import dev.zamok.authority.store.Change;
import dev.zamok.authority.store.Outcome;
import dev.zamok.authority.store.Row;
import dev.zamok.authority.store.RowKey;
import dev.zamok.authority.store.SealedStore;
import dev.zamok.protocol.AccountId;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;

/**
 * The sealed keysets of accounts. They are the only copies of their owners' keys, so replaced ones
 * are kept for a while: an operator can give them back.
 */
final class Keysets {
  /** How many replaced keysets of an account are kept. */
  static final int FORMER_MAX = 8;

  private final SealedStore store;

  Keysets(SealedStore store) {
    this.store = store;
  }

  /** Fails with {@link Problem#NOT_FOUND}. */
  Future<StoredKeyset> get(AccountId account) {
    return present(account).map(row -> StoredKeyset.decode(row.body()));
  }

  /** The row to replace. Fails with {@link Problem#VERSION_CONFLICT} if it has another number. */
  Future<Row> require(AccountId account, long seq) {
    return present(account)
        .map(
            row -> {
              if (StoredKeyset.decode(row.body()).seq() != seq) {
                throw Problem.VERSION_CONFLICT.refusal();
              }
              return row;
            });
  }

  /** Fails with {@link Problem#VERSION_CONFLICT} if {@code present} was replaced meanwhile. */
  Future<Void> replace(AccountId account, Row present, StoredKeyset next) {
    int seq = StoredKeyset.decode(present.body()).seq();
    RowKey former = AccountTables.formerKeyset(account, seq);
    List<Change> changes = new ArrayList<>();
    changes.add(Change.put(AccountTables.KEYSET, present.version(), next.encode()));
    changes.add(Change.insert(former.sort(), present.body()));
    return surplus(account, seq)
        .compose(
            deletions -> {
              changes.addAll(deletions);
              return store.batch(AccountTables.ACCOUNT, account.toBytes(), changes);
            })
        .map(Keysets::requireApplied);
  }

  private Future<List<Change>> surplus(AccountId account, int seq) {
    if (seq <= FORMER_MAX) {
      return Future.succeededFuture(List.of());
    }
    return store
        .get(AccountTables.formerKeyset(account, seq - FORMER_MAX))
        .map(found -> found.stream().map(row -> Change.delete(row.sort(), row.version())).toList());
  }

  private Future<Row> present(AccountId account) {
    return store
        .get(AccountTables.keyset(account))
        .map(found -> found.orElseThrow(Problem.NOT_FOUND::refusal));
  }

  private static Void requireApplied(Outcome outcome) {
    if (!outcome.applied()) {
      throw Problem.VERSION_CONFLICT.refusal();
    }
    return null;
  }
}
