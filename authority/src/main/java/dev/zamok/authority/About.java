package dev.zamok.authority;

import dev.zamok.authority.http.Answer;
import dev.zamok.authority.http.Api;
import dev.zamok.authority.http.Endpoints;
import dev.zamok.authority.http.HttpConfig;
import dev.zamok.crypto.identity.VerifyKey;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;

/**
 * {@code /.well-known/}: what a client must know before it logs in, and a hub before it takes
 * tickets.
 */
final class About implements Endpoints {
  /** As the contract of {@code POST /v1/tickets} says. */
  private static final int ROOMS_PER_TICKET_MAX = 512;

  private final AuthorityConfig config;
  private final VerifyKey control;
  private final TicketKeySet tickets;
  private final Clock clock;

  About(AuthorityConfig config, VerifyKey control, TicketKeySet tickets, Clock clock) {
    this.config = config;
    this.control = control;
    this.tickets = tickets;
    this.clock = clock;
  }

  @Override
  public void addTo(Api api) {
    api.on("about", request -> Future.succeededFuture(Answer.ok(json())))
        .on(
            "ticketKeys",
            request -> Future.succeededFuture(Answer.ok(new JsonObject(tickets.verifying()))));
  }

  private JsonObject json() {
    JsonObject key =
        new JsonObject()
            .put("keyId", control.id().toString())
            .put("ed25519", control.bytes().toBase64Url());
    JsonObject limits =
        new JsonObject()
            .put("requestBytesMax", HttpConfig.REQUEST_BYTES_MAX)
            .put("roomsPerTicketMax", ROOMS_PER_TICKET_MAX)
            .put("membersPerRoomMax", config.rooms().membersMax());
    return new JsonObject()
        .put("api", "v1")
        .put("hub", config.tickets().hub())
        .put("controlKeys", new JsonArray().add(key))
        .put("timeMillis", clock.millis())
        .put("limits", limits);
  }
}
