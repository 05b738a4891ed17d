package dev.zamok.authority;

import dev.zamok.authority.http.Answer;
import dev.zamok.authority.http.Api;
import dev.zamok.authority.http.Endpoints;
import dev.zamok.authority.http.Request;
import dev.zamok.authority.store.Store;
import dev.zamok.protocol.Position;
import dev.zamok.roomlog.RoomLog;
import io.vertx.core.Future;

/** Whether the process runs, and whether what it needs answers. */
final class Health implements Endpoints {
  private final Store store;
  private final RoomLog log;

  Health(Store store, RoomLog log) {
    this.store = store;
    this.log = log;
  }

  @Override
  public void addTo(Api api) {
    api.on("livez", request -> Future.succeededFuture(Answer.NO_CONTENT)).on("readyz", this::ready);
  }

  private Future<Answer> ready(Request request) {
    return Future.all(store.isEmpty(), log.moved(0, Position.ZERO, 1)).map(Answer.NO_CONTENT);
  }
}
