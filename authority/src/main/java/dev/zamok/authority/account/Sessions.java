package dev.zamok.authority.account;

import dev.zamok.authority.http.Problem;
import dev.zamok.authority.http.SessionCheck;
import dev.zamok.authority.rights.Liveness;
import dev.zamok.authority.rights.Principal;
import dev.zamok.authority.store.Change;
import dev.zamok.authority.store.Range;
import dev.zamok.authority.store.Row;
import dev.zamok.authority.store.RowKey;
import dev.zamok.authority.store.SealedStore;
import dev.zamok.crypto.Hash;
import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.ByteReader;
import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.DeviceId;
import dev.zamok.protocol.SessionId;
import io.vertx.core.Future;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logins on devices. A token is 32 random bytes; only its hash is kept.
 *
 * <p>Ended sessions are refused from the moment the row says so; see {@link SessionEnd} for what
 * follows from it.
 */
final class Sessions implements SessionCheck, Liveness {
  private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);
  private static final int TOKEN_BYTES = 32;

  /** A session that is used says so at most this often, in parts of its idle time. */
  private static final int TOUCHES_PER_IDLE_TIME = 50;

  private final SealedStore store;
  private final AccountConfig.Sessions config;
  private final Clock clock;
  private final SecureRandom random;

  Sessions(SealedStore store, AccountConfig.Sessions config, Clock clock, SecureRandom random) {
    this.store = store;
    this.config = config;
    this.clock = clock;
    this.random = random;
  }

  /**
   * A session just opened.
   *
   * @param token a credential, shown once
   */
  record Opened(String token, Principal principal, long expiresMillis) {
    @Override
    public String toString() {
      return "Opened[" + principal.session() + "]";
    }
  }

  /** A session as it is listed. */
  record Listed(SessionId id, long version, StoredSession session) {}

  Future<Opened> open(AccountId account, DeviceId device, String deviceName) {
    Bytes token = random(TOKEN_BYTES);
    SessionId id = SessionId.of(random(SessionId.SIZE));
    Hash hash = Hash.of(token);
    long now = clock.millis();
    StoredSession session = new StoredSession(hash, device, now, now, false, deviceName);
    Instant expires = Instant.ofEpochMilli(now).plus(config.lifeMax());
    ByteWriter owner = new ByteWriter(32);
    account.write(owner);
    id.write(owner);
    Change row = new Change.Insert(id.toBytes(), session.encode(), expires);
    Change tokenRow = new Change.Insert(Bytes.EMPTY, owner.toBytes(), expires);
    return store
        .batch(AccountTables.SESSION, account.toBytes(), List.of(row))
        .map(Sessions::requireNew)
        .compose(v -> store.batch(AccountTables.TOKEN, hash.bytes(), List.of(tokenRow)))
        .map(Sessions::requireNew)
        .map(
            v ->
                new Opened(
                    token.toBase64Url(),
                    new Principal(account, id, device),
                    expires.toEpochMilli()));
  }

  @Override
  public Future<Principal> authenticate(String text) {
    Bytes token;
    try {
      token = Bytes.fromBase64Url(text);
    } catch (IllegalArgumentException e) {
      return Future.failedFuture(Problem.UNAUTHENTICATED.refusal());
    }
    if (token.size() != TOKEN_BYTES) {
      return Future.failedFuture(Problem.UNAUTHENTICATED.refusal());
    }
    Hash hash = Hash.of(token);
    return store
        .get(AccountTables.TOKEN.key(hash.bytes()))
        .compose(
            row -> {
              ByteReader owner = row.orElseThrow(Problem.UNAUTHENTICATED::refusal).body().reader();
              AccountId account = AccountId.read(owner);
              RowKey key = AccountTables.session(account, SessionId.read(owner));
              return store.get(key).map(found -> check(account, found, hash));
            });
  }

  private Principal check(AccountId account, Optional<Row> found, Hash token) {
    Row row = found.orElseThrow(Problem.UNAUTHENTICATED::refusal);
    StoredSession session = StoredSession.decode(row.body());
    if (!session.tokenHash().equals(token) || !isLive(session)) {
      throw Problem.UNAUTHENTICATED.refusal();
    }
    touch(row, session);
    return new Principal(account, SessionId.of(row.sort()), session.device());
  }

  @Override
  public Future<Boolean> isLive(Principal who) {
    return store
        .get(AccountTables.session(who.account(), who.session()))
        .map(row -> row.isPresent() && isLive(StoredSession.decode(row.get().body())));
  }

  boolean isLive(StoredSession session) {
    long now = clock.millis();
    return !session.ended()
        && now < session.createdMillis() + config.lifeMax().toMillis()
        && now < session.seenMillis() + config.idleMax().toMillis();
  }

  /** Beside the request: that it fails now and then does no harm. */
  private void touch(Row row, StoredSession session) {
    long now = clock.millis();
    if (now - session.seenMillis() >= config.idleMax().toMillis() / TOUCHES_PER_IDLE_TIME) {
      put(row, session.seen(now))
          .onFailure(e -> LOG.debug("a session could not be marked as used: {}", e.getMessage()));
    }
  }

  /** The live ones, and those whose end is still under way. */
  Future<List<Listed>> all(AccountId account) {
    return store
        .range(AccountTables.SESSION, account.toBytes(), Range.first(Range.LIMIT_MAX))
        .map(
            rows ->
                rows.stream()
                    .map(
                        row ->
                            new Listed(
                                SessionId.of(row.sort()),
                                row.version(),
                                StoredSession.decode(row.body())))
                    .filter(listed -> listed.session().ended() || isLive(listed.session()))
                    .toList());
  }

  /** The live ones that have to go before another one is opened. */
  Future<List<Listed>> surplus(AccountId account) {
    return all(account)
        .map(
            listed ->
                listed.stream()
                    .filter(one -> isLive(one.session()))
                    .sorted(
                        Comparator.comparingLong((Listed one) -> one.session().seenMillis())
                            .reversed())
                    .skip(config.perAccountMax() - 1L)
                    .toList());
  }

  /** What its device is called. False when there is no such live session. */
  Future<Boolean> rename(AccountId account, SessionId id, String deviceName) {
    return store
        .get(AccountTables.session(account, id))
        .compose(
            row ->
                row.isEmpty() || !isLive(StoredSession.decode(row.get().body()))
                    ? Future.succeededFuture(false)
                    : put(row.get(), StoredSession.decode(row.get().body()).named(deviceName))
                        .map(
                            applied -> {
                              if (!applied) {
                                throw Problem.CONFLICT.refusal();
                              }
                              return true;
                            }));
  }

  Future<Boolean> put(Row row, StoredSession session) {
    Instant expires = Instant.ofEpochMilli(session.createdMillis()).plus(config.lifeMax());
    Change put = new Change.Put(row.sort(), row.version(), session.encode(), expires);
    return store
        .batch(AccountTables.SESSION, row.key().partition(), List.of(put))
        .map(outcome -> outcome.applied());
  }

  private static Void requireNew(dev.zamok.authority.store.Outcome outcome) {
    if (!outcome.applied()) {
      throw new IllegalStateException("random bytes came twice");
    }
    return null;
  }

  private Bytes random(int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return Bytes.wrap(bytes);
  }
}
