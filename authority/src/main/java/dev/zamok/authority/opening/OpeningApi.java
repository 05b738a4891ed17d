package dev.zamok.authority.opening;

import dev.zamok.authority.account.Directory;
import dev.zamok.authority.http.Answer;
import dev.zamok.authority.http.Api;
import dev.zamok.authority.http.Endpoints;
import dev.zamok.authority.http.Problem;
import dev.zamok.authority.http.Refusal;
import dev.zamok.authority.http.Request;
import dev.zamok.authority.http.TokenBuckets;
import dev.zamok.authority.room.Rooms;
import dev.zamok.authority.store.Row;
import dev.zamok.authority.store.SealedStore;
import dev.zamok.crypto.CryptoFailure;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.opening.Opening;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.RoomId;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What members say that they opened: they add, admins read. That it was said by whom it names is
 * checked here and by every client that reads it; that it is true nobody can check.
 */
public final class OpeningApi implements Endpoints {
  private static final int PAGE_ROWS = 500;
  private static final int BURST = 300;
  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final int ACCOUNTS_MAX = 50_000;

  private final Rooms rooms;
  private final Directory directory;
  private final OpeningDesk desk;
  private final TokenBuckets limits;

  public OpeningApi(Rooms rooms, Directory directory, SealedStore store, Clock clock) {
    this.rooms = rooms;
    this.directory = directory;
    this.desk = new OpeningDesk(store, clock);
    this.limits = new TokenBuckets(BURST, EVERY, ACCOUNTS_MAX, clock);
  }

  @Override
  public void addTo(Api api) {
    api.on("noteOpenings", this::note).on("openings", this::read);
  }

  private Future<Answer> note(Request request) {
    RoomId room = RoomId.parse(request.path("room"));
    List<Opening> openings = openings(request.body().getJsonArray("openings"), room);
    for (int i = 0; i < openings.size(); i++) {
      Optional<Duration> wait = limits.take(request.principal().account().toString());
      if (wait.isPresent()) {
        throw Refusal.retry(Problem.RATE_LIMITED, wait.get());
      }
    }
    return require(request, room, Role.READER)
        .compose(v -> directory.byAccount(request.principal().account()))
        .compose(
            known -> {
              verify(openings, known.orElseThrow(Problem.NOT_FOUND::refusal).card());
              return desk.keep(openings);
            })
        .map(Answer.NO_CONTENT);
  }

  private static List<Opening> openings(JsonArray encoded, RoomId room) {
    List<Opening> openings = new ArrayList<>();
    try {
      for (Object one : encoded) {
        openings.add(Opening.parse(Bytes.fromBase64Url((String) one)));
      }
    } catch (MalformedException | IllegalArgumentException e) {
      throw Refusal.because(Problem.REQUEST_INVALID, "not an opening");
    }
    if (openings.stream().anyMatch(opening -> !opening.place().room().equals(room))) {
      throw Refusal.because(Problem.REQUEST_INVALID, "of another room");
    }
    return openings;
  }

  private static void verify(List<Opening> openings, dev.zamok.crypto.identity.Card card) {
    try {
      openings.forEach(opening -> opening.verify(card));
    } catch (CryptoFailure e) {
      throw Problem.NOT_PERMITTED.refusal();
    }
  }

  private Future<Answer> read(Request request) {
    RoomId room = RoomId.parse(request.path("room"));
    Optional<Bytes> after = request.query("after").map(OpeningApi::key);
    return require(request, room, Role.ADMIN)
        .compose(v -> desk.page(room, after, PAGE_ROWS))
        .map(
            rows -> {
              JsonArray list = new JsonArray();
              rows.forEach(row -> list.add(row.body().toBase64Url()));
              JsonObject answer = new JsonObject().put("openings", list);
              if (rows.size() == PAGE_ROWS) {
                Row last = rows.get(rows.size() - 1);
                answer.put("next", last.sort().toBase64Url());
              }
              return Answer.ok(answer);
            });
  }

  private static Bytes key(String text) {
    try {
      Bytes key = Bytes.fromBase64Url(text);
      if (key.size() == OpeningTables.SORT_BYTES) {
        return key;
      }
    } catch (IllegalArgumentException e) {
      throw Refusal.because(Problem.REQUEST_INVALID, "after");
    }
    throw Refusal.because(Problem.REQUEST_INVALID, "after");
  }

  /** Whoever is no member learns nothing; who lacks the right is told so. */
  private Future<Void> require(Request request, RoomId room, Role least) {
    return rooms
        .membership(request.principal().account(), room)
        .map(
            found -> {
              Role role = found.orElseThrow(Problem.NOT_FOUND::refusal).role();
              if (!role.atLeast(least)) {
                throw Problem.NOT_PERMITTED.refusal();
              }
              return null;
            });
  }
}
