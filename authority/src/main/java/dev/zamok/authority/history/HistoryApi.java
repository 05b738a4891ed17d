package dev.zamok.authority.history;

import dev.zamok.authority.archive.Archive;
import dev.zamok.authority.http.Answer;
import dev.zamok.authority.http.Api;
import dev.zamok.authority.http.Endpoints;
import dev.zamok.authority.http.Problem;
import dev.zamok.authority.http.Request;
import dev.zamok.authority.room.Rooms;
import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.Entry;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.frame.HubFrame;
import dev.zamok.protocol.frame.HubFrames;
import dev.zamok.roomlog.RoomLog;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** {@code GET /v1/rooms/{room}/history}. */
public final class HistoryApi implements Endpoints {
  private static final int LIMIT_DEFAULT = 100;

  private final HistoryDesk desk;

  public HistoryApi(Rooms rooms, Archive archive, RoomLog log) {
    this.desk = new HistoryDesk(rooms, archive, log);
  }

  @Override
  public void addTo(Api api) {
    api.on("history", this::history);
  }

  private Future<Answer> history(Request request) {
    AccountId who = request.principal().account();
    RoomId room = RoomId.parse(request.path("room"));
    int limit = request.query("limit", LIMIT_DEFAULT);
    Optional<Position> after = request.query("after").map(Position::parse);
    Optional<Position> before = request.query("before").map(Position::parse);
    if (after.isPresent() && before.isPresent()) {
      throw Problem.REQUEST_INVALID.refusal();
    }
    return (after.isPresent()
            ? desk.after(who, room, after.get(), limit)
            : desk.before(who, room, before.orElse(null), limit))
        .map(piece -> Answer.ok(json(piece)));
  }

  private static JsonObject json(HistoryDesk.Piece piece) {
    JsonArray entries = new JsonArray();
    for (Entry entry : piece.entries()) {
      entries.add(HubFrames.encode(new HubFrame.Entry(entry)).toBase64Url());
    }
    return new JsonObject()
        .put("entries", entries)
        .put("completeTo", piece.completeTo().toString())
        .put("more", piece.more());
  }
}
