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
import java.util.List;
import java.util.function.Supplier;

/**
 * {@code /.well-known/}: what a client must know before it logs in, and a hub before it takes
 * tickets.
 */
final class About implements Endpoints {
  /** As the contract of {@code POST /v1/tickets} says. */
  private static final int ROOMS_PER_TICKET_MAX = 512;

  private final AuthorityConfig config;
  private final Supplier<List<String>> hubs;
  private final VerifyKey control;
  private final TicketKeySet tickets;
  private final Clock clock;

  /**
   * @param hubs the addresses of hubs for one client, best first; empty when none is known
   */
  About(
      AuthorityConfig config,
      Supplier<List<String>> hubs,
      VerifyKey control,
      TicketKeySet tickets,
      Clock clock) {
    this.config = config;
    this.hubs = hubs;
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
    List<String> chosen = hubs.get();
    return new JsonObject()
        .put("api", "v1")
        .put("hub", config.tickets().first(chosen))
        .put("hubs", config.tickets().all(chosen))
        .put("controlKeys", new JsonArray().add(key))
        .put("timeMillis", clock.millis())
        .put("limits", limits);
  }
}
