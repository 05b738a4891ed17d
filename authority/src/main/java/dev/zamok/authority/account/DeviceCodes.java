package dev.zamok.authority.account;

import dev.zamok.authority.http.Problem;
import dev.zamok.authority.rights.Liveness;
import dev.zamok.authority.rights.Principal;
import dev.zamok.authority.store.Change;
import dev.zamok.authority.store.Outcome;
import dev.zamok.authority.store.Range;
import dev.zamok.authority.store.Row;
import dev.zamok.authority.store.RowKey;
import dev.zamok.authority.store.SealedStore;
import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.SessionId;
import io.vertx.core.Future;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The server's halves of what unlocks accounts on devices. A code belongs to one session and is
 * given to nobody else; it goes with it.
 */
final class DeviceCodes {
  private final SealedStore store;
  private final Liveness liveness;
  private final Duration lifeMax;
  private final Clock clock;
  private final SecureRandom random;

  /**
   * @param lifeMax of sessions
   */
  DeviceCodes(
      SealedStore store, Liveness liveness, Duration lifeMax, Clock clock, SecureRandom random) {
    this.store = store;
    this.liveness = liveness;
    this.lifeMax = lifeMax;
    this.clock = clock;
    this.random = random;
  }

  /** Fails with {@link Problem#NOT_FOUND} when the device is not kept. */
  Future<StoredDeviceCode> codes(Principal who) {
    return store
        .get(key(who))
        .map(row -> decode(row).orElseThrow(Problem.NOT_FOUND::refusal))
        .compose(found -> ifLive(who, found));
  }

  /** Begins a change, or the first code; the same again while that change is under way. */
  Future<StoredDeviceCode.Code> change(Principal who) {
    return store
        .get(key(who))
        .compose(
            row -> {
              StoredDeviceCode changed =
                  decode(row)
                      .map(present -> present.changing(random))
                      .orElseGet(() -> StoredDeviceCode.first(random));
              return put(who, row, changed);
            })
        .compose(stored -> ifLive(who, stored))
        .map(stored -> stored.codes().get(stored.codes().size() - 1));
  }

  /** Ends a change. Fails with {@link Problem#NOT_FOUND} for a number that is not the newest. */
  Future<Void> confirm(Principal who, int number) {
    return store
        .get(key(who))
        .compose(
            row ->
                put(
                    who,
                    row,
                    decode(row)
                        .flatMap(present -> present.confirmed(number))
                        .orElseThrow(Problem.NOT_FOUND::refusal)))
        .mapEmpty();
  }

  /** Which sessions of the account keep a device. */
  Future<Set<SessionId>> kept(AccountId account) {
    return store
        .range(AccountTables.DEVICE_CODE, account.toBytes(), Range.first(Range.LIMIT_MAX))
        .map(
            rows ->
                rows.stream()
                    .filter(row -> StoredDeviceCode.decode(row.body()).isConfirmed())
                    .map(row -> SessionId.of(row.sort()))
                    .collect(Collectors.toSet()));
  }

  /** The device has to ask for the master password from now on. */
  Future<Void> drop(AccountId account, SessionId session) {
    RowKey key = AccountTables.deviceCode(account, session);
    return store
        .get(key)
        .compose(
            row ->
                row.isEmpty()
                    ? Future.succeededFuture()
                    : store.delete(key, row.get().version()).map(DeviceCodes::requireApplied));
  }

  private Future<StoredDeviceCode> put(Principal who, Optional<Row> row, StoredDeviceCode next) {
    if (row.isPresent() && StoredDeviceCode.decode(row.get().body()).equals(next)) {
      return Future.succeededFuture(next);
    }
    RowKey key = key(who);
    var expires = clock.instant().plus(lifeMax);
    Change change =
        row.isPresent()
            ? new Change.Put(key.sort(), row.get().version(), next.encode(), expires)
            : new Change.Insert(key.sort(), next.encode(), expires);
    return store
        .batch(key.table(), key.partition(), java.util.List.of(change))
        .map(
            outcome -> {
              requireApplied(outcome);
              return next;
            });
  }

  /** Who lost the session while the row was read gets nothing. */
  private <T> Future<T> ifLive(Principal who, T answer) {
    return liveness
        .isLive(who)
        .map(
            live -> {
              if (!live) {
                throw Problem.UNAUTHENTICATED.refusal();
              }
              return answer;
            });
  }

  private static Optional<StoredDeviceCode> decode(Optional<Row> row) {
    return row.map(found -> StoredDeviceCode.decode(found.body()));
  }

  private static RowKey key(Principal who) {
    return AccountTables.deviceCode(who.account(), who.session());
  }

  private static Void requireApplied(Outcome outcome) {
    if (!outcome.applied()) {
      throw Problem.CONFLICT.refusal();
    }
    return null;
  }
}
