package dev.zamok.authority.account;

import dev.zamok.authority.audit.Audit;
import dev.zamok.authority.audit.AuditAction;
import dev.zamok.authority.http.Answer;
import dev.zamok.authority.http.Api;
import dev.zamok.authority.http.Endpoints;
import dev.zamok.authority.http.Problem;
import dev.zamok.authority.http.Request;
import dev.zamok.authority.rights.Principal;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.SessionId;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** The operations of the contract about devices that are unlocked without the master password. */
final class DeviceApi implements Endpoints {
  private final DeviceCodes codes;
  private final Sessions sessions;
  private final Limits limits;
  private final Audit audit;

  DeviceApi(DeviceCodes codes, Sessions sessions, Limits limits, Audit audit) {
    this.codes = codes;
    this.sessions = sessions;
    this.limits = limits;
    this.audit = audit;
  }

  @Override
  public void addTo(Api api) {
    api.on("deviceCodes", this::codes)
        .on("newDeviceCode", this::change)
        .on("confirmDeviceCode", this::confirm)
        .on("forgetDevice", this::forget)
        .on("renameSession", this::rename);
  }

  private Future<Answer> codes(Request request) {
    Principal who = request.principal();
    limits.deviceCode(who.session());
    return codes
        .codes(who)
        .map(
            stored -> {
              JsonArray list = new JsonArray();
              stored.codes().forEach(code -> list.add(json(code)));
              return Answer.ok(new JsonObject().put("codes", list));
            });
  }

  private Future<Answer> change(Request request) {
    Principal who = request.principal();
    limits.deviceCode(who.session());
    return audit
        .note(who, AuditAction.DEVICE_CODE_CHANGED, Bytes.EMPTY)
        .compose(v -> codes.change(who))
        .map(code -> Answer.ok(json(code)));
  }

  private Future<Answer> confirm(Request request) {
    Principal who = request.principal();
    limits.deviceCode(who.session());
    return codes.confirm(who, request.body().getInteger("number")).map(Answer.NO_CONTENT);
  }

  private Future<Answer> forget(Request request) {
    Principal who = request.principal();
    return audit
        .note(who, AuditAction.DEVICE_FORGOTTEN, Bytes.EMPTY)
        .compose(v -> codes.drop(who.account(), who.session()))
        .map(Answer.NO_CONTENT);
  }

  private Future<Answer> rename(Request request) {
    Principal who = request.principal();
    SessionId session = SessionId.parse(request.path("session"));
    return sessions
        .rename(who.account(), session, request.body().getString("deviceName"))
        .map(
            renamed -> {
              if (!renamed) {
                throw Problem.NOT_FOUND.refusal();
              }
              return Answer.NO_CONTENT;
            });
  }

  private static JsonObject json(StoredDeviceCode.Code code) {
    return new JsonObject().put("number", code.number()).put("code", code.secret().toBase64Url());
  }
}
