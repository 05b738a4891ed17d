package dev.zamok.authority.node;

import dev.zamok.authority.alert.Alert;
import dev.zamok.authority.http.Answer;
import dev.zamok.authority.http.Api;
import dev.zamok.authority.http.Endpoints;
import dev.zamok.authority.http.Request;
import dev.zamok.authority.lease.LeaseKeeper;
import dev.zamok.authority.lease.NodeRow;
import dev.zamok.roomlog.LogHealth;
import dev.zamok.roomlog.NodeBeat;
import dev.zamok.roomlog.RoomLog;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** {@code GET /v1/status}: how the deployment is doing, as this authority sees it. */
final class StatusApi implements Endpoints {
  private final OperatorGate gate;
  private final LeaseKeeper keeper;
  private final HubRegistry hubs;
  private final RoomLog log;
  private final Supplier<List<Alert>> alerts;
  private final Supplier<LeaseKeeper.Node> self;

  StatusApi(
      OperatorGate gate,
      LeaseKeeper keeper,
      HubRegistry hubs,
      RoomLog log,
      Supplier<List<Alert>> alerts,
      Supplier<LeaseKeeper.Node> self) {
    this.gate = gate;
    this.keeper = keeper;
    this.hubs = hubs;
    this.log = log;
    this.alerts = alerts;
    this.self = self;
  }

  @Override
  public void addTo(Api api) {
    api.on("status", this::status);
  }

  private Future<Answer> status(Request request) {
    gate.check(request);
    return log.health()
        .map(StatusApi::shards)
        .otherwise(new JsonArray())
        .map(
            shards ->
                Answer.ok(
                    new JsonObject()
                        .put("authorities", authorities())
                        .put("hubs", hubs())
                        .put("log", shards)
                        .put("alerts", alerts())));
  }

  private JsonArray authorities() {
    Map<Long, Integer> counts = keeper.counts();
    List<LeaseKeeper.Node> nodes = keeper.nodes();
    JsonArray all = new JsonArray();
    if (nodes.stream().noneMatch(node -> node.id() == keeper.id())) {
      all.add(json(self.get(), keeper.leases().served().size()));
    }
    nodes.stream()
        .sorted(Comparator.comparing(node -> node.row().address()))
        .forEach(node -> all.add(json(node, counts.getOrDefault(node.id(), 0))));
    return all;
  }

  private JsonObject json(LeaseKeeper.Node node, int leases) {
    return new JsonObject()
        .put("address", node.row().address())
        .put("self", node.id() == keeper.id())
        .put("state", node.live() ? state(node.row().standing()) : "lost")
        .put("version", node.row().version())
        .put("leases", leases)
        .put("startedAt", node.row().startedMillis())
        .put("archiveLagMillis", node.row().lagMillis());
  }

  private static String state(NodeRow.Standing standing) {
    return switch (standing) {
      case SERVING -> "serving";
      case DRAINING -> "draining";
      case LATE -> "late";
    };
  }

  private JsonArray hubs() {
    JsonArray all = new JsonArray();
    for (NodeBeat hub : hubs.live()) {
      boolean serving = hub.load().standing() == NodeBeat.Standing.SERVING;
      all.add(
          new JsonObject()
              .put("address", hub.address())
              .put("state", serving ? "serving" : "draining")
              .put("version", hub.version())
              .put("connections", hub.load().used())
              .put("capacity", hub.load().capacity()));
    }
    return all;
  }

  private static JsonArray shards(LogHealth health) {
    JsonArray all = new JsonArray();
    for (LogHealth.Shard shard : health.shards()) {
      JsonObject json =
          new JsonObject()
              .put("name", shard.name())
              .put("primary", shard.primary())
              .put("replicas", shard.replicas())
              .put("replicasNeeded", shard.replicasNeeded())
              .put("lagBytes", shard.lagBytes())
              .put("generation", shard.generation());
      if (shard.problem() != null) {
        json.put("problem", shard.problem());
      }
      all.add(json);
    }
    return all;
  }

  private JsonArray alerts() {
    JsonArray all = new JsonArray();
    alerts.get().forEach(alert -> all.add(alert.json()));
    return all;
  }
}
