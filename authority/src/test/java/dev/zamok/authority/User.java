package dev.zamok.authority;

import static dev.zamok.authority.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.authority.http.Problem;
import dev.zamok.crypto.account.Keyset;
import dev.zamok.crypto.identity.Identity;
import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.Bytes;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/** Somebody with keys, a login name and perhaps a session, who speaks to a node. */
public final class User {
  public static final String PASSWORD = "correct horse battery";
  private static final String RECIPE = "$argon2id$v=19$m=65536,t=3,p=1$AAAAAAAAAAAAAAAAAAAAAA";

  public final AccountId account;
  public final String login;
  public final Identity identity;
  private final Door node;
  private @Nullable String token;

  private User(Door node, AccountId account, String login, Identity identity) {
    this.node = node;
    this.account = account;
    this.login = login;
    this.identity = identity;
  }

  /** Not registered yet. */
  public static User of(Door node, String login) {
    SecureRandom random = node.random();
    AccountId account = new AccountId(random.nextLong(), random.nextLong());
    return new User(node, account, login, Keyset.generate(random).firstIdentity(account));
  }

  public static User registered(Door node, String login) {
    User user = of(node, login);
    assertThat(user.post("/v1/accounts", user.registration()).statusCode()).isEqualTo(201);
    return user;
  }

  public static User loggedIn(Door node, String login) {
    User user = registered(node, login);
    user.logIn();
    return user;
  }

  /** The same account on another device. */
  static User loggedInAgain(Door door, User user) {
    User again = user.through(door);
    again.logIn();
    return again;
  }

  /** The same account, without a session, at another door. */
  public User through(Door door) {
    return new User(door, account, login, identity);
  }

  public JsonObject registration() {
    return new JsonObject()
        .put("account", account.toString())
        .put("login", login)
        .put("password", PASSWORD)
        .put("card", identity.card().encoded().toBase64Url())
        .put("keyset", keyset(1));
  }

  public static JsonObject keyset(int seq) {
    JsonObject unlock =
        new JsonObject()
            .put("type", 1)
            .put("params", RECIPE)
            .put("wrap", Bytes.wrap(new byte[113]).toBase64Url());
    return new JsonObject()
        .put("seq", seq)
        .put("sealed", Bytes.wrap(new byte[Keyset.SEALED_SIZE]).toBase64Url())
        .put("unlocks", new JsonArray().add(unlock));
  }

  public static JsonObject login(String name, String password) {
    return new JsonObject()
        .put("login", name)
        .put("password", password)
        .put("device", "AAAAAAAAAAE")
        .put("deviceName", "Ada's lathe");
  }

  /** Logs in and keeps the token; yields the answer. */
  public JsonObject logIn() {
    token = null;
    HttpResponse<Buffer> response = post("/v1/sessions", login(login, PASSWORD));
    assertThat(response.statusCode()).isEqualTo(201);
    token = response.bodyAsJsonObject().getString("token");
    return response.bodyAsJsonObject();
  }

  public @Nullable String token() {
    return token;
  }

  public void use(@Nullable String other) {
    token = other;
  }

  public HttpResponse<Buffer> get(String path) {
    return await(request(HttpMethod.GET, path).send());
  }

  public HttpResponse<Buffer> delete(String path) {
    return await(request(HttpMethod.DELETE, path).send());
  }

  public HttpResponse<Buffer> post(String path, JsonObject body) {
    return await(request(HttpMethod.POST, path).sendJsonObject(body));
  }

  public HttpResponse<Buffer> put(String path, JsonObject body) {
    return await(request(HttpMethod.PUT, path).sendJsonObject(body));
  }

  public HttpRequest<Buffer> request(HttpMethod method, String path) {
    HttpRequest<Buffer> request = node.client().request(method, path);
    return token == null ? request : request.bearerTokenAuthentication(token);
  }

  public static void assertProblem(HttpResponse<Buffer> response, Problem problem) {
    assertThat(response.bodyAsString()).contains(problem.type());
    assertThat(response.statusCode()).isEqualTo(problem.status());
    assertThat(response.getHeader("Content-Type")).isEqualTo("application/problem+json");
  }
}
