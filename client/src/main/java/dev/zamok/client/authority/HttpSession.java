package dev.zamok.client.authority;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zamok.client.authority.HttpExchange.Call;
import dev.zamok.crypto.chain.History;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.chain.RoomKind;
import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.ConnectionId;
import dev.zamok.protocol.ItemId;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.SessionId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** {@link SessionApi} over HTTPS. Holds the token of the session, in memory only. */
final class HttpSession implements SessionApi {
  private final HttpExchange http;
  private final String token;

  HttpSession(HttpExchange http, String token) {
    this.http = http;
    this.token = token;
  }

  @Override
  public CompletableFuture<Answers.Account> account() {
    return http.get("/v1/account", token, Reading::account);
  }

  @Override
  public CompletableFuture<Void> changePassword(String current, String next) {
    ObjectNode body = HttpExchange.object().put("current", current).put("next", next);
    return http.run(new Call("PUT", "/v1/account/password", body), token);
  }

  @Override
  public CompletableFuture<Answers.Keyset> keyset() {
    return http.get("/v1/keyset", token, Reading::keyset);
  }

  @Override
  public CompletableFuture<List<Answers.Account>> cards(CardQuery query) {
    ObjectNode body = HttpExchange.object();
    ArrayNode logins = body.putArray("logins");
    query.logins().forEach(logins::add);
    ArrayNode accounts = body.putArray("accounts");
    query.accounts().forEach(account -> accounts.add(account.toString()));
    ArrayNode fingerprints = body.putArray("fingerprints");
    query.fingerprints().forEach(fingerprint -> fingerprints.add(fingerprint.toString()));
    return http.call(
        new Call("POST", "/v1/cards/lookup", body),
        token,
        in -> in.objects("cards", Reading::account));
  }

  @Override
  public CompletableFuture<List<Answers.DeviceSession>> sessions() {
    return http.get("/v1/sessions", token, in -> in.objects("sessions", Reading::deviceSession));
  }

  @Override
  public CompletableFuture<Void> logout() {
    return http.run(new Call("DELETE", "/v1/sessions/current", null), token);
  }

  @Override
  public CompletableFuture<Void> revoke(SessionId session) {
    return http.run(new Call("DELETE", "/v1/sessions/" + session, null), token);
  }

  @Override
  public CompletableFuture<List<Answers.Channel>> channels() {
    return http.get("/v1/channels", token, in -> in.objects("channels", Reading::channel));
  }

  @Override
  public CompletableFuture<List<Answers.Room>> rooms() {
    return http.get("/v1/rooms", token, in -> in.objects("rooms", Reading::room));
  }

  @Override
  public CompletableFuture<Answers.Room> room(RoomId room) {
    return http.get(path(room, ""), token, Reading::room);
  }

  @Override
  public CompletableFuture<Answers.Room> createChannel(String name, boolean open) {
    ObjectNode body = HttpExchange.object();
    body.put("kind", Reading.name(RoomKind.CHANNEL)).put("history", Reading.name(History.FULL));
    body.put("name", name).put("open", open);
    return http.call(new Call("POST", "/v1/rooms", body), token, Reading::room);
  }

  @Override
  public CompletableFuture<Answers.Room> createSealed(
      RoomKind kind, History history, Extension extension) {
    ObjectNode body = HttpExchange.object();
    body.put("kind", Reading.name(kind)).put("history", Reading.name(history));
    body.set("extension", extension(extension));
    return http.call(new Call("POST", "/v1/rooms", body), token, Reading::room);
  }

  @Override
  public CompletableFuture<Void> rename(RoomId room, String name) {
    ObjectNode body = HttpExchange.object().put("name", name);
    return http.run(new Call("PUT", path(room, "/info"), body), token);
  }

  @Override
  public CompletableFuture<Void> putInfo(RoomId room, Bytes info) {
    ObjectNode body = HttpExchange.object().put("info", info.toBase64Url());
    return http.run(new Call("PUT", path(room, "/info"), body), token);
  }

  @Override
  public CompletableFuture<Answers.Room> join(RoomId channel) {
    return http.call(new Call("POST", path(channel, "/join"), null), token, Reading::room);
  }

  @Override
  public CompletableFuture<List<Answers.Member>> members(RoomId room) {
    return http.get(path(room, "/members"), token, in -> in.objects("members", Reading::member));
  }

  @Override
  public CompletableFuture<Answers.Room> putMember(RoomId room, AccountId account, Role role) {
    ObjectNode body = HttpExchange.object().put("role", Reading.name(role));
    return http.call(
        new Call("PUT", path(room, "/members/" + account), body), token, Reading::room);
  }

  @Override
  public CompletableFuture<Void> removeMember(RoomId room, AccountId account) {
    return http.run(new Call("DELETE", path(room, "/members/" + account), null), token);
  }

  @Override
  public CompletableFuture<Answers.Statements> statements(RoomId room, int from) {
    return http.get(path(room, "/statements?from=" + from), token, Reading::statements);
  }

  @Override
  public CompletableFuture<Answers.Room> extend(RoomId room, Extension extension) {
    return http.call(
        new Call("POST", path(room, "/statements"), extension(extension)), token, Reading::room);
  }

  @Override
  public CompletableFuture<List<Answers.Wrapped>> wraps(RoomId room) {
    return http.get(path(room, "/wraps"), token, in -> in.objects("wraps", Reading::wrapped));
  }

  @Override
  public CompletableFuture<Void> putItems(RoomId room, ItemWrites writes) {
    ItemId single = writes.single();
    if (single == null) {
      return http.run(new Call("POST", path(room, "/items"), ItemBodies.several(writes)), token);
    }
    return http.run(
        new Call(
            "PUT", path(room, "/items/" + single), ItemBodies.single(writes), writes.replaces()),
        token);
  }

  @Override
  public CompletableFuture<Answers.Items> items(RoomId room, List<ItemQuery> items) {
    Call call = new Call("POST", path(room, "/items/lookup"), ItemBodies.query(items));
    return http.call(call, token, Reading::items);
  }

  @Override
  public SharingApi sharing() {
    return new HttpSharing(http, token);
  }

  @Override
  public CompletableFuture<Void> putLink(Bytes id, NewLink link) {
    ObjectNode body = HttpExchange.object().put("tokenHash", link.tokenHash().toString());
    body.put("views", link.views()).put("expiresAt", link.expiresMillis());
    body.put("sealed", link.sealed().toBase64Url());
    return http.run(new Call("PUT", "/v1/links/" + id.toBase64Url(), body), token);
  }

  @Override
  public CompletableFuture<Void> revokeLink(Bytes id) {
    return http.run(new Call("DELETE", "/v1/links/" + id.toBase64Url(), null), token);
  }

  @Override
  public CompletableFuture<Answers.Room> rotate(RoomId room, boolean reset) {
    ObjectNode body = HttpExchange.object().put("kind", reset ? "reset" : "ratchet");
    return http.call(new Call("POST", path(room, "/rotations"), body), token, Reading::room);
  }

  @Override
  public CompletableFuture<Answers.Ticket> ticket(
      @Nullable ConnectionId connection, List<RoomId> rooms) {
    ObjectNode body = HttpExchange.object();
    if (connection != null) {
      body.put("connection", connection.toString());
    }
    ArrayNode list = body.putArray("rooms");
    rooms.forEach(room -> list.add(room.toString()));
    return http.call(new Call("POST", "/v1/tickets", body), token, Reading::ticket);
  }

  @Override
  public CompletableFuture<List<Answers.Shares>> shares(List<ShareQuery> rooms) {
    ObjectNode body = HttpExchange.object();
    ArrayNode list = body.putArray("rooms");
    for (ShareQuery query : rooms) {
      ObjectNode room = list.addObject();
      room.put("room", query.room().toString()).put("from", query.from());
      Integer to = query.to();
      if (to != null) {
        room.put("to", to);
      }
    }
    return http.call(
        new Call("POST", "/v1/shares", body), token, in -> in.objects("rooms", Reading::shares));
  }

  @Override
  public CompletableFuture<Answers.HistoryPage> historyAfter(
      RoomId room, Position after, int limit) {
    String query = "/history?after=" + after + "&limit=" + limit;
    return http.get(path(room, query), token, Reading::history);
  }

  @Override
  public CompletableFuture<Answers.HistoryPage> historyBefore(
      RoomId room, @Nullable Position before, int limit) {
    String from = before == null ? "" : "&before=" + before;
    return http.get(path(room, "/history?limit=" + limit + from), token, Reading::history);
  }

  private static String path(RoomId room, String rest) {
    return "/v1/rooms/" + room + rest;
  }

  private static ObjectNode extension(Extension extension) {
    ObjectNode node = HttpExchange.object();
    ArrayNode statements = node.putArray("statements");
    extension.statements().forEach(statement -> statements.add(statement.toBase64Url()));
    if (!extension.wraps().isEmpty()) {
      ArrayNode wraps = node.putArray("wraps");
      for (NewWrap wrap : extension.wraps()) {
        wraps
            .addObject()
            .put("generation", wrap.generation())
            .put("recipient", wrap.recipient().toString())
            .put("wrap", wrap.wrap().toBase64Url());
      }
    }
    Bytes info = extension.info();
    if (info != null) {
      node.put("info", info.toBase64Url());
    }
    return node;
  }
}
