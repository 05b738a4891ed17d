package dev.zamok.authority.account;

import dev.zamok.authority.store.Row;
import dev.zamok.authority.store.RowKey;
import dev.zamok.authority.store.SealedStore;
import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.SessionId;
import dev.zamok.protocol.Unavailable;
import dev.zamok.roomlog.Notice;
import dev.zamok.roomlog.RoomLog;
import io.vertx.core.Future;
import java.util.List;

/**
 * Ends sessions, in steps that can be repeated: the row says that it ended, the token goes, the
 * hubs are told, the rooms get new keys, its device code and the row go. Whoever asks again after a
 * failure goes on where it stopped.
 */
final class SessionEnd {
  private static final int ATTEMPTS_MAX = 5;

  private final SealedStore store;
  private final Sessions sessions;
  private final DeviceCodes codes;
  private final RoomLog log;
  private final AccountHook hook;

  SessionEnd(
      SealedStore store, Sessions sessions, DeviceCodes codes, RoomLog log, AccountHook hook) {
    this.store = store;
    this.sessions = sessions;
    this.codes = codes;
    this.log = log;
    this.hook = hook;
  }

  /** By its owner, on its own device: nobody else may have the keys. False when there is none. */
  Future<Boolean> logout(AccountId account, SessionId session) {
    return cut(account, session)
        .compose(
            there -> there ? remove(account, session).map(true) : Future.succeededFuture(false));
  }

  /** From another device, which may be in wrong hands. False when there is none. */
  Future<Boolean> revoke(AccountId account, SessionId session) {
    return cut(account, session)
        .compose(
            there ->
                there
                    ? hook.sessionsRevoked(account).compose(v -> remove(account, session)).map(true)
                    : Future.succeededFuture(false));
  }

  /** All but {@code kept}, as {@link #revoke}. */
  Future<Void> revokeOthers(AccountId account, SessionId kept) {
    return sessions
        .all(account)
        .compose(
            all -> {
              List<SessionId> others =
                  all.stream().map(Sessions.Listed::id).filter(id -> !id.equals(kept)).toList();
              if (others.isEmpty()) {
                return Future.succeededFuture();
              }
              return each(others, id -> cut(account, id).mapEmpty())
                  .compose(v -> hook.sessionsRevoked(account))
                  .compose(v -> each(others, id -> remove(account, id)));
            });
  }

  /** From here on neither the authority nor, once told, a hub serves it. */
  private Future<Boolean> cut(AccountId account, SessionId session) {
    return end(AccountTables.session(account, session), ATTEMPTS_MAX)
        .compose(
            there ->
                there
                    ? log.broadcast(new Notice.Revoke(session)).map(true)
                    : Future.succeededFuture(false));
  }

  private Future<Boolean> end(RowKey key, int attempts) {
    if (attempts == 0) {
      return Future.failedFuture(new Unavailable("a session keeps changing", false));
    }
    return store
        .get(key)
        .compose(
            found -> {
              if (found.isEmpty()) {
                return Future.succeededFuture(false);
              }
              Row row = found.get();
              StoredSession session = StoredSession.decode(row.body());
              if (session.ended()) {
                return store.drop(AccountTables.TOKEN, session.tokenHash().bytes()).map(true);
              }
              return sessions
                  .put(row, session.end())
                  .compose(
                      applied ->
                          applied
                              ? store
                                  .drop(AccountTables.TOKEN, session.tokenHash().bytes())
                                  .map(true)
                              : end(key, attempts - 1));
            });
  }

  private Future<Void> remove(AccountId account, SessionId session) {
    RowKey key = AccountTables.session(account, session);
    return codes
        .drop(account, session)
        .compose(v -> store.get(key))
        .compose(
            row ->
                row.isEmpty()
                    ? Future.succeededFuture()
                    : store.delete(key, row.get().version()).mapEmpty());
  }

  private static Future<Void> each(
      List<SessionId> ids, java.util.function.Function<SessionId, Future<Void>> step) {
    return Future.all(ids.stream().map(step).toList()).mapEmpty();
  }
}
