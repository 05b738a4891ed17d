package dev.zamok.authority.account;

import dev.zamok.authority.audit.Audit;
import dev.zamok.authority.audit.AuditAction;
import dev.zamok.authority.http.Answer;
import dev.zamok.authority.http.Api;
import dev.zamok.authority.http.Endpoints;
import dev.zamok.authority.http.Problem;
import dev.zamok.authority.http.Request;
import dev.zamok.authority.store.SealedStore;
import dev.zamok.crypto.identity.Card;
import dev.zamok.crypto.password.Password;
import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.Bytes;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** The operations of the contract that are about one's own account. */
final class AccountApi implements Endpoints {
  private final AccountParts parts;
  private final Keysets keysets;
  private final Audit audit;

  AccountApi(AccountParts parts, SealedStore store, Audit audit) {
    this.parts = parts;
    this.keysets = new Keysets(store);
    this.audit = audit;
  }

  @Override
  public void addTo(Api api) {
    api.on("register", this::register)
        .on("account", this::account)
        .on("changePassword", this::changePassword)
        .on("keyset", this::keyset)
        .on("putKeyset", this::putKeyset);
  }

  private Future<Answer> register(Request request) {
    if (!parts.config().registrationOpen()) {
      throw Problem.NOT_PERMITTED.refusal();
    }
    parts.limits().registration(request.address());
    JsonObject body = request.body();
    AccountId account = AccountId.parse(body.getString("account"));
    LoginName name =
        LoginName.parse(body.getString("login")).orElseThrow(Problem.LOGIN_NAME_INVALID::refusal);
    Card card = CardRows.parseFirst(body.getString("card"), account);
    StoredKeyset keyset = StoredKeyset.fromJson(body.getJsonObject("keyset"));
    Password password = Credentials.password(body.getString("password"), Problem.REQUEST_INVALID);
    return parts
        .pool()
        .hash(password)
        .compose(
            phc ->
                audit
                    .note(Optional.empty(), AuditAction.ACCOUNT_REGISTERED, account.toBytes())
                    .compose(
                        v ->
                            parts
                                .registrar()
                                .register(new Registrar.Draft(account, name, phc, card, keyset))))
        .map(profile -> Answer.created(json(profile)));
  }

  private Future<Answer> account(Request request) {
    return parts
        .directory()
        .profile(request.principal().account())
        .map(found -> Answer.ok(json(found.orElseThrow(Problem.NOT_FOUND::refusal))));
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

  private static JsonObject json(Profile profile) {
    return new JsonObject()
        .put("account", profile.account().toString())
        .put("login", profile.login())
        .put("card", profile.card().toBase64Url());
  }
}
