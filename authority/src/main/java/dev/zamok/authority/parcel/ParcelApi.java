package dev.zamok.authority.parcel;

import dev.zamok.authority.account.Directory;
import dev.zamok.authority.account.KnownCard;
import dev.zamok.authority.audit.Audit;
import dev.zamok.authority.audit.AuditAction;
import dev.zamok.authority.http.Answer;
import dev.zamok.authority.http.Api;
import dev.zamok.authority.http.Endpoints;
import dev.zamok.authority.http.Problem;
import dev.zamok.authority.http.Refusal;
import dev.zamok.authority.http.Request;
import dev.zamok.authority.http.TokenBuckets;
import dev.zamok.authority.store.SealedStore;
import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.Bytes;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** Copies of single secrets for accounts. Listing them gives nothing out; only the POST does. */
public final class ParcelApi implements Endpoints {
  private static final int SENDS_BURST = 50;
  private static final Duration SEND_EVERY = Duration.ofMinutes(1);
  private static final int ACCOUNTS_MAX = 50_000;

  private final ParcelDesk desk;
  private final Directory directory;
  private final Audit audit;
  private final Clock clock;
  private final TokenBuckets sends;

  public ParcelApi(SealedStore store, Directory directory, Audit audit, Clock clock) {
    this.desk = new ParcelDesk(store, clock);
    this.directory = directory;
    this.audit = audit;
    this.clock = clock;
    this.sends = new TokenBuckets(SENDS_BURST, SEND_EVERY, ACCOUNTS_MAX, clock);
  }

  @Override
  public void addTo(Api api) {
    api.on("putParcel", this::put)
        .on("parcels", this::list)
        .on("openParcel", this::open)
        .on("revokeParcel", this::revoke);
  }

  private Future<Answer> put(Request request) {
    AccountId sender = request.principal().account();
    Optional<Duration> wait = sends.take(sender.toString());
    if (wait.isPresent()) {
      throw Refusal.retry(Problem.RATE_LIMITED, wait.get());
    }
    Bytes id = bytes(request.path("parcel"));
    JsonObject body = request.body();
    AccountId recipient = AccountId.parse(body.getString("recipient"));
    Future<Optional<KnownCard>> from = directory.byAccount(sender);
    Future<Optional<KnownCard>> to = directory.byAccount(recipient);
    return Future.all(from, to)
        .compose(
            both -> {
              if (to.result().isEmpty()) {
                throw Problem.NOT_FOUND.refusal();
              }
              StoredParcel parcel =
                  new StoredParcel(
                      sender,
                      from.result().orElseThrow().card().fingerprint(),
                      clock.millis(),
                      body.getLong("expiresAt"),
                      bytes(body.getString("sealed")));
              return audit
                  .note(request.principal(), AuditAction.PARCEL_SENT, id)
                  .compose(v -> desk.put(recipient, id, parcel));
            })
        .map(Answer.NO_CONTENT);
  }

  private Future<Answer> list(Request request) {
    AccountId who = request.principal().account();
    Future<JsonArray> received =
        desk.waiting(who)
            .map(
                all -> {
                  JsonArray array = new JsonArray();
                  for (ParcelDesk.Waiting one : all) {
                    array.add(
                        new JsonObject()
                            .put("parcel", one.id().toBase64Url())
                            .put("sender", one.parcel().fingerprint().toString())
                            .put("sentAt", one.parcel().sentMillis())
                            .put("expiresAt", one.parcel().expiryMillis()));
                  }
                  return array;
                });
    Future<JsonArray> sent =
        desk.sent(who)
            .map(
                all -> {
                  JsonArray array = new JsonArray();
                  for (ParcelDesk.Sent one : all) {
                    array.add(
                        new JsonObject()
                            .put("parcel", one.id().toBase64Url())
                            .put("recipient", one.recipient().toString())
                            .put("expiresAt", one.expiryMillis()));
                  }
                  return array;
                });
    return Future.all(received, sent)
        .map(
            both ->
                Answer.ok(
                    new JsonObject()
                        .put("received", received.result())
                        .put("sent", sent.result())));
  }

  private Future<Answer> open(Request request) {
    Bytes id = bytes(request.path("parcel"));
    return audit
        .note(request.principal(), AuditAction.PARCEL_OPENED, id)
        .compose(v -> desk.open(request.principal().account(), id))
        .map(
            parcel ->
                Answer.ok(
                    new JsonObject()
                        .put("sender", parcel.fingerprint().toString())
                        .put("expiresAt", parcel.expiryMillis())
                        .put("sealed", parcel.parcel().toBase64Url())));
  }

  private Future<Answer> revoke(Request request) {
    Bytes id = bytes(request.path("parcel"));
    return audit
        .note(request.principal(), AuditAction.PARCEL_REVOKED, id)
        .compose(v -> desk.revoke(request.principal().account(), id))
        .map(Answer.NO_CONTENT);
  }

  private static Bytes bytes(String text) {
    try {
      return Bytes.fromBase64Url(text);
    } catch (IllegalArgumentException e) {
      throw Problem.REQUEST_INVALID.refusal();
    }
  }
}
