package dev.zamok.authority.parcel;

import dev.zamok.authority.http.Problem;
import dev.zamok.authority.http.Refusal;
import dev.zamok.authority.store.Change;
import dev.zamok.authority.store.Outcome;
import dev.zamok.authority.store.Range;
import dev.zamok.authority.store.Row;
import dev.zamok.authority.store.RowKey;
import dev.zamok.authority.store.SealedStore;
import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.ByteReader;
import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Keeps sealed copies for accounts, and gives each out once. */
final class ParcelDesk {
  static final Duration LIFE_MAX = Duration.ofDays(30);

  /** That wait for one account. */
  static final int WAITING_MAX = 100;

  /** Of them by one sender: nobody fills somebody's box. */
  static final int WAITING_OF_ONE_MAX = 20;

  /** Of one account whose time is not over, taken ones among them. */
  static final int SENT_MAX = Range.LIMIT_MAX;

  private final SealedStore store;
  private final Clock clock;

  ParcelDesk(SealedStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /** One that waits for somebody. */
  record Waiting(Bytes id, StoredParcel parcel) {}

  /** One that somebody sent and that waits still. */
  record Sent(Bytes id, AccountId recipient, long expiryMillis) {}

  /** Taken once, however often the same is sent. */
  Future<Void> put(AccountId recipient, Bytes id, StoredParcel parcel) {
    long now = clock.millis();
    if (parcel.expiryMillis() <= now || parcel.expiryMillis() > now + LIFE_MAX.toMillis()) {
      throw Refusal.because(Problem.REQUEST_INVALID, "a copy waits for at most 30 days");
    }
    return cameBefore(recipient, id, parcel.sender())
        .compose(
            before ->
                before
                    ? Future.succeededFuture()
                    : requireRoom(recipient, id, parcel.sender())
                        .compose(v -> requireFew(parcel.sender()))
                        .compose(v -> keep(recipient, id, parcel)));
  }

  /** Also when it was taken meanwhile: nobody gets it a second time. */
  private Future<Boolean> cameBefore(AccountId recipient, Bytes id, AccountId sender) {
    return store
        .get(ParcelTables.sent(sender, id))
        .map(
            found -> {
              if (found.isPresent() && !sent(found.get()).recipient().equals(recipient)) {
                throw Problem.CONFLICT.refusal();
              }
              return found.isPresent();
            });
  }

  private Future<Void> keep(AccountId recipient, Bytes id, StoredParcel parcel) {
    Instant expires = Instant.ofEpochMilli(parcel.expiryMillis());
    ByteWriter body = new ByteWriter(32).u8(ParcelTables.FORMAT);
    recipient.write(body);
    body.u64(parcel.expiryMillis());
    return insert(ParcelTables.parcel(recipient, id), parcel.body(), expires)
        .compose(
            outcome ->
                outcome.applied()
                    ? Future.<Void>succeededFuture()
                    : sameIsThere(recipient, id, parcel))
        .compose(v -> insert(ParcelTables.sent(parcel.sender(), id), body.toBytes(), expires))
        .mapEmpty();
  }

  private Future<Void> sameIsThere(AccountId recipient, Bytes id, StoredParcel parcel) {
    return store
        .get(ParcelTables.parcel(recipient, id))
        .map(
            found -> {
              boolean same =
                  found
                      .map(row -> StoredParcel.of(row.body()).parcel().equals(parcel.parcel()))
                      .orElse(false);
              if (!same) {
                throw Problem.CONFLICT.refusal();
              }
              return null;
            });
  }

  private Future<Void> requireRoom(AccountId recipient, Bytes id, AccountId sender) {
    return waiting(recipient)
        .map(
            all -> {
              long own = all.stream().filter(w -> w.parcel().sender().equals(sender)).count();
              boolean known = all.stream().anyMatch(w -> w.id().equals(id));
              if (!known && (all.size() >= WAITING_MAX || own >= WAITING_OF_ONE_MAX)) {
                throw Refusal.because(Problem.ROOM_STATE, "too much waits for this account");
              }
              return null;
            });
  }

  private Future<Void> requireFew(AccountId sender) {
    return store
        .range(ParcelTables.SENT, sender.toBytes(), Range.first(SENT_MAX))
        .map(
            rows -> {
              if (rows.size() >= SENT_MAX) {
                throw Refusal.because(Problem.ROOM_STATE, "too much is on its way from you");
              }
              return null;
            });
  }

  Future<List<Waiting>> waiting(AccountId recipient) {
    return store
        .range(ParcelTables.PARCEL, recipient.toBytes(), Range.first(WAITING_MAX))
        .map(
            rows ->
                rows.stream()
                    .map(row -> new Waiting(row.sort(), StoredParcel.of(row.body())))
                    .filter(one -> one.parcel().expiryMillis() > clock.millis())
                    .toList());
  }

  /** Those that were not taken yet. */
  Future<List<Sent>> sent(AccountId sender) {
    return store
        .range(ParcelTables.SENT, sender.toBytes(), Range.first(SENT_MAX))
        .compose(
            rows -> {
              List<Future<Optional<Sent>>> all = new ArrayList<>();
              for (Row row : rows) {
                Sent one = sent(row);
                all.add(
                    store
                        .get(ParcelTables.parcel(one.recipient(), one.id()))
                        .map(found -> found.map(there -> one)));
              }
              return Future.all(all)
                  .map(
                      done ->
                          all.stream()
                              .flatMap(one -> one.result().stream())
                              .filter(one -> one.expiryMillis() > clock.millis())
                              .toList());
            });
  }

  private static Sent sent(Row row) {
    ByteReader in = row.body().reader();
    in.u8();
    return new Sent(row.sort(), AccountId.read(in), in.u64());
  }

  /** Of two at once exactly one gets it. */
  Future<StoredParcel> open(AccountId recipient, Bytes id) {
    RowKey key = ParcelTables.parcel(recipient, id);
    return store
        .get(key)
        .compose(
            found -> {
              Row row = found.orElseThrow(Problem.NOT_FOUND::refusal);
              StoredParcel parcel = StoredParcel.of(row.body());
              if (parcel.expiryMillis() <= clock.millis()) {
                throw Problem.NOT_FOUND.refusal();
              }
              return store
                  .delete(key, row.version())
                  .map(
                      outcome -> {
                        if (!outcome.applied()) {
                          throw Problem.NOT_FOUND.refusal();
                        }
                        return parcel;
                      });
            });
  }

  /** By its sender. */
  Future<Void> revoke(AccountId sender, Bytes id) {
    RowKey sent = ParcelTables.sent(sender, id);
    return store
        .get(sent)
        .compose(
            found -> {
              Sent one = sent(found.orElseThrow(Problem.NOT_FOUND::refusal));
              return requireOwn(sender, one)
                  .compose(v -> forget(ParcelTables.parcel(one.recipient(), id)));
            })
        .compose(v -> forget(sent));
  }

  /** The id is the sender's choice: somebody else's parcel may have the same. */
  private Future<Void> requireOwn(AccountId sender, Sent one) {
    return store
        .get(ParcelTables.parcel(one.recipient(), one.id()))
        .map(
            found -> {
              if (found.isEmpty() || !StoredParcel.of(found.get().body()).sender().equals(sender)) {
                throw Problem.NOT_FOUND.refusal();
              }
              return null;
            });
  }

  private Future<Void> forget(RowKey key) {
    return store
        .get(key)
        .compose(
            found ->
                found.isEmpty()
                    ? Future.succeededFuture()
                    : store.delete(key, found.get().version()).mapEmpty());
  }

  private Future<Outcome> insert(RowKey key, Bytes body, Instant expires) {
    return store.batch(
        key.table(), key.partition(), List.of(new Change.Insert(key.sort(), body, expires)));
  }
}
