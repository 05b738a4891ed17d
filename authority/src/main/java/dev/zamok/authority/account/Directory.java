package dev.zamok.authority.account;

import dev.zamok.authority.store.Row;
import dev.zamok.authority.store.RowKey;
import dev.zamok.authority.store.SealedStore;
import dev.zamok.crypto.SecretBytes;
import dev.zamok.crypto.identity.Card;
import dev.zamok.crypto.identity.Fingerprint;
import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.ByteReader;
import dev.zamok.protocol.Bytes;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Finds accounts and their cards. What is unknown is left out of the answers.
 *
 * <p>Threads: one event loop.
 */
public final class Directory {
  private static final int CARDS_KEPT_MAX = 5_000;

  private final SealedStore store;
  private final LoginIndex index;
  private final Map<Bytes, Card> parsed =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Bytes, Card> eldest) {
          return size() > CARDS_KEPT_MAX;
        }
      };

  private Directory(SealedStore store, LoginIndex index) {
    this.store = store;
    this.index = index;
  }

  /**
   * A directory over a store.
   *
   * @param lookup the secret that blinds login names
   */
  public static Directory on(SealedStore store, SecretBytes lookup) {
    return new Directory(store, new LoginIndex(lookup));
  }

  public Future<Optional<KnownCard>> byAccount(AccountId account) {
    return profile(account).map(found -> found.map(this::current));
  }

  /** With their current cards, in no order. */
  public Future<List<KnownCard>> byAccounts(Collection<AccountId> accounts) {
    return each(accounts, this::byAccount);
  }

  /** Whichever card it was. */
  public Future<List<KnownCard>> byFingerprints(Collection<Fingerprint> fingerprints) {
    return each(fingerprints, this::byFingerprint);
  }

  /** With their current cards. */
  Future<List<KnownCard>> byLogins(Collection<LoginName> names) {
    return each(
        names,
        name ->
            account(name)
                .compose(
                    found ->
                        found.isEmpty()
                            ? Future.succeededFuture(Optional.empty())
                            : byAccount(found.get())));
  }

  /** The account that has this login name, once its registration went through. */
  Future<Optional<AccountId>> account(LoginName name) {
    return store
        .get(index.key(name))
        .compose(
            row -> {
              if (row.isEmpty()) {
                return Future.succeededFuture(Optional.empty());
              }
              AccountId account = Reservation.decode(row.get().body()).account();
              // A registration that stopped halfway may have left the name of nobody.
              return profile(account)
                  .map(profile -> profile.filter(p -> isNamed(p, name)).map(Profile::account));
            });
  }

  Future<Optional<Profile>> profile(AccountId account) {
    return store
        .get(AccountTables.profile(account))
        .map(row -> row.map(found -> Profile.decode(account, found.body())));
  }

  RowKey key(LoginName name) {
    return index.key(name);
  }

  private Future<Optional<KnownCard>> byFingerprint(Fingerprint fingerprint) {
    return store
        .get(AccountTables.fingerprint(fingerprint))
        .compose(
            row -> {
              if (row.isEmpty()) {
                return Future.succeededFuture(Optional.empty());
              }
              ByteReader reader = row.get().body().reader();
              AccountId account = AccountId.read(reader);
              return card(fingerprint, account, reader.u32());
            });
  }

  /** The row of a fingerprint is written before its card, which may never have come. */
  private Future<Optional<KnownCard>> card(Fingerprint fingerprint, AccountId account, int seq) {
    Future<Optional<Row>> row = store.get(AccountTables.card(account, seq));
    Future<Optional<Profile>> profile = profile(account);
    return Future.all(row, profile)
        .map(
            all -> {
              if (row.result().isEmpty() || profile.result().isEmpty()) {
                return Optional.empty();
              }
              Card card = parse(row.result().get().body().reader().sized());
              if (!card.fingerprint().equals(fingerprint)) {
                return Optional.empty();
              }
              Profile owner = profile.result().get();
              return Optional.of(new KnownCard(owner, card, owner.card().equals(card.encoded())));
            });
  }

  private KnownCard current(Profile profile) {
    return new KnownCard(profile, parse(profile.card()), true);
  }

  /** Verifying a card takes a while, and the same ones are asked for again and again. */
  private Card parse(Bytes encoded) {
    return parsed.computeIfAbsent(encoded, Card::parse);
  }

  private static boolean isNamed(Profile profile, LoginName name) {
    return LoginName.parse(profile.login())
        .filter(n -> n.folded().equals(name.folded()))
        .isPresent();
  }

  private static <K> Future<List<KnownCard>> each(
      Collection<K> keys, Function<K, Future<Optional<KnownCard>>> find) {
    List<Future<Optional<KnownCard>>> all = new ArrayList<>();
    for (K key : keys) {
      all.add(find.apply(key));
    }
    return Future.all(all)
        .map(done -> all.stream().flatMap(found -> found.result().stream()).toList());
  }
}
