package dev.zamok.authority.room;

import dev.zamok.authority.http.Answer;
import dev.zamok.authority.http.Api;
import dev.zamok.authority.http.Endpoints;
import dev.zamok.authority.http.Problem;
import dev.zamok.authority.http.Refusal;
import dev.zamok.authority.http.Request;
import dev.zamok.crypto.chain.History;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.chain.RoomKind;
import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.RoomId;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The operations of the contract that are about rooms. */
final class RoomApi implements Endpoints {
  private final ManagedRooms managed;
  private final SealedRooms sealed;
  private final RoomDesk desk;

  RoomApi(ManagedRooms managed, SealedRooms sealed, RoomDesk desk) {
    this.managed = managed;
    this.sealed = sealed;
    this.desk = desk;
  }

  /** Operations that are carried out in a turn of the room, by whoever holds its lease. */
  private static final Set<String> IN_TURN =
      Set.of(
          "putRoomInfo",
          "joinChannel",
          "putMember",
          "removeMember",
          "appendStatements",
          "wraps",
          "putItem",
          "putItems",
          "rotate",
          "inviteToRoom",
          "roomInvitations",
          "withdrawInvitation",
          "acceptInvitation",
          "invitedStatements",
          "registerInvited");

  /** The room whose turn an operation takes; empty for others, and for channels to be made. */
  static Optional<RoomId> roomInTurn(String operationId, Request request) {
    if (IN_TURN.contains(operationId)) {
      return Optional.of(roomOf(request));
    }
    JsonObject extension =
        operationId.equals("createRoom") ? request.body().getJsonObject("extension") : null;
    return extension == null
        ? Optional.empty()
        : Optional.of(
            ExtensionCheck.parse(RoomJson.extension(extension).statements())
                .get(0)
                .roomIdOfFirst());
  }

  @Override
  public void addTo(Api api) {
    api.on("rooms", this::rooms)
        .on("createRoom", this::create)
        .on("channels", this::channels)
        .on("room", this::room)
        .on("putRoomInfo", this::rename)
        .on("joinChannel", this::join)
        .on("members", this::members)
        .on("putMember", this::putMember)
        .on("removeMember", this::removeMember)
        .on("statements", this::statements)
        .on("appendStatements", this::extend)
        .on("wraps", this::wraps)
        .on("rotate", this::rotate);
  }

  private Future<Answer> rooms(Request request) {
    return desk.all(who(request))
        .map(
            all -> {
              JsonArray array = new JsonArray();
              all.forEach(seen -> array.add(RoomJson.seen(seen)));
              return Answer.ok(new JsonObject().put("rooms", array));
            });
  }

  private Future<Answer> create(Request request) {
    JsonObject body = request.body();
    RoomKind kind = RoomJson.kind(body.getString("kind"));
    History history = RoomJson.history(body.getString("history"));
    String name = body.getString("name");
    JsonObject extension = body.getJsonObject("extension");
    boolean open = body.getBoolean("open", false);
    @Nullable Integer listedAt = body.getInteger("listedAt");
    AccountId who = who(request);
    if (kind == RoomKind.CHANNEL && name != null && extension == null) {
      return desk.requireRoomFor(who)
          .compose(
              v ->
                  managed.create(
                      request.principal(), history, new RoomLabel(open, name, Bytes.EMPTY)))
          .compose(room -> seen(request, room))
          .map(Answer::created);
    }
    if (kind != RoomKind.CHANNEL && name == null && !open && extension != null) {
      return desk.requireRoomFor(who)
          .compose(
              v ->
                  sealed.create(
                      request.principal(), kind, history, RoomJson.extension(extension), listedAt))
          .compose(room -> seen(request, room))
          .map(Answer::created);
    }
    throw Refusal.because(
        Problem.REQUEST_INVALID, "a channel has a name, every other room an extension");
  }

  private Future<Answer> channels(Request request) {
    return desk.channels(RoomJson.after(request.query("after")))
        .map(channels -> Answer.ok(RoomJson.channels(channels)));
  }

  private Future<Answer> room(Request request) {
    return desk.seen(who(request), roomOf(request)).map(seen -> Answer.ok(RoomJson.seen(seen)));
  }

  private Future<Answer> rename(Request request) {
    @Nullable String name = request.body().getString("name");
    return desk.rename(request.principal(), roomOf(request), name, RoomJson.info(request.body()))
        .map(Answer.NO_CONTENT);
  }

  private Future<Answer> join(Request request) {
    return desk.requireRoomFor(who(request))
        .compose(v -> managed.join(request.principal(), roomOf(request)))
        .compose(room -> seen(request, room))
        .map(Answer::ok);
  }

  private Future<Answer> members(Request request) {
    return desk.members(who(request), roomOf(request))
        .map(members -> Answer.ok(RoomJson.members(members)));
  }

  private Future<Answer> putMember(Request request) {
    Role role = RoomJson.role(request.body().getString("role"));
    return managed
        .put(request.principal(), roomOf(request), target(request), role)
        .compose(room -> seen(request, room))
        .map(Answer::ok);
  }

  private Future<Answer> removeMember(Request request) {
    return managed
        .remove(request.principal(), roomOf(request), target(request))
        .map(Answer.NO_CONTENT);
  }

  private Future<Answer> statements(Request request) {
    @Nullable RoomId through = RoomJson.after(request.query("through"));
    return desk.statements(who(request), roomOf(request), request.query("from", 0), through)
        .map(piece -> Answer.ok(RoomJson.statements(piece)));
  }

  private Future<Answer> extend(Request request) {
    return sealed
        .extend(request.principal(), roomOf(request), RoomJson.extension(request.body()))
        .compose(room -> seen(request, room))
        .map(Answer::ok);
  }

  private Future<Answer> wraps(Request request) {
    return desk.wraps(who(request), roomOf(request)).map(wraps -> Answer.ok(RoomJson.wraps(wraps)));
  }

  private Future<Answer> rotate(Request request) {
    boolean reset = "reset".equals(request.body().getString("kind"));
    return desk.rotate(request.principal(), roomOf(request), reset)
        .compose(v -> desk.seen(who(request), roomOf(request)))
        .map(seen -> Answer.ok(RoomJson.seen(seen)));
  }

  /** The room after a change, also for somebody who left it by that change. */
  private Future<JsonObject> seen(Request request, Room room) {
    return room.last(who(request))
        .map(member -> RoomJson.room(Membership.of(room.id(), member), room.header()))
        .map(Future::succeededFuture)
        .orElseGet(() -> desk.seen(who(request), room.id()).map(RoomJson::seen));
  }

  private static AccountId who(Request request) {
    return request.principal().account();
  }

  private static AccountId target(Request request) {
    return AccountId.parse(request.path("account"));
  }

  private static RoomId roomOf(Request request) {
    return RoomId.parse(request.path("room"));
  }
}
