package dev.zamok.authority.account;

import static dev.zamok.authority.User.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.authority.Node;
import dev.zamok.authority.User;
import dev.zamok.authority.http.Problem;
import dev.zamok.crypto.account.Keyset;
import dev.zamok.crypto.identity.Card;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CardTest {
  @TempDir Path directory;
  private Node node;
  private User ada;
  private User bob;

  @BeforeEach
  void start() {
    node = new Node(directory).start();
    ada = User.loggedIn(node, "Ada");
    bob = User.registered(node, "bob");
  }

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  void cardsAreFoundByNameAccountAndFingerprintAndUnknownOnesLeftOut() {
    User carol = User.registered(node, "carol");
    JsonObject query =
        new JsonObject()
            .put("logins", new JsonArray().add("BOB").add("nobody").add("\u200b"))
            .put(
                "accounts",
                new JsonArray().add(ada.account.toString()).add("AAAAAAAAAAAAAAAAAAAAAA"))
            .put(
                "fingerprints",
                new JsonArray().add(carol.identity.fingerprint().toString()).add("A".repeat(43)));
    List<JsonObject> cards = lookup(query);
    assertThat(cards)
        .extracting(card -> card.getString("login"))
        .containsExactlyInAnyOrder("bob", "Ada", "carol");
    assertThat(cards)
        .extracting(card -> card.getString("card"))
        .contains(bob.identity.card().encoded().toBase64Url());
    assertThat(lookup(new JsonObject())).isEmpty();
  }

  @Test
  void nobodyLooksUpCardsWithoutASession() {
    bob.use(null);
    assertProblem(bob.post("/v1/cards/lookup", new JsonObject()), Problem.UNAUTHENTICATED);
  }

  @Test
  void lookingUpTheWholeDirectoryIsSlowedDown() {
    node.stop();
    AccountConfig.Attempts plenty = node.attempts();
    AccountConfig.Rate two = new AccountConfig.Rate(2, Duration.ofMinutes(1));
    node.with(
            new AccountConfig.Attempts(
                plenty.registrationsPerAddress(),
                plenty.loginsPerAddress(),
                plenty.loginsPerName(),
                two))
        .start();
    lookup(new JsonObject());
    lookup(new JsonObject());
    assertProblem(ada.post("/v1/cards/lookup", new JsonObject()), Problem.RATE_LIMITED);
  }

  @Test
  void aSuccessorReplacesACardAndTheOldOneIsStillFound() {
    Card old = ada.identity.card();
    Card next = Keyset.generate(node.random).successorOf(ada.identity).card();
    assertThat(publish(ada, next)).isEqualTo(204);
    assertThat(publish(ada, next)).as("again").isEqualTo(204);
    assertThat(ada.get("/v1/account").bodyAsJsonObject().getString("card"))
        .isEqualTo(next.encoded().toBase64Url());
    JsonObject both =
        new JsonObject()
            .put("accounts", new JsonArray().add(ada.account.toString()))
            .put("fingerprints", new JsonArray().add(old.fingerprint().toString()));
    assertThat(lookup(both))
        .extracting(card -> card.getString("card"))
        .containsExactlyInAnyOrder(next.encoded().toBase64Url(), old.encoded().toBase64Url());
  }

  @Test
  void aCardThatTheOldKeyDidNotSignIsRefused() {
    Card stranger = User.of(node, "x").identity.card();
    JsonObject body = new JsonObject().put("card", stranger.encoded().toBase64Url());
    assertProblem(ada.put("/v1/card", body), Problem.CARD_INVALID);
    Card fresh = Keyset.generate(node.random).firstIdentity(ada.account).card();
    body.put("card", fresh.encoded().toBase64Url());
    assertProblem(ada.put("/v1/card", body), Problem.CARD_INVALID);
  }

  @Test
  void aCardCannotBeTakenBackToItsPredecessor() {
    Card old = ada.identity.card();
    assertThat(publish(ada, Keyset.generate(node.random).successorOf(ada.identity).card()))
        .isEqualTo(204);
    assertThat(publish(ada, old)).isEqualTo(422);
    Card fork = Keyset.generate(node.random).successorOf(ada.identity).card();
    assertThat(publish(ada, fork)).isEqualTo(422);
  }

  @Test
  void theSuccessorOfSomebodyElsesCardIsRefused() {
    Card bobs = Keyset.generate(node.random).successorOf(bob.identity).card();
    assertThat(publish(ada, bobs)).isEqualTo(422);
  }

  private int publish(User user, Card card) {
    return user.put("/v1/card", new JsonObject().put("card", card.encoded().toBase64Url()))
        .statusCode();
  }

  private List<JsonObject> lookup(JsonObject query) {
    return ada.post("/v1/cards/lookup", query).bodyAsJsonObject().getJsonArray("cards").stream()
        .map(JsonObject.class::cast)
        .toList();
  }
}
