package dev.zamok.authority.room;

import dev.zamok.authority.http.Answer;
import dev.zamok.authority.http.Api;
import dev.zamok.authority.http.Endpoints;
import dev.zamok.authority.http.Problem;
import dev.zamok.authority.http.Refusal;
import dev.zamok.authority.http.Request;
import dev.zamok.authority.http.TokenBuckets;
import dev.zamok.crypto.identity.Fingerprint;
import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.RoomId;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The operations for those who come in by an invitation, and for those who let them in. */
final class NewcomerApi implements Endpoints {
  private static final int WRONG_BURST = 20;
  private static final Duration WRONG_EVERY = Duration.ofMinutes(1);
  private static final int ACCOUNTS_MAX = 50_000;

  private final Newcomers newcomers;
  private final TokenBuckets wrong;

  NewcomerApi(Newcomers newcomers, Clock clock) {
    this.newcomers = newcomers;
    this.wrong = new TokenBuckets(WRONG_BURST, WRONG_EVERY, ACCOUNTS_MAX, clock);
  }

  @Override
  public void addTo(Api api) {
    api.on("invitedStatements", this::statements)
        .on("wantedWraps", this::wanted)
        .on("giveWraps", this::give);
  }

  /** Wrong proofs are limited, right ones are not. */
  private Future<Answer> statements(Request request) {
    AccountId who = request.principal().account();
    Optional<Duration> wait = wrong.take(who.toString());
    if (wait.isPresent()) {
      throw Refusal.retry(Problem.RATE_LIMITED, wait.get());
    }
    JsonObject body = request.body();
    return newcomers
        .chain(
            who,
            roomOf(request),
            Integer.parseInt(request.path("invite")),
            RoomJson.bytes(body.getString("proof")),
            body.getInteger("from", 0))
        .map(
            piece -> {
              wrong.giveBack(who.toString());
              return Answer.ok(RoomJson.statements(piece));
            });
  }

  private Future<Answer> wanted(Request request) {
    return newcomers
        .wanting(request.principal().account(), roomOf(request))
        .map(
            wanting -> {
              JsonArray array = new JsonArray();
              wanting.forEach(member -> array.add(member.toString()));
              return Answer.ok(new JsonObject().put("members", array));
            });
  }

  private Future<Answer> give(Request request) {
    List<Wraps.Given> wraps = new ArrayList<>();
    for (Object item : request.body().getJsonArray("wraps")) {
      JsonObject wrap = (JsonObject) item;
      wraps.add(
          new Wraps.Given(
              wrap.getInteger("generation"),
              Fingerprint.parse(wrap.getString("recipient")),
              RoomJson.bytes(wrap.getString("wrap"))));
    }
    return newcomers
        .give(request.principal().account(), roomOf(request), wraps)
        .map(Answer.NO_CONTENT);
  }

  private static RoomId roomOf(Request request) {
    return RoomId.parse(request.path("room"));
  }
}
