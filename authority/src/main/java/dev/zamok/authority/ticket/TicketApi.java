package dev.zamok.authority.ticket;

import dev.zamok.authority.http.Answer;
import dev.zamok.authority.http.Api;
import dev.zamok.authority.http.Endpoints;
import dev.zamok.authority.http.Request;
import dev.zamok.authority.room.Membership;
import dev.zamok.authority.room.RoomJson;
import dev.zamok.authority.room.Standing;
import dev.zamok.protocol.ConnectionId;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.ticket.TicketKey;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;

/** {@code POST /v1/tickets}. */
public final class TicketApi implements Endpoints {
  private final TicketDesk desk;
  private final TicketConfig config;
  private final Supplier<List<String>> hubs;

  /**
   * Where tickets are signed, and what they are made of.
   *
   * @param pool takes what is too slow for an event loop
   */
  public record Sources(WorkerExecutor pool, SecureRandom random, Clock clock) {}

  /**
   * @param key one that can sign
   * @param hubs the addresses of hubs for one client, best first; empty when none is known
   */
  public TicketApi(
      Holders holders,
      TicketKey key,
      TicketConfig config,
      Supplier<List<String>> hubs,
      Sources sources) {
    this.desk =
        new TicketDesk(holders, key, config, sources.pool(), sources.random(), sources.clock());
    this.config = config;
    this.hubs = hubs;
  }

  @Override
  public void addTo(Api api) {
    api.on("ticket", this::ticket);
  }

  private Future<Answer> ticket(Request request) {
    String connection = request.body().getString("connection");
    JsonArray rooms = request.body().getJsonArray("rooms");
    List<RoomId> wanted =
        rooms == null ? null : rooms.stream().map(id -> RoomId.parse((String) id)).toList();
    return desk.issue(
            request.principal(), connection == null ? null : ConnectionId.parse(connection), wanted)
        .map(issued -> Answer.ok(json(issued)));
  }

  private JsonObject json(TicketDesk.Issued issued) {
    JsonArray rooms = new JsonArray();
    issued.rooms().forEach(named -> rooms.add(json(named)));
    List<String> chosen = hubs.get();
    return new JsonObject()
        .put("ticket", issued.token())
        .put("expiresAt", issued.ticket().expiresAt().toEpochMilli())
        .put("hub", config.first(chosen))
        .put("hubs", config.all(chosen))
        .put("connection", issued.ticket().connection().toString())
        .put("rooms", rooms);
  }

  private static JsonObject json(TicketDesk.Named named) {
    Membership membership = named.membership();
    Standing standing = named.header().standing();
    JsonObject json =
        new JsonObject()
            .put("room", membership.room().toString())
            .put("epoch", named.header().epoch().n())
            .put("generation", named.header().epoch().g())
            .put("rekeyHash", named.header().epoch().rekey().toString())
            .put("owesGeneration", standing.owesGeneration())
            .put("memberVersion", membership.version())
            .put("tag", membership.tag().toString())
            .put("role", RoomJson.role(membership.role()));
    if (standing.chainLength() > 0) {
      json.put("chainLength", standing.chainLength())
          .put("chainHead", standing.chainHead().toString());
    }
    return json;
  }
}
