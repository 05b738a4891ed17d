package dev.zamok.authority.account;

import dev.zamok.authority.audit.Audit;
import dev.zamok.authority.audit.AuditAction;
import dev.zamok.authority.http.Answer;
import dev.zamok.authority.http.Problem;
import dev.zamok.authority.http.Refusal;
import dev.zamok.authority.http.Request;
import dev.zamok.crypto.identity.Card;
import dev.zamok.crypto.password.Password;
import dev.zamok.protocol.AccountId;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** Makes accounts for whoever asks: freely where that is open, else for a {@link Voucher}. */
final class Registration {
  private final AccountParts parts;
  private final Audit audit;

  Registration(AccountParts parts, Audit audit) {
    this.parts = parts;
    this.audit = audit;
  }

  /** What somebody wants, checked as far as it can be before his password is hashed. */
  private record Wish(
      AccountId account, LoginName name, Card card, StoredKeyset keyset, Password password) {
    static Wish of(JsonObject body) {
      AccountId account = AccountId.parse(body.getString("account"));
      return new Wish(
          account,
          LoginName.parse(body.getString("login")).orElseThrow(Problem.LOGIN_NAME_INVALID::refusal),
          CardRows.parseFirst(body.getString("card"), account),
          StoredKeyset.fromJson(body.getJsonObject("keyset")),
          Credentials.password(body.getString("password"), Problem.REQUEST_INVALID));
    }

    @Override
    public String toString() {
      return "Wish[" + account + "]";
    }
  }

  Future<Answer> free(Request request) {
    if (!parts.config().registrationOpen()) {
      throw Problem.NOT_PERMITTED.refusal();
    }
    parts.limits().registration(request.address());
    return draft(Wish.of(request.body()))
        .compose(parts.registrar()::register)
        .map(Registration::made);
  }

  /**
   * Also where registration is open. The limit of registrations from one address is that of guesses
   * too.
   */
  Future<Answer> invited(Request request, Voucher voucher) {
    parts.limits().registration(request.address());
    return voucher
        .check()
        .compose(v -> draft(Wish.of(request.body())))
        .compose(draft -> voucher.use(draft.account()).compose(v -> register(draft, voucher)))
        .map(Registration::made);
  }

  /** A voucher stays used up where it is not certain that there is no account. */
  private Future<Profile> register(Registrar.Draft draft, Voucher voucher) {
    return parts
        .registrar()
        .register(draft)
        .recover(
            failure ->
                failure instanceof Refusal
                    ? voucher
                        .giveBack(draft.account())
                        .transform(done -> Future.failedFuture(failure))
                    : Future.failedFuture(failure));
  }

  private Future<Registrar.Draft> draft(Wish wish) {
    return parts
        .pool()
        .hash(wish.password())
        .compose(
            phc ->
                audit
                    .note(
                        Optional.empty(), AuditAction.ACCOUNT_REGISTERED, wish.account().toBytes())
                    .map(
                        v ->
                            new Registrar.Draft(
                                wish.account(), wish.name(), phc, wish.card(), wish.keyset())));
  }

  private static Answer made(Profile profile) {
    return Answer.created(profile.toJson());
  }
}
