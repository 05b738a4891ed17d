package dev.zamok.authority.account;

import static dev.zamok.authority.Await.await;
import static dev.zamok.authority.User.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.authority.Node;
import dev.zamok.authority.User;
import dev.zamok.authority.http.Problem;
import dev.zamok.authority.store.Row;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysetTest {
  @TempDir Path directory;
  private Node node;
  private User ada;

  @BeforeEach
  void start() {
    node = new Node(directory).start();
    ada = User.loggedIn(node, "ada");
  }

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  void aKeysetComesBackAsItWasStored() {
    HttpResponse<Buffer> response = ada.get("/v1/keyset");
    assertThat(response.bodyAsJsonObject()).isEqualTo(User.keyset(1));
    assertThat(response.getHeader("ETag")).isEqualTo("\"1\"");
  }

  @Test
  void aKeysetIsReplacedByTheNextOne() {
    assertThat(put("\"1\"", User.keyset(2)).statusCode()).isEqualTo(204);
    assertThat(ada.get("/v1/keyset").bodyAsJsonObject()).isEqualTo(User.keyset(2));
  }

  @Test
  void aKeysetThatChangedMeanwhileIsNotReplaced() {
    put("\"1\"", User.keyset(2));
    assertProblem(put("\"1\"", User.keyset(2)), Problem.VERSION_CONFLICT);
    assertProblem(put("\"9\"", User.keyset(10)), Problem.VERSION_CONFLICT);
  }

  @Test
  void aSequenceNumberThatDoesNotFollowIsRefused() {
    assertProblem(put("\"1\"", User.keyset(1)), Problem.KEYSET_INVALID);
    assertProblem(put("\"1\"", User.keyset(3)), Problem.KEYSET_INVALID);
    assertProblem(put("1", User.keyset(2)), Problem.REQUEST_INVALID);
    assertProblem(
        ada.put("/v1/keyset", replacement(User.keyset(2), User.PASSWORD)), Problem.REQUEST_INVALID);
  }

  @Test
  void ofManyWhoReplaceOneKeysetOneWins() {
    List<Future<HttpResponse<Buffer>>> answers = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      answers.add(
          ada.request(HttpMethod.PUT, "/v1/keyset")
              .putHeader("If-Match", "\"1\"")
              .sendJsonObject(replacement(User.keyset(2), User.PASSWORD)));
    }
    await(Future.join(answers));
    assertThat(answers).filteredOn(a -> a.result().statusCode() == 204).hasSize(1);
    assertThat(answers).filteredOn(a -> a.result().statusCode() == 412).hasSize(9);
  }

  @Test
  void theKeysetOfSomebodyElseCannotBeNamed() {
    User eve = User.loggedIn(node, "eve");
    assertThat(put("\"1\"", User.keyset(2)).statusCode()).isEqualTo(204);
    assertThat(eve.get("/v1/keyset").bodyAsJsonObject()).isEqualTo(User.keyset(1));
    eve.use(null);
    assertProblem(eve.get("/v1/keyset"), Problem.UNAUTHENTICATED);
  }

  @Test
  void thiefOfASessionCannotOverwriteTheKeysetWithoutThePassword() {
    assertProblem(put("\"1\"", User.keyset(2), "not the password"), Problem.LOGIN_FAILED);
    HttpResponse<Buffer> bare =
        await(
            ada.request(HttpMethod.PUT, "/v1/keyset")
                .putHeader("If-Match", "\"1\"")
                .sendJsonObject(User.keyset(2)));
    assertProblem(bare, Problem.REQUEST_INVALID);
    assertThat(ada.get("/v1/keyset").bodyAsJsonObject()).isEqualTo(User.keyset(1));
  }

  @Test
  void guessingThePasswordOfAKeysetIsLimited() {
    node.stop();
    AccountConfig.Rate plenty = new AccountConfig.Rate(10_000, Duration.ofSeconds(1));
    AccountConfig.Rate three = new AccountConfig.Rate(3, Duration.ofMinutes(1));
    node.with(new AccountConfig.Attempts(plenty, plenty, three, plenty)).start();
    for (int i = 0; i < 3; i++) {
      assertProblem(put("\"1\"", User.keyset(2), "not the password"), Problem.LOGIN_FAILED);
    }
    assertProblem(put("\"1\"", User.keyset(2), User.PASSWORD), Problem.RATE_LIMITED);
  }

  @Test
  void whatWasOverwrittenIsKeptUpToABound() {
    Keysets keysets = new Keysets(node.sealed());
    int last = Keysets.FORMER_MAX + 2;
    for (int seq = 2; seq <= last; seq++) {
      Row present = await(keysets.require(ada.account, seq - 1));
      await(keysets.replace(ada.account, present, StoredKeyset.fromJson(User.keyset(seq))));
    }
    assertThat(former(1)).isEmpty();
    for (int seq = 2; seq < last; seq++) {
      assertThat(StoredKeyset.decode(former(seq).orElseThrow().body()).toJson())
          .isEqualTo(User.keyset(seq));
    }
    assertThat(await(keysets.get(ada.account)).seq()).isEqualTo(last);
  }

  private Optional<Row> former(int seq) {
    return await(node.sealed().get(AccountTables.formerKeyset(ada.account, seq)));
  }

  private static JsonObject replacement(JsonObject keyset, String password) {
    return keyset.copy().put("password", password);
  }

  private HttpResponse<Buffer> put(String match, JsonObject keyset) {
    return put(match, keyset, User.PASSWORD);
  }

  private HttpResponse<Buffer> put(String match, JsonObject keyset, String password) {
    return await(
        ada.request(HttpMethod.PUT, "/v1/keyset")
            .putHeader("If-Match", match)
            .sendJsonObject(replacement(keyset, password)));
  }
}
