package dev.zamok.authority;

import dev.zamok.authority.epoch.Leases;
import dev.zamok.authority.http.Answer;
import dev.zamok.authority.http.Api;
import dev.zamok.authority.http.Endpoints;
import dev.zamok.authority.http.Problem;
import dev.zamok.authority.http.Request;
import dev.zamok.authority.store.Store;
import dev.zamok.protocol.Position;
import dev.zamok.roomlog.RoomLog;
import io.vertx.core.Future;

/** Whether the process runs, and whether what it needs answers. */
final class Health implements Endpoints {
  private final Store store;
  private final RoomLog log;
  private final Leases leases;

  Health(Store store, RoomLog log, Leases leases) {
    this.store = store;
    this.log = log;
    this.leases = leases;
  }

  @Override
  public void addTo(Api api) {
    api.on("livez", request -> Future.succeededFuture(Answer.NO_CONTENT)).on("readyz", this::ready);
  }

  private Future<Answer> ready(Request request) {
    if (!leases.held()) {
      return Future.failedFuture(Problem.UNAVAILABLE.refusal());
    }
    return Future.all(store.isEmpty(), log.moved(0, Position.ZERO, 1)).map(Answer.NO_CONTENT);
  }
}
