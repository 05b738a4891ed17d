package dev.zamok.authority.share;

import dev.zamok.authority.http.Answer;
import dev.zamok.authority.http.Api;
import dev.zamok.authority.http.Endpoints;
import dev.zamok.authority.http.Request;
import dev.zamok.authority.rights.Liveness;
import dev.zamok.authority.room.Rooms;
import dev.zamok.crypto.SecretBytes;
import dev.zamok.crypto.epoch.AuthorityShare;
import dev.zamok.crypto.epoch.Rekey;
import dev.zamok.crypto.room.RoomSecret;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.Trust;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code POST /v1/shares}. */
public final class ShareApi implements Endpoints {
  /** Rekeys of one answer over all its rooms, some 2 MB; a room gets an equal part of them. */
  static final int REKEYS_PER_ANSWER_MAX = 5_000;

  private final ShareDesk desk;

  public ShareApi(Rooms rooms, Liveness liveness) {
    this.desk = new ShareDesk(rooms, new ShareCache(), liveness);
  }

  @Override
  public void addTo(Api api) {
    api.on("shares", this::shares);
  }

  private Future<Answer> shares(Request request) {
    Map<RoomId, ShareDesk.Wanted> wanted = new LinkedHashMap<>();
    for (Object item : request.body().getJsonArray("rooms")) {
      JsonObject room = (JsonObject) item;
      RoomId id = RoomId.parse(room.getString("room"));
      int from = Math.max(1, room.getInteger("from"));
      int to = room.getInteger("to", Integer.MAX_VALUE);
      wanted.putIfAbsent(id, new ShareDesk.Wanted(id, from, to));
    }
    int rekeysMax = Math.min(ShareDesk.REKEYS_MAX, REKEYS_PER_ANSWER_MAX / wanted.size());
    return desk.serve(request.principal(), wanted.values(), rekeysMax)
        .map(
            served -> {
              JsonArray rooms = new JsonArray();
              served.forEach(one -> rooms.add(json(one)));
              return Answer.ok(new JsonObject().put("rooms", rooms));
            });
  }

  private static JsonObject json(ShareDesk.Served served) {
    JsonArray shares = new JsonArray();
    for (AuthorityShare share : served.shares()) {
      shares.add(new JsonObject().put("epoch", share.n()).put("share", text(share.share())));
    }
    JsonArray rekeys = new JsonArray();
    for (Rekey rekey : served.rekeys()) {
      rekeys.add(rekey.encoded().toBase64Url());
    }
    JsonObject json =
        new JsonObject()
            .put("room", served.room().toString())
            .put("shares", shares)
            .put("rekeys", rekeys);
    if (served.room().trust() == Trust.SEALED) {
      return json;
    }
    JsonArray secrets = new JsonArray();
    for (RoomSecret secret : served.secrets()) {
      secrets.add(
          new JsonObject().put("generation", secret.g()).put("secret", text(secret.secret())));
    }
    return json.put("secrets", secrets);
  }

  private static String text(SecretBytes secret) {
    return Bytes.wrap(secret.toByteArray()).toBase64Url();
  }
}
