package dev.zamok.authority.link;

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
import dev.zamok.crypto.Hash;
import dev.zamok.protocol.Bytes;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * Links to single secrets. Nothing opens one but the POST of a person who has the whole link: there
 * is no GET that a previewer could burn it with.
 */
public final class LinkApi implements Endpoints {
  private static final int OPENINGS_BURST = 30;
  private static final Duration OPENING_EVERY = Duration.ofSeconds(10);
  private static final int ADDRESSES_MAX = 50_000;

  private final LinkDesk desk;
  private final Audit audit;
  private final TokenBuckets openings;

  public LinkApi(SealedStore store, Audit audit, Clock clock) {
    this.desk = new LinkDesk(store, clock);
    this.audit = audit;
    this.openings = new TokenBuckets(OPENINGS_BURST, OPENING_EVERY, ADDRESSES_MAX, clock);
  }

  @Override
  public void addTo(Api api) {
    api.on("putLink", this::put).on("openLink", this::open).on("revokeLink", this::revoke);
  }

  private Future<Answer> put(Request request) {
    Bytes id = bytes(request.path("link"));
    JsonObject body = request.body();
    StoredLink link =
        new StoredLink(
            request.principal().account(),
            new Hash(bytes(body.getString("tokenHash"))),
            body.getInteger("views"),
            0,
            body.getLong("expiresAt"),
            bytes(body.getString("sealed")));
    return audit
        .note(request.principal(), AuditAction.LINK_MADE, id)
        .compose(v -> desk.put(id, link))
        .map(Answer.NO_CONTENT);
  }

  private Future<Answer> open(Request request) {
    Optional<Duration> wait = openings.take(request.address());
    if (wait.isPresent()) {
      throw Refusal.retry(Problem.RATE_LIMITED, wait.get());
    }
    Bytes id = bytes(request.path("link"));
    return audit
        .note(Optional.empty(), AuditAction.LINK_OPENED, id)
        .compose(v -> desk.open(id, bytes(request.body().getString("token"))))
        .map(
            opened ->
                Answer.ok(
                    new JsonObject()
                        .put("sealed", opened.sealed().toBase64Url())
                        .put("viewsLeft", opened.viewsLeft())));
  }

  private Future<Answer> revoke(Request request) {
    Bytes id = bytes(request.path("link"));
    return audit
        .note(request.principal(), AuditAction.LINK_REVOKED, id)
        .compose(v -> desk.revoke(id, request.principal().account()))
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
