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
import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes accounts for whoever asks: freely where that is open, else for a {@link Voucher}. */
final class Registration {
  private static final Logger LOG = LoggerFactory.getLogger(Registration.class);

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
        .compose(draft -> note(AuditAction.ACCOUNT_REGISTERED, bytes(draft)).map(draft))
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
        .compose(draft -> register(draft, voucher))
        .map(Registration::made);
  }

  /**
   * A voucher stays used up where it is not certain that there is no account. It is used for no
   * account that somebody has, so that whoever gives it back gives back his own.
   */
  Future<Profile> register(Registrar.Draft draft, Voucher voucher) {
    return parts
        .registrar()
        .requireFree(draft.account())
        .compose(v -> voucher.use(draft.account()))
        .compose(
            v ->
                note(AuditAction.ACCOUNT_ADMITTED, admission(draft, voucher))
                    .recover(failure -> givenBack(draft, voucher, failure)))
        .compose(
            v ->
                parts
                    .registrar()
                    .register(draft)
                    .recover(
                        failure ->
                            failure instanceof Refusal
                                ? givenBack(draft, voucher, failure)
                                : Future.failedFuture(failure)))
        .compose(this::noted);
  }

  private static <T> Future<T> givenBack(
      Registrar.Draft draft, Voucher voucher, Throwable failure) {
    return voucher
        .giveBack(draft.account())
        .onFailure(
            why ->
                LOG.warn(
                    "a letter stays used up, and made no account: {}",
                    why.getClass().getSimpleName()))
        .transform(done -> Future.failedFuture(failure));
  }

  /** That it was permitted is noted by now; an account that is made is not denied any more. */
  private Future<Profile> noted(Profile made) {
    return note(AuditAction.ACCOUNT_REGISTERED, made.account().toBytes())
        .onFailure(
            why ->
                LOG.warn(
                    "the audit lacks that an admitted account was made: {}",
                    why.getClass().getSimpleName()))
        .transform(done -> Future.succeededFuture(made));
  }

  private Future<Void> note(AuditAction action, Bytes subject) {
    return audit.note(Optional.empty(), action, subject);
  }

  private static Bytes bytes(Registrar.Draft draft) {
    return draft.account().toBytes();
  }

  private static Bytes admission(Registrar.Draft draft, Voucher voucher) {
    Bytes name = voucher.name();
    return new ByteWriter(AccountId.SIZE + name.size()).bytes(bytes(draft)).bytes(name).toBytes();
  }

  private Future<Registrar.Draft> draft(Wish wish) {
    return parts
        .pool()
        .hash(wish.password())
        .map(
            phc ->
                new Registrar.Draft(wish.account(), wish.name(), phc, wish.card(), wish.keyset()));
  }

  private static Answer made(Profile profile) {
    return Answer.created(profile.toJson());
  }
}
