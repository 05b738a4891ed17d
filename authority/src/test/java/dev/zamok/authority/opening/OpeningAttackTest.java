package dev.zamok.authority.opening;

import static dev.zamok.authority.User.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.authority.Node;
import dev.zamok.authority.TestMember;
import dev.zamok.authority.User;
import dev.zamok.authority.http.Problem;
import dev.zamok.authority.room.ChainMaker;
import dev.zamok.crypto.chain.History;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.opening.Opening;
import dev.zamok.protocol.ItemId;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What members say that they opened: said for others, out of line, or by strangers. */
class OpeningAttackTest {
  @TempDir Path directory;
  private Node node;
  private User owner;
  private User reader;
  private User stranger;
  private ChainMaker maker;

  @BeforeEach
  void start() {
    node = new Node(directory).start();
    owner = User.loggedIn(node, "owner");
    reader = User.loggedIn(node, "reader");
    stranger = User.loggedIn(node, "stranger");
    TestMember his = TestMember.of(owner.identity, "owner");
    maker = ChainMaker.begin(his, History.FULL);
    maker.add(his, TestMember.of(reader.identity, "reader"), Role.READER);
    JsonObject room =
        new JsonObject()
            .put("kind", "private")
            .put("history", "full")
            .put("extension", maker.json(his));
    assertThat(owner.post("/v1/rooms", room).statusCode()).isEqualTo(201);
  }

  @AfterEach
  void stop() {
    node.close();
  }

  private String path() {
    return "/v1/rooms/" + maker.room() + "/openings";
  }

  private Opening first(User by) {
    return at(Opening.Place.first(maker.room(), by.identity.fingerprint(), 7), by, 1);
  }

  private Opening at(Opening.Place place, User by, int version) {
    ItemId item = new ItemId(1, 2);
    return Opening.sign(place, node.clock.millis(), Opening.What.ITEM, item, version, by.identity);
  }

  private HttpResponse<Buffer> says(User who, Opening... openings) {
    JsonArray list = new JsonArray();
    List.of(openings).forEach(opening -> list.add(opening.encoded().toBase64Url()));
    return who.post(path(), new JsonObject().put("openings", list));
  }

  private JsonArray kept() {
    HttpResponse<Buffer> answer = owner.get(path());
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer.bodyAsJsonObject().getJsonArray("openings");
  }

  @Test
  void aLineIsContinuedAndWhatIsSentAgainIsKeptOnce() {
    Opening one = first(reader);
    Opening two = at(one.next(), reader, 2);
    assertThat(says(reader, one).statusCode()).isEqualTo(204);
    assertThat(says(reader, one, two).statusCode()).isEqualTo(204);
    assertThat(says(reader, two).statusCode()).isEqualTo(204);
    assertThat(kept()).containsExactly(one.encoded().toBase64Url(), two.encoded().toBase64Url());
  }

  @Test
  void nobodySaysWhatAnotherOpened() {
    assertProblem(says(reader, first(owner)), Problem.NOT_PERMITTED);
    assertThat(kept()).isEmpty();
  }

  @Test
  void whatWasSaidIsNotSaidOtherwiseLater() {
    Opening one = first(reader);
    Opening other = at(one.place(), reader, 9);
    assertThat(says(reader, one).statusCode()).isEqualTo(204);
    assertProblem(says(reader, other), Problem.CONFLICT);
    assertThat(kept()).hasSize(1);
  }

  @Test
  void aLineHasNoHole() {
    Opening one = first(reader);
    Opening two = at(one.next(), reader, 2);
    Opening three = at(two.next(), reader, 3);
    assertProblem(says(reader, two), Problem.CONFLICT);
    assertProblem(says(reader, one, three), Problem.REQUEST_INVALID);
    says(reader, one);
    assertProblem(says(reader, three), Problem.CONFLICT);
    Opening fork = at(at(one.place(), reader, 5).next(), reader, 2);
    assertProblem(says(reader, fork), Problem.CONFLICT);
    assertThat(kept()).hasSize(1);
  }

  @Test
  void strangersSayNothingAndReadNothingAndReadersReadNothing() {
    assertProblem(says(stranger, first(stranger)), Problem.NOT_FOUND);
    assertProblem(stranger.get(path()), Problem.NOT_FOUND);
    assertProblem(reader.get(path()), Problem.NOT_PERMITTED);
  }

  @Test
  void aTimeFarFromTheServersIsRefused() {
    Opening one = first(reader);
    node.clock.advance(Duration.ofDays(2));
    assertProblem(says(reader, one), Problem.REQUEST_INVALID);
  }

  @Test
  void tooManyAtOnceAreRefused() {
    Opening one = first(reader);
    int said = 0;
    while (says(reader, one).statusCode() == 204) {
      said++;
    }
    assertThat(said).isEqualTo(300);
    assertProblem(says(reader, one), Problem.RATE_LIMITED);
  }

  @Test
  void openingsAreForgottenAfterTheirTimeAndTheirLineGoesOn() {
    Opening one = first(reader);
    says(reader, one);
    node.clock.advance(OpeningDesk.RETENTION.plusDays(1));
    owner.logIn();
    reader.logIn();
    assertThat(kept()).isEmpty();
    Opening two = at(one.next(), reader, 2);
    assertThat(says(reader, two).statusCode()).isEqualTo(204);
    assertThat(kept()).hasSize(1);
  }
}
