package dev.zamok.authority.account;

import static dev.zamok.authority.Await.await;
import static dev.zamok.authority.User.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.authority.Node;
import dev.zamok.authority.User;
import dev.zamok.authority.http.Problem;
import dev.zamok.authority.store.Change;
import dev.zamok.authority.store.Row;
import dev.zamok.authority.store.RowKey;
import dev.zamok.protocol.Bytes;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody with the database, but without the keyring, learns and can do. */
class AtRestTest {
  @TempDir Path directory;
  private Node node;

  @BeforeEach
  void start() {
    node = new Node(directory).start();
  }

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  void readingTheDatabaseFileFindsNoNamePasswordTokenOrHash() throws IOException {
    User ada = User.loggedIn(node, "ada.lovelace@example.org");
    JsonObject channel =
        new JsonObject().put("kind", "channel").put("history", "full").put("name", "Analytical");
    assertThat(ada.post("/v1/rooms", channel).statusCode()).isEqualTo(201);
    String token = ada.token();
    Bytes card = ada.identity.card().encoded();
    byte[] file = everything();
    for (String secret :
        List.of("lovelace", "LOVELACE", User.PASSWORD, "argon2id", "lathe", "Analytical", token)) {
      assertThat(contains(file, secret.getBytes(StandardCharsets.UTF_8))).as(secret).isFalse();
    }
    assertThat(contains(file, Bytes.fromBase64Url(token).toByteArray())).as("raw token").isFalse();
    assertThat(contains(file, card.slice(40, 72).toByteArray())).as("key of the card").isFalse();
    assertThat(contains(file, ada.account.toBytes().toByteArray())).as("account id").isTrue();
  }

  @Test
  void aChangedRowFailsClosed() {
    User ada = User.loggedIn(node, "ada");
    Row row = raw(AccountTables.password(ada.account));
    byte[] changed = row.body().toByteArray();
    changed[changed.length - 1] ^= 1;
    assertThat(await(node.store().reseal(row, Bytes.wrap(changed)))).isTrue();
    assertProblem(ada.post("/v1/sessions", User.login("ada", User.PASSWORD)), Problem.INTERNAL);
  }

  @Test
  void aRowMovedToAnotherKeyFailsClosed() {
    User ada = User.registered(node, "ada");
    User eve = User.registered(node, "eve");
    Row adas = raw(AccountTables.password(ada.account));
    Row eves = raw(AccountTables.password(eve.account));
    // Eve's known password under Ada's account.
    assertThat(await(node.store().reseal(adas, eves.body()))).isTrue();
    assertProblem(ada.post("/v1/sessions", User.login("ada", User.PASSWORD)), Problem.INTERNAL);
  }

  @Test
  void aRowOfAnEarlierVersionFailsClosed() {
    User ada = User.loggedIn(node, "ada");
    Row old = raw(AccountTables.password(ada.account));
    JsonObject change =
        new JsonObject().put("current", User.PASSWORD).put("next", "a better password");
    assertThat(ada.put("/v1/account/password", change).statusCode()).isEqualTo(204);
    Row now = raw(AccountTables.password(ada.account));
    assertThat(await(node.store().reseal(now, old.body()))).isTrue();
    assertProblem(ada.post("/v1/sessions", User.login("ada", User.PASSWORD)), Problem.INTERNAL);
  }

  @Test
  void aSessionPlantedInTheDatabaseOpensNothing() {
    User ada = User.registered(node, "ada");
    User eve = User.loggedIn(node, "eve");
    Bytes hash = dev.zamok.crypto.Hash.of(Bytes.fromBase64Url(eve.token())).bytes();
    RowKey key = AccountTables.TOKEN.key(hash);
    Row row = raw(key);
    Bytes owner =
        new dev.zamok.protocol.ByteWriter(32)
            .bytes(ada.account.toBytes())
            .bytes(ada.account.toBytes())
            .toBytes();
    assertThat(await(node.store().reseal(row, owner))).isTrue();
    assertProblem(eve.get("/v1/account"), Problem.INTERNAL);
    Change delete = Change.delete(key.sort(), row.version());
    await(node.store().batch(key.table(), key.partition(), List.of(delete)));
    assertProblem(eve.get("/v1/account"), Problem.UNAUTHENTICATED);
  }

  private Row raw(RowKey key) {
    return await(node.store().get(key)).orElseThrow();
  }

  private byte[] everything() throws IOException {
    var all = new java.io.ByteArrayOutputStream();
    try (Stream<Path> files = Files.list(node.data())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        all.write(Files.readAllBytes(file));
      }
    }
    return all.toByteArray();
  }

  private static boolean contains(byte[] where, byte[] what) {
    outer:
    for (int i = 0; i <= where.length - what.length; i++) {
      for (int k = 0; k < what.length; k++) {
        if (where[i + k] != what[k]) {
          continue outer;
        }
      }
      return true;
    }
    return false;
  }
}
