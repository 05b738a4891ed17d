package dev.zamok.load.socket;

import dev.zamok.client.authority.Answers;
import dev.zamok.client.authority.HttpAuthority;
import dev.zamok.client.authority.HttpExchange;
import dev.zamok.client.authority.SessionApi;
import dev.zamok.client.trust.ServerTrust;
import dev.zamok.load.traffic.HistoryPages;
import dev.zamok.load.traffic.Login;
import dev.zamok.protocol.DeviceId;
import dev.zamok.protocol.Entry;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import java.net.http.HttpClient;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A login at the authority, which gets tickets and reads history over HTTPS. Never blocks. */
final class Account {
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(45);

  private final SessionApi api;

  private Account(SessionApi api) {
    this.api = api;
  }

  static CompletableFuture<Account> logIn(Login login) {
    SecureRandom random = new SecureRandom();
    HttpClient http =
        HttpClient.newBuilder()
            .sslContext(ServerTrust.pinned(login.fingerprint()).context(random))
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    HttpAuthority authority =
        new HttpAuthority(new HttpExchange(http, login.server(), Runnable::run, REQUEST_TIMEOUT));
    return authority
        .login(login.name(), login.password(), DeviceId.random(random), "load")
        .thenApply(session -> new Account(authority.session(session.token())));
  }

  /** A ticket for a connection of its own. */
  CompletableFuture<Pass> pass(String name, long number, RoomId room) {
    return api.ticket(null, List.of(room))
        .thenApply(
            ticket -> {
              if (ticket.rooms().isEmpty()) {
                throw new IllegalStateException(name + " may not enter " + room);
              }
              Answers.TicketRoom about = ticket.rooms().get(0);
              return new Pass(name, number, room, about.tag(), ticket.ticket(), about.epoch());
            });
  }

  CompletableFuture<List<Entry>> history(RoomId room) {
    return HistoryPages.after(api, room, Position.ZERO);
  }

  Repair repair(RoomId room) {
    return (from, to) ->
        HistoryPages.after(api, room, from)
            .thenApply(
                entries -> {
                  List<Entry> missing =
                      entries.stream().filter(entry -> !entry.position().isAfter(to)).toList();
                  if (missing.isEmpty() || !missing.get(missing.size() - 1).position().equals(to)) {
                    throw new IllegalStateException("history does not reach " + to + " yet");
                  }
                  return missing;
                });
  }
}
