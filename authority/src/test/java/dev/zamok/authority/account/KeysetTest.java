package dev.zamok.authority.account;

import static dev.zamok.authority.Await.await;
import static dev.zamok.authority.User.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.authority.Node;
import dev.zamok.authority.User;
import dev.zamok.authority.http.Problem;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
    assertProblem(ada.put("/v1/keyset", User.keyset(2)), Problem.REQUEST_INVALID);
  }

  @Test
  void ofManyWhoReplaceOneKeysetOneWins() {
    List<Future<HttpResponse<Buffer>>> answers = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      answers.add(
          ada.request(HttpMethod.PUT, "/v1/keyset")
              .putHeader("If-Match", "\"1\"")
              .sendJsonObject(User.keyset(2)));
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

  private HttpResponse<Buffer> put(String match, JsonObject keyset) {
    return await(
        ada.request(HttpMethod.PUT, "/v1/keyset")
            .putHeader("If-Match", match)
            .sendJsonObject(keyset));
  }
}
