package dev.zamok.authority.invite;

import dev.zamok.authority.http.Problem;
import dev.zamok.authority.http.Refusal;
import dev.zamok.authority.store.Change;
import dev.zamok.authority.store.Outcome;
import dev.zamok.authority.store.Range;
import dev.zamok.authority.store.Row;
import dev.zamok.authority.store.RowKey;
import dev.zamok.authority.store.SealedStore;
import dev.zamok.crypto.Hash;
import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.ByteReader;
import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.RoomId;
import io.vertx.core.Future;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Pending invitations in the store. */
final class InviteRows {
  /** Of one account that are listed. */
  private static final int LISTED_MAX = 200;

  /** How often a row that somebody else changes is tried. */
  private static final int ROUNDS_MAX = 3;

  private final SealedStore store;
  private final Clock clock;

  InviteRows(SealedStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /** One of a room. */
  record Listed(int index, StoredInvite invite) {}

  /** One that an account has shown the letter of. */
  record Own(RoomId room, int index, AccountId inviter, long expiryMillis) {}

  Future<Optional<StoredInvite>> get(RoomId room, int index) {
    return row(InviteTables.invite(room, index))
        .map(found -> found.map(row -> StoredInvite.of(row.body())));
  }

  /** What was there when somebody looked. */
  record Seen(RowKey key, Optional<Row> row) {
    Optional<StoredInvite> invite() {
      return row.map(one -> StoredInvite.of(one.body()));
    }
  }

  Future<Seen> see(RoomId room, int index) {
    RowKey key = InviteTables.invite(room, index);
    return store.get(key).map(found -> new Seen(key, found));
  }

  /**
   * In the place of the one that was seen. Fails with {@link Problem#CONFLICT} when another is
   * there by now: what somebody noted meanwhile, such as that he has the letter, stays.
   */
  Future<Void> put(Seen seen, StoredInvite invite) {
    return replace(seen.key(), seen.row(), invite);
  }

  private Future<Void> replace(RowKey key, Optional<Row> found, StoredInvite invite) {
    Instant expires = Instant.ofEpochMilli(invite.expiryMillis());
    Change change =
        found.isEmpty()
            ? new Change.Insert(key.sort(), invite.body(), expires)
            : new Change.Put(key.sort(), found.get().version(), invite.body(), expires);
    return store
        .batch(key.table(), key.partition(), List.of(change))
        .compose(InviteRows::requireApplied);
  }

  Future<List<Listed>> of(RoomId room) {
    return store
        .range(InviteTables.INVITE, room.toBytes(), Range.first(Range.LIMIT_MAX))
        .map(
            rows ->
                rows.stream()
                    .map(row -> new Listed(row.sort().reader().u32(), StoredInvite.of(row.body())))
                    .toList());
  }

  /** Notes who showed the letter; it is shown to nobody else from then on. */
  Future<StoredInvite> claim(RoomId room, int index, Bytes token, AccountId by) {
    RowKey key = InviteTables.invite(room, index);
    return row(key)
        .compose(
            found -> {
              StoredInvite invite =
                  found
                      .map(row -> StoredInvite.of(row.body()))
                      .filter(known -> fits(known, token, by))
                      .orElseThrow(Problem.NOT_FOUND::refusal);
              return (by.equals(invite.claimedBy())
                      ? Future.<Void>succeededFuture()
                      : replace(key, found, invite.claimed(by)))
                  .compose(v -> note(by, room, index, invite))
                  .map(invite);
            });
  }

  private static boolean fits(StoredInvite invite, Bytes token, AccountId by) {
    AccountId claimedBy = invite.claimedBy();
    return isOf(invite, token) && (claimedBy == null || claimedBy.equals(by));
  }

  private static boolean isOf(StoredInvite invite, Bytes token) {
    return MessageDigest.isEqual(
        Hash.of(token).bytes().toByteArray(), invite.tokenHash().bytes().toByteArray());
  }

  /** Whether the token is that of a letter which nobody has shown yet. */
  Future<Boolean> isUnclaimed(RoomId room, int index, Bytes token) {
    return get(room, index)
        .map(found -> found.filter(one -> isOf(one, token) && one.claimedBy() == null).isPresent());
  }

  /**
   * As {@link #claim}, for an account that is not there yet: whoever has shown the letter before,
   * be it the same account, it is refused. Of two at once one gets it.
   */
  Future<Void> claimFirst(RoomId room, int index, Bytes token, AccountId by) {
    RowKey key = InviteTables.invite(room, index);
    return row(key)
        .compose(
            found -> {
              StoredInvite invite =
                  found
                      .map(row -> StoredInvite.of(row.body()))
                      .filter(known -> isOf(known, token) && known.claimedBy() == null)
                      .orElseThrow(Problem.NOT_FOUND::refusal);
              return replace(key, found, invite.claimed(by))
                  .compose(v -> note(by, room, index, invite));
            });
  }

  /**
   * Undoes {@link #claimFirst} of the same account, whatever else happens to the row meanwhile;
   * nothing happens when the letter is not claimed for it.
   */
  Future<Void> unclaim(RoomId room, int index, AccountId by) {
    RowKey key = InviteTables.invite(room, index);
    return inRounds(ROUNDS_MAX, () -> unclaim(key, by))
        .compose(
            his -> his ? drop(InviteTables.invited(by, room, index)) : Future.succeededFuture());
  }

  /** Whether it was his. */
  private Future<Boolean> unclaim(RowKey key, AccountId by) {
    return row(key)
        .compose(
            found ->
                found
                    .map(row -> StoredInvite.of(row.body()))
                    .filter(known -> by.equals(known.claimedBy()))
                    .map(known -> replace(key, found, known.claimed(null)).map(true))
                    .orElseGet(() -> Future.succeededFuture(false)));
  }

  /** Notes that the letter with this token went out, whatever happened to the row meanwhile. */
  Future<Void> sent(RoomId room, int index, Hash tokenHash) {
    RowKey key = InviteTables.invite(room, index);
    return inRounds(
        ROUNDS_MAX,
        () ->
            row(key)
                .compose(
                    found ->
                        found
                            .map(row -> StoredInvite.of(row.body()))
                            .filter(known -> known.tokenHash().equals(tokenHash))
                            .map(known -> replace(key, found, known.asSent()))
                            .orElseGet(Future::succeededFuture)));
  }

  /** Again while somebody else changes the row between the look at it and the change. */
  private static <T> Future<T> inRounds(int rounds, Supplier<Future<T>> change) {
    return change
        .get()
        .recover(
            failure ->
                rounds > 1 && isConflict(failure)
                    ? inRounds(rounds - 1, change)
                    : Future.failedFuture(failure));
  }

  static boolean isConflict(Throwable failure) {
    return failure instanceof Refusal refusal && refusal.problem() == Problem.CONFLICT;
  }

  private Future<Void> note(AccountId by, RoomId room, int index, StoredInvite invite) {
    RowKey key = InviteTables.invited(by, room, index);
    ByteWriter body = new ByteWriter(32).u8(InviteTables.FORMAT);
    invite.inviter().write(body);
    body.u64(invite.expiryMillis());
    Instant expires = Instant.ofEpochMilli(invite.expiryMillis());
    Change insert = new Change.Insert(key.sort(), body.toBytes(), expires);
    // It may be there from an earlier time.
    return store.batch(key.table(), key.partition(), List.of(insert)).mapEmpty();
  }

  Future<List<Own>> own(AccountId account) {
    return store
        .range(InviteTables.INVITED, account.toBytes(), Range.first(LISTED_MAX))
        .map(rows -> rows.stream().map(InviteRows::own).toList());
  }

  private static Own own(Row row) {
    ByteReader place = row.sort().reader();
    ByteReader in = row.body().reader();
    in.u8();
    return new Own(RoomId.read(place), place.u32(), AccountId.read(in), in.u64());
  }

  /** Nothing happens when it is gone already. */
  Future<Void> drop(RoomId room, int index) {
    RowKey key = InviteTables.invite(room, index);
    return store
        .get(key)
        .compose(
            found -> {
              if (found.isEmpty()) {
                return Future.succeededFuture();
              }
              AccountId by = StoredInvite.of(found.get().body()).claimedBy();
              Future<Void> noted =
                  by == null
                      ? Future.succeededFuture()
                      : drop(InviteTables.invited(by, room, index));
              return noted.compose(v -> drop(key));
            });
  }

  private Future<Void> drop(RowKey key) {
    return store
        .get(key)
        .compose(
            found ->
                found.isEmpty()
                    ? Future.succeededFuture()
                    : store.delete(key, found.get().version()).mapEmpty());
  }

  private Future<Optional<Row>> row(RowKey key) {
    return store
        .get(key)
        .map(
            found ->
                found.filter(row -> StoredInvite.of(row.body()).expiryMillis() > clock.millis()));
  }

  private static Future<Void> requireApplied(Outcome outcome) {
    return outcome.applied()
        ? Future.succeededFuture()
        : Future.failedFuture(Problem.CONFLICT.refusal());
  }
}
