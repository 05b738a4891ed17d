package dev.zamok.client.authority;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zamok.client.authority.HttpExchange.Call;
import dev.zamok.crypto.SecretBytes;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.DeviceId;
import dev.zamok.protocol.RoomId;
import java.util.concurrent.CompletableFuture;

/** The authority over HTTPS. */
public final class HttpAuthority implements AuthorityApi {
  private final HttpExchange http;

  public HttpAuthority(HttpExchange http) {
    this.http = http;
  }

  @Override
  public CompletableFuture<Answers.About> about() {
    return http.get("/.well-known/zamok", null, Reading::about);
  }

  @Override
  public CompletableFuture<Void> register(Registration registration) {
    return http.run(new Call("POST", "/v1/accounts", body(registration)), null);
  }

  @Override
  public CompletableFuture<Void> registerInvited(
      Registration registration, RoomId room, int invite, Bytes token) {
    ObjectNode body = body(registration);
    body.put("token", token.toBase64Url());
    String path = "/v1/rooms/" + room + "/invitations/" + invite + "/account";
    return http.run(new Call("POST", path, body), null);
  }

  private static ObjectNode body(Registration registration) {
    ObjectNode body = HttpExchange.object();
    body.put("account", registration.account().toString());
    body.put("login", registration.login());
    body.put("password", registration.password());
    body.put("card", registration.card().toBase64Url());
    body.set("keyset", keyset(registration.keyset()));
    return body;
  }

  @Override
  public CompletableFuture<Answers.NewSession> login(
      String login, String password, DeviceId device, String deviceName) {
    ObjectNode body = HttpExchange.object();
    body.put("login", login);
    body.put("password", password);
    body.put("device", device.toString());
    if (!deviceName.isEmpty()) {
      body.put("deviceName", deviceName);
    }
    return http.call(new Call("POST", "/v1/sessions", body), null, Reading::newSession);
  }

  @Override
  public CompletableFuture<Answers.OpenedLink> openLink(Bytes id, SecretBytes token) {
    ObjectNode body = HttpExchange.object();
    body.put("token", Bytes.wrap(token.toByteArray()).toBase64Url());
    String path = "/v1/links/" + id.toBase64Url() + "/open";
    return http.call(
        new Call("POST", path, body),
        null,
        in -> new Answers.OpenedLink(in.bytes("sealed"), in.u31("viewsLeft")));
  }

  @Override
  public SessionApi session(String token) {
    return new HttpSession(http, token);
  }

  /** The same, for what is about the account itself. */
  public AccountApi account(String token) {
    return new HttpAccount(http, token);
  }

  /** The same, for what members open. */
  public OpeningsApi openings(String token) {
    return new HttpOpenings(http, token);
  }

  static ObjectNode keyset(Answers.Keyset keyset) {
    ObjectNode node = HttpExchange.object();
    node.put("seq", keyset.seq());
    node.put("sealed", keyset.sealed().toBase64Url());
    ArrayNode unlocks = node.putArray("unlocks");
    for (Answers.Unlock unlock : keyset.unlocks()) {
      unlocks
          .addObject()
          .put("type", unlock.type())
          .put("params", unlock.params())
          .put("wrap", unlock.wrap().toBase64Url());
    }
    return node;
  }
}
