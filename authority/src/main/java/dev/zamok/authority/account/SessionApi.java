package dev.zamok.authority.account;

import dev.zamok.authority.audit.Audit;
import dev.zamok.authority.audit.AuditAction;
import dev.zamok.authority.http.Answer;
import dev.zamok.authority.http.Api;
import dev.zamok.authority.http.Endpoints;
import dev.zamok.authority.http.Metrics;
import dev.zamok.authority.http.Problem;
import dev.zamok.authority.http.Request;
import dev.zamok.authority.rights.Principal;
import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.DeviceId;
import dev.zamok.protocol.SessionId;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.Set;

/** The operations of the contract that are about sessions. */
final class SessionApi implements Endpoints {
  private final AccountParts parts;
  private final Audit audit;
  private final Metrics metrics;

  SessionApi(AccountParts parts, Audit audit, Metrics metrics) {
    this.parts = parts;
    this.audit = audit;
    this.metrics = metrics;
  }

  @Override
  public void addTo(Api api) {
    api.on("login", this::login)
        .on("sessions", this::sessions)
        .on("logout", this::logout)
        .on("revokeSession", this::revoke);
  }

  private Future<Answer> login(Request request) {
    JsonObject body = request.body();
    String typed = body.getString("login");
    // A name that nobody can have is refused as one that nobody has, after the same work.
    LoginName name = LoginName.parse(typed).orElseGet(() -> new LoginName(typed, typed));
    DeviceId device = DeviceId.parse(body.getString("device"));
    Bytes blinded = parts.directory().key(name).partition();
    parts.limits().login(request.address(), blinded);
    return parts
        .credentials()
        .verify(name, body.getString("password"))
        .compose(
            right -> {
              if (right.isEmpty()) {
                return refuse(blinded);
              }
              parts.limits().loginWasRight(blinded);
              return open(right.get(), device, body.getString("deviceName", ""));
            })
        .map(opened -> Answer.created(json(opened)));
  }

  private Future<Sessions.Opened> refuse(Bytes blinded) {
    metrics.count("logins_refused");
    return audit
        .note(Optional.empty(), AuditAction.LOGIN_REFUSED, blinded)
        .compose(v -> Future.failedFuture(Problem.LOGIN_FAILED.refusal()));
  }

  private Future<Sessions.Opened> open(
      Credentials.Verified verified, DeviceId device, String deviceName) {
    AccountId account = verified.account();
    return audit
        .note(Optional.empty(), AuditAction.LOGGED_IN, account.toBytes())
        .compose(v -> makeRoom(account))
        .compose(v -> parts.sessions().open(account, device, deviceName))
        .compose(opened -> requireCurrent(verified, opened));
  }

  /** Whoever changed the password meanwhile ended all sessions, but could not see this one. */
  private Future<Sessions.Opened> requireCurrent(
      Credentials.Verified verified, Sessions.Opened opened) {
    return parts
        .credentials()
        .isCurrent(verified)
        .compose(
            current ->
                current
                    ? Future.succeededFuture(opened)
                    : parts
                        .end()
                        .logout(verified.account(), opened.principal().session())
                        .compose(v -> Future.failedFuture(Problem.LOGIN_FAILED.refusal())));
  }

  private Future<Void> makeRoom(AccountId account) {
    return parts
        .sessions()
        .surplus(account)
        .compose(
            surplus ->
                Future.all(
                    surplus.stream().map(one -> parts.end().logout(account, one.id())).toList()))
        .mapEmpty();
  }

  private Future<Answer> sessions(Request request) {
    Principal who = request.principal();
    Future<Set<SessionId>> kept = parts.deviceCodes().kept(who.account());
    return parts
        .sessions()
        .all(who.account())
        .compose(
            all ->
                kept.map(
                    devices -> {
                      JsonArray list = new JsonArray();
                      for (Sessions.Listed one : all) {
                        if (!one.session().ended()) {
                          list.add(json(one, who).put("kept", devices.contains(one.id())));
                        }
                      }
                      return Answer.ok(new JsonObject().put("sessions", list));
                    }));
  }

  private Future<Answer> logout(Request request) {
    Principal who = request.principal();
    return audit
        .note(who, AuditAction.LOGGED_OUT, Bytes.EMPTY)
        .compose(v -> parts.end().logout(who.account(), who.session()))
        .map(Answer.NO_CONTENT);
  }

  private Future<Answer> revoke(Request request) {
    Principal who = request.principal();
    SessionId session = SessionId.parse(request.path("session"));
    return audit
        .note(who, AuditAction.SESSION_REVOKED, session.toBytes())
        .compose(v -> parts.end().revoke(who.account(), session))
        .map(
            there -> {
              if (!there) {
                throw Problem.NOT_FOUND.refusal();
              }
              return Answer.NO_CONTENT;
            });
  }

  private static JsonObject json(Sessions.Opened opened) {
    return new JsonObject()
        .put("token", opened.token())
        .put("session", opened.principal().session().toString())
        .put("account", opened.principal().account().toString())
        .put("expiresAt", opened.expiresMillis());
  }

  private static JsonObject json(Sessions.Listed one, Principal who) {
    return new JsonObject()
        .put("session", one.id().toString())
        .put("device", one.session().device().toString())
        .put("deviceName", one.session().deviceName())
        .put("createdAt", one.session().createdMillis())
        .put("lastSeenAt", one.session().seenMillis())
        .put("current", one.id().equals(who.session()));
  }
}
