package dev.zamok.authority.account;

import dev.zamok.authority.http.Problem;
import dev.zamok.authority.store.Change;
import dev.zamok.authority.store.RowKey;
import dev.zamok.authority.store.SealedStore;
import dev.zamok.crypto.identity.Card;
import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * Makes accounts, so that a login name and an account id are given once, whatever stops halfway.
 *
 * <p>The name is reserved first, then the account is made in one batch, then the name is confirmed.
 * A reserved name whose account was never made may be taken over; who confirms too late undoes his
 * account.
 */
final class Registrar {
  private final SealedStore store;
  private final Directory directory;
  private final Clock clock;

  Registrar(SealedStore store, Directory directory, Clock clock) {
    this.store = store;
    this.directory = directory;
    this.clock = clock;
  }

  /** What is needed for an account, checked. */
  record Draft(
      AccountId account, LoginName name, String passwordPhc, Card card, StoredKeyset keyset) {
    @Override
    public String toString() {
      return "Draft[" + account + "]";
    }
  }

  /** Fails with {@link Problem#ACCOUNT_TAKEN} where there is an account of this id. */
  Future<Void> requireFree(AccountId account) {
    return directory
        .profile(account)
        .map(
            present -> {
              if (present.isPresent()) {
                throw Problem.ACCOUNT_TAKEN.refusal();
              }
              return null;
            });
  }

  /**
   * Fails with {@link Problem#LOGIN_TAKEN} or {@link Problem#ACCOUNT_TAKEN}, and then leaves
   * nothing of this account; after any other failure there may be something of it.
   */
  Future<Profile> register(Draft draft) {
    RowKey name = directory.key(draft.name());
    return requireFree(draft.account())
        .compose(v -> reserve(name, draft.account()))
        .compose(version -> make(draft).compose(made -> confirm(name, version, draft, made)));
  }

  /** Yields the version of the row that now says the name is ours. */
  private Future<Long> reserve(RowKey name, AccountId account) {
    Bytes ours = new Reservation(account, false).encode();
    return store
        .insert(name, ours)
        .compose(
            outcome ->
                outcome.applied() ? Future.succeededFuture(1L) : takeOver(name, account, ours));
  }

  private Future<Long> takeOver(RowKey name, AccountId account, Bytes ours) {
    return store
        .get(name)
        .compose(
            row -> {
              Reservation theirs =
                  row.map(r -> Reservation.decode(r.body()))
                      .orElseThrow(Problem.LOGIN_TAKEN::refusal);
              long version = row.get().version();
              if (theirs.made()) {
                throw Problem.LOGIN_TAKEN.refusal();
              }
              if (theirs.account().equals(account)) {
                return Future.succeededFuture(version);
              }
              return directory
                  .profile(theirs.account())
                  .compose(
                      profile -> {
                        if (profile.isPresent()) {
                          throw Problem.LOGIN_TAKEN.refusal();
                        }
                        return store.put(name, version, ours);
                      })
                  .map(
                      outcome -> {
                        if (!outcome.applied()) {
                          throw Problem.LOGIN_TAKEN.refusal();
                        }
                        return version + 1;
                      });
            });
  }

  /** Empty when somebody made an account of this id meanwhile. */
  private Future<Optional<Profile>> make(Draft draft) {
    Card card = draft.card();
    Bytes encoded = card.encoded();
    Profile profile = new Profile(draft.account(), clock.millis(), draft.name().shown(), encoded);
    List<Change> rows =
        List.of(
            Change.insert(AccountTables.PROFILE, profile.encode()),
            Change.insert(AccountTables.PASSWORD, sized(draft.passwordPhc())),
            Change.insert(AccountTables.KEYSET, draft.keyset().encode()),
            Change.insert(
                AccountTables.cardSort(card.seq()), new ByteWriter(512).sized(encoded).toBytes()));
    return CardRows.announce(store, card)
        .compose(v -> store.batch(AccountTables.ACCOUNT, draft.account().toBytes(), rows))
        .map(outcome -> outcome.applied() ? Optional.of(profile) : Optional.empty());
  }

  private Future<Profile> confirm(RowKey name, long version, Draft draft, Optional<Profile> made) {
    if (made.isEmpty()) {
      return store
          .delete(name, version)
          .transform(done -> Future.failedFuture(Problem.ACCOUNT_TAKEN.refusal()));
    }
    return store
        .put(name, version, new Reservation(draft.account(), true).encode())
        .compose(
            outcome ->
                outcome.applied()
                    ? Future.succeededFuture(made.get())
                    : store
                        .drop(AccountTables.ACCOUNT, draft.account().toBytes())
                        .compose(v -> Future.failedFuture(Problem.LOGIN_TAKEN.refusal())));
  }

  static Bytes sized(String text) {
    return new ByteWriter(128).sized(Bytes.wrap(text.getBytes(StandardCharsets.UTF_8))).toBytes();
  }
}
