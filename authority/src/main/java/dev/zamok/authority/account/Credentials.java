package dev.zamok.authority.account;

import dev.zamok.authority.http.Problem;
import dev.zamok.authority.store.Row;
import dev.zamok.authority.store.SealedStore;
import dev.zamok.crypto.password.Password;
import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.Bytes;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks and changes login passwords. */
final class Credentials {
  private static final Logger LOG = LoggerFactory.getLogger(Credentials.class);

  /** Stands for accounts that do not exist, so that they cost the same look-ups. */
  private static final AccountId NOBODY = new AccountId(0, 0);

  private final SealedStore store;
  private final Directory directory;
  private final PasswordPool pool;

  Credentials(SealedStore store, Directory directory, PasswordPool pool) {
    this.store = store;
    this.directory = directory;
    this.pool = pool;
  }

  /**
   * A password that was right.
   *
   * @param version of the row it was compared with
   */
  record Verified(AccountId account, long version) {}

  /** A password from outside. Fails with {@code problem} for text that cannot be one. */
  static Password password(String typed, Problem problem) {
    try {
      return Password.of(typed);
    } catch (IllegalArgumentException e) {
      throw problem.refusal();
    }
  }

  /** Empty for an unknown name and for a wrong password, after the same work. */
  Future<Optional<Verified>> verify(LoginName name, String typed) {
    return directory
        .account(name)
        .compose(
            account -> {
              Future<Optional<Row>> row = store.get(AccountTables.password(account.orElse(NOBODY)));
              return row.compose(found -> verify(account.orElse(NOBODY), found, typed));
            });
  }

  /** As {@link #verify(LoginName, String)}, of an account that is known. */
  Future<Optional<Verified>> verify(AccountId account, String typed) {
    return store.get(AccountTables.password(account)).compose(row -> verify(account, row, typed));
  }

  /** Whether the password is still the one that was verified. */
  Future<Boolean> isCurrent(Verified verified) {
    return store
        .get(AccountTables.password(verified.account()))
        .map(row -> row.isPresent() && row.get().version() == verified.version());
  }

  /** Fails with {@link Problem#CONFLICT} when it was changed meanwhile. */
  Future<Void> change(Verified verified, Password next) {
    return pool.hash(next)
        .compose(
            phc ->
                store.put(
                    AccountTables.password(verified.account()),
                    verified.version(),
                    Registrar.sized(phc)))
        .map(
            outcome -> {
              if (!outcome.applied()) {
                throw Problem.CONFLICT.refusal();
              }
              return null;
            });
  }

  private Future<Optional<Verified>> verify(AccountId account, Optional<Row> row, String typed) {
    Password password = password(typed, Problem.LOGIN_FAILED);
    if (row.isEmpty()) {
      return pool.verifyNothing(password).map(no -> Optional.empty());
    }
    String phc = text(row.get().body());
    Verified verified = new Verified(account, row.get().version());
    return pool.verify(password, phc)
        .compose(
            right -> {
              if (!right) {
                return Future.succeededFuture(Optional.empty());
              }
              return pool.needsRehash(phc)
                  ? rehash(verified, typed).map(Optional::of)
                  : Future.succeededFuture(Optional.of(verified));
            });
  }

  /** The parameters have grown since: this is the moment when the password is known. */
  private Future<Verified> rehash(Verified verified, String typed) {
    return change(verified, Password.of(typed))
        .map(new Verified(verified.account(), verified.version() + 1))
        .recover(
            e -> {
              LOG.info("a password keeps its old parameters for now");
              return Future.succeededFuture(verified);
            });
  }

  private static String text(Bytes body) {
    return new String(body.reader().sized().toByteArray(), StandardCharsets.UTF_8);
  }
}
