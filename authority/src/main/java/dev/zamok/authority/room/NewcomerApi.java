package dev.zamok.authority.room;

import dev.zamok.authority.http.Answer;
import dev.zamok.authority.http.Api;
import dev.zamok.authority.http.Endpoints;
import dev.zamok.authority.http.Problem;
import dev.zamok.authority.http.Refusal;
import dev.zamok.authority.http.Request;
import dev.zamok.authority.http.TokenBuckets;
import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.RoomId;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** What is asked by those who come in by an invitation. */
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
    api.on("invitedStatements", this::statements);
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

  private static RoomId roomOf(Request request) {
    return RoomId.parse(request.path("room"));
  }
}
