package dev.zamok.authority.account;

import static dev.zamok.authority.Await.await;
import static dev.zamok.authority.User.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.authority.Node;
import dev.zamok.authority.User;
import dev.zamok.authority.http.Problem;
import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.Bytes;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistrationTest {
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
  void anAccountIsMadeAndKnowsItself() {
    User ada = User.of(node, "Ada");
    HttpResponse<Buffer> made = ada.post("/v1/accounts", ada.registration());
    assertThat(made.statusCode()).isEqualTo(201);
    JsonObject expected =
        new JsonObject()
            .put("account", ada.account.toString())
            .put("login", "Ada")
            .put("card", ada.identity.card().encoded().toBase64Url());
    assertThat(made.bodyAsJsonObject()).isEqualTo(expected);
    ada.logIn();
    assertThat(ada.get("/v1/account").bodyAsJsonObject()).isEqualTo(expected);
  }

  @Test
  void aLoginNameIsGivenOnceWhateverItsCaseAndForm() {
    User.registered(node, "José");
    for (String same : List.of("josé", "JOSÉ", " Jose\u0301 ", "ＪＯＳÉ")) {
      User other = User.of(node, same);
      assertProblem(other.post("/v1/accounts", other.registration()), Problem.LOGIN_TAKEN);
    }
  }

  @Test
  void anAccountIsGivenOnce() {
    User ada = User.registered(node, "ada");
    JsonObject again = ada.registration().put("login", "ada2");
    assertProblem(ada.post("/v1/accounts", again), Problem.ACCOUNT_TAKEN);
    assertProblem(
        ada.post("/v1/sessions", User.login("ada2", User.PASSWORD)), Problem.LOGIN_FAILED);
  }

  @Test
  void ofManyWhoWantOneNameOneGetsIt() {
    List<Future<HttpResponse<Buffer>>> answers = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      User user = User.of(node, "crowded");
      answers.add(node.client().post("/v1/accounts").sendJsonObject(user.registration()));
    }
    await(Future.join(answers));
    assertThat(answers).filteredOn(a -> a.result().statusCode() == 201).hasSize(1);
    assertThat(answers).filteredOn(a -> a.result().statusCode() == 409).hasSize(11);
  }

  @Test
  void aNameReservedByARegistrationThatStoppedIsFree() {
    User ada = User.registered(node, "ada");
    Directory directory = directory();
    LoginName name = LoginName.parse("orphan").orElseThrow();
    Bytes nobody = new Reservation(new AccountId(7, 7), false).encode();
    await(node.sealed().insert(directory.key(name), nobody));
    assertProblem(
        ada.post("/v1/sessions", User.login("orphan", User.PASSWORD)), Problem.LOGIN_FAILED);
    User orphan = User.registered(node, "orphan");
    orphan.logIn();
    assertThat(orphan.get("/v1/account").statusCode()).isEqualTo(200);
  }

  @Test
  void aCardOfSomebodyElseIsRefused() {
    User ada = User.of(node, "ada");
    User eve = User.of(node, "eve");
    JsonObject stolen = eve.registration().put("card", ada.identity.card().encoded().toBase64Url());
    assertProblem(eve.post("/v1/accounts", stolen), Problem.CARD_INVALID);
  }

  @Test
  void aCardThatItsKeyDidNotSignIsRefused() {
    User ada = User.of(node, "ada");
    byte[] forged = ada.identity.card().encoded().toByteArray();
    forged[forged.length - 1] ^= 1;
    JsonObject body = ada.registration().put("card", Bytes.wrap(forged).toBase64Url());
    assertProblem(ada.post("/v1/accounts", body), Problem.CARD_INVALID);
  }

  @Test
  void aCardThatIsNotTheFirstIsRefused() {
    User ada = User.of(node, "ada");
    var next =
        dev.zamok.crypto.account.Keyset.generate(node.random).successorOf(ada.identity).card();
    JsonObject body = ada.registration().put("card", next.encoded().toBase64Url());
    assertProblem(ada.post("/v1/accounts", body), Problem.CARD_INVALID);
  }

  @Test
  void namesThatCannotBeReadAreRefused() {
    for (String bad : List.of("  ", "a\u200bda", "a\nda", "a\u202eda", "a\u00addb")) {
      User user = User.of(node, bad);
      assertProblem(user.post("/v1/accounts", user.registration()), Problem.LOGIN_NAME_INVALID);
    }
  }

  @Test
  void weakOrLeakingUnlocksAreRefused() {
    User ada = User.of(node, "ada");
    String salt = "$AAAAAAAAAAAAAAAAAAAAAA";
    for (String params :
        List.of(
            "$argon2id$v=19$m=1024,t=1,p=1" + salt,
            "$argon2id$v=19$m=4194304,t=3,p=1" + salt,
            "$argon2id$v=19$m=65536,t=3,p=1" + salt + "$" + "A".repeat(43),
            "plain")) {
      JsonObject body = ada.registration();
      body.getJsonObject("keyset").getJsonArray("unlocks").getJsonObject(0).put("params", params);
      assertProblem(ada.post("/v1/accounts", body), Problem.KEYSET_INVALID);
    }
    JsonObject kit = ada.registration();
    JsonObject unlock = kit.getJsonObject("keyset").getJsonArray("unlocks").getJsonObject(0);
    unlock.put("params", unlock.getString("params") + "$kit");
    assertThat(ada.post("/v1/accounts", kit).statusCode()).isEqualTo(201);
  }

  @Test
  void aKeysetOfAnotherSizeIsRefused() {
    User ada = User.of(node, "ada");
    JsonObject body = ada.registration();
    body.getJsonObject("keyset").put("sealed", Bytes.wrap(new byte[64]).toBase64Url());
    assertProblem(ada.post("/v1/accounts", body), Problem.KEYSET_INVALID);
    body = ada.registration();
    body.getJsonObject("keyset")
        .getJsonArray("unlocks")
        .getJsonObject(0)
        .put("wrap", Bytes.wrap(new byte[32]).toBase64Url());
    assertProblem(ada.post("/v1/accounts", body), Problem.KEYSET_INVALID);
  }

  @Test
  void whatTheContractDoesNotNameIsRefused() {
    User ada = User.of(node, "ada");
    assertProblem(
        ada.post("/v1/accounts", ada.registration().put("admin", true)), Problem.REQUEST_INVALID);
    assertProblem(
        ada.post("/v1/accounts", ada.registration().put("password", "short")),
        Problem.REQUEST_INVALID);
  }

  @Test
  void aClosedServerRegistersNobody() {
    node.stop();
    node.withRegistrationClosed().start();
    User ada = User.of(node, "ada");
    assertProblem(ada.post("/v1/accounts", ada.registration()), Problem.NOT_PERMITTED);
  }

  private Directory directory() {
    var secrets = await(dev.zamok.authority.keyring.ServerSecrets.open(node.sealed(), node.random));
    return Directory.on(node.sealed(), secrets.lookup());
  }
}
