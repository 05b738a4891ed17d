package dev.zamok.authority.account;

import dev.zamok.authority.audit.Audit;
import dev.zamok.authority.audit.AuditAction;
import dev.zamok.authority.http.Answer;
import dev.zamok.authority.http.Api;
import dev.zamok.authority.http.Endpoints;
import dev.zamok.authority.http.Problem;
import dev.zamok.authority.http.Request;
import dev.zamok.authority.store.SealedStore;
import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.Bytes;
import io.vertx.core.Future;

/** The operations of the contract that are about one's own account. */
final class AccountApi implements Endpoints {
  private final AccountParts parts;
  private final Keysets keysets;
  private final Audit audit;
  private final Registration registration;

  AccountApi(AccountParts parts, SealedStore store, Audit audit, Registration registration) {
    this.parts = parts;
    this.registration = registration;
    this.keysets = new Keysets(store);
    this.audit = audit;
  }

  @Override
  public void addTo(Api api) {
    api.on("register", registration::free)
        .on("account", this::account)
        .on("changePassword", this::changePassword)
        .on("keyset", this::keyset)
        .on("putKeyset", this::putKeyset);
  }

  private Future<Answer> account(Request request) {
    return parts
        .directory()
        .profile(request.principal().account())
        .map(found -> Answer.ok(found.orElseThrow(Problem.NOT_FOUND::refusal).toJson()));
  }

  private Future<Answer> changePassword(Request request) {
    AccountId account = request.principal().account();
    parts.limits().password(account);
    String next = request.body().getString("next");
    Credentials.password(next, Problem.REQUEST_INVALID).destroy();
    return parts
        .credentials()
        .verify(account, request.body().getString("current"))
        .compose(
            right -> {
              Credentials.Verified verified = right.orElseThrow(Problem.LOGIN_FAILED::refusal);
              parts.limits().passwordWasRight(account);
              return audit
                  .note(request.principal(), AuditAction.PASSWORD_CHANGED, Bytes.EMPTY)
                  .compose(
                      v ->
                          parts
                              .credentials()
                              .change(
                                  verified, Credentials.password(next, Problem.REQUEST_INVALID)));
            })
        .compose(v -> parts.end().revokeOthers(account, request.principal().session()))
        .map(Answer.NO_CONTENT);
  }

  private Future<Answer> keyset(Request request) {
    return keysets
        .get(request.principal().account())
        .map(keyset -> Answer.ok(keyset.toJson()).withETag(keyset.seq()));
  }

  /** A session is not enough: a stolen one must not do away with the keys of its owner. */
  private Future<Answer> putKeyset(Request request) {
    AccountId account = request.principal().account();
    long expected = request.ifMatch();
    StoredKeyset next = StoredKeyset.fromJson(request.body());
    if (next.seq() != expected + 1) {
      throw Problem.KEYSET_INVALID.refusal();
    }
    parts.limits().password(account);
    return parts
        .credentials()
        .verify(account, request.body().getString("password"))
        .compose(
            right -> {
              if (right.isEmpty()) {
                throw Problem.LOGIN_FAILED.refusal();
              }
              parts.limits().passwordWasRight(account);
              return keysets.require(account, expected);
            })
        .compose(
            present ->
                audit
                    .note(request.principal(), AuditAction.KEYSET_REPLACED, Bytes.EMPTY)
                    .compose(v -> keysets.replace(account, present, next)))
        .map(Answer.NO_CONTENT);
  }
}
