package dev.zamok.app.e2e;

import static dev.zamok.app.e2e.Person.get;
import static dev.zamok.app.e2e.Person.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zamok.client.ZamokClient;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.problem.ClientProblem.Kind;
import dev.zamok.client.trust.ServerTrust;
import dev.zamok.crypto.CryptoFailure;
import dev.zamok.crypto.HumanCode;
import dev.zamok.crypto.SecretBytes;
import dev.zamok.crypto.account.Keyset;
import dev.zamok.crypto.account.UnlockKey;
import dev.zamok.crypto.account.UnlockSecret;
import dev.zamok.crypto.account.UnlockWrap;
import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.Bytes;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.security.SecureRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A server that plants a recovery of its own: wraps, keys and cards that it made, or kept from
 * before.
 */
class RecoveryAttackTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String KEYSET = "/v1/keyset";

  private static final Ghost GHOST = Ghost.make();
  private static final UnlockKey ITS_KEY = UnlockKey.random(RANDOM);
  private static final SecretBytes ITS_CODE = HumanCode.generate(RANDOM);

  @RegisterExtension static final AttackBed BED = new AttackBed();

  private static EvilServer evil;

  @BeforeAll
  static void register() {
    evil = BED.evil();
  }

  private static ZamokClient client() {
    return ZamokClient.builder()
        .server(BED.evilWay().server())
        .trust(ServerTrust.pinned(BED.server().fingerprint()))
        .build();
  }

  private static ClientProblem unlock(String login, String master) {
    try (ZamokClient client = client()) {
      return problem(
          client
              .login(login, Person.password(login).toCharArray())
              .thenCompose(locked -> locked.unlock(master.toCharArray())));
    }
  }

  private static ClientProblem recover(String login, SecretBytes code) {
    try (ZamokClient client = client()) {
      char[] password = Person.password(login).toCharArray();
      return problem(
          client
              .login(login, password.clone())
              .thenCompose(locked -> locked.recover(code, password, "another one".toCharArray())));
    }
  }

  /** The account of a new person with a recovery code, and what the server keeps for him. */
  private static AccountId register(String login, SecretBytes code) {
    try (Person person = Person.register(BED.evilWay(), login)) {
      get(person.session().replaceRecoveryCode(Person.password(login).toCharArray(), code));
      return person.session().self().account();
    }
  }

  private static JsonObject itsRecovery(AccountId account) {
    UnlockWrap wrap = ITS_KEY.wrap(account, 9, UnlockSecret.recoveryCode(ITS_CODE), RANDOM);
    return new JsonObject()
        .put("type", 2)
        .put("params", "")
        .put("wrap", wrap.encode().toBase64Url());
  }

  private static String itsKeys(AccountId account, int seq) {
    return Keyset.of(GHOST.identity()).seal(ITS_KEY, account, seq, RANDOM).toBase64Url();
  }

  /** The owner's master password, and the server's recovery in the place of his. */
  private static JsonArray withItsRecovery(AccountId account, JsonObject keyset) {
    JsonArray unlocks = new JsonArray();
    for (Object each : keyset.getJsonArray("unlocks")) {
      if (((JsonObject) each).getInteger("type") != 2) {
        unlocks.add(each);
      }
    }
    return unlocks.add(itsRecovery(account));
  }

  @Test
  void keysOfTheServersAreGivenToTheOwner() {
    SecretBytes code = HumanCode.generate(RANDOM);
    AccountId account = register("ada", code);
    evil.lies(
        KEYSET,
        (asked, truth) ->
            truth
                .put("unlocks", withItsRecovery(account, truth))
                .put("sealed", itsKeys(account, truth.getInteger("seq"))));
    evil.lies(
        "/v1/account",
        (asked, truth) -> truth.put("card", GHOST.identity().card().encoded().toBase64Url()));
    assertThat(unlock("ada", Person.master("ada")).kind()).isEqualTo(Kind.WRONG_PASSWORD);
    assertThat(recover("ada", code).kind()).isEqualTo(Kind.WRONG_PASSWORD);
  }

  @Test
  void aCardOfTheServersIsShownAsTheOwners() {
    SecretBytes code = HumanCode.generate(RANDOM);
    register("brian", code);
    evil.lies(
        "/v1/account",
        (asked, truth) ->
            truth
                .put("account", GHOST.identity().card().account().toString())
                .put("card", GHOST.identity().card().encoded().toBase64Url()));
    assertThat(unlock("brian", Person.master("brian")).kind()).isEqualTo(Kind.TAMPERED);
    evil.lieNoMore();
    evil.lies(
        "/v1/account",
        (asked, truth) ->
            truth.put(
                "card",
                Ghost.of(AccountId.parse(truth.getString("account")))
                    .identity()
                    .card()
                    .encoded()
                    .toBase64Url()));
    ClientProblem problem = unlock("brian", Person.master("brian"));
    assertThat(problem.kind()).isEqualTo(Kind.TAMPERED);
    assertThat(problem).hasMessageContaining("not this account's own");
    assertThat(recover("brian", code).kind()).isEqualTo(Kind.TAMPERED);
  }

  @Test
  void aPlantedRecoveryIsNotMadeGoodByTheNextChange() {
    SecretBytes code = HumanCode.generate(RANDOM);
    AccountId account = register("carol", code);
    evil.lies(KEYSET, (asked, truth) -> truth.put("unlocks", withItsRecovery(account, truth)));
    try (Person carol = BED.again("carol")) {
      get(
          carol
              .session()
              .changeMasterPassword(
                  Person.password("carol").toCharArray(),
                  Person.master("carol").toCharArray(),
                  "the next master password".toCharArray()));
    }
    JsonObject stored = lastStored();
    int planted = 0;
    for (Object each : stored.getJsonArray("unlocks")) {
      UnlockWrap wrap =
          UnlockWrap.parse(Bytes.fromBase64Url(((JsonObject) each).getString("wrap")));
      UnlockKey opened;
      try {
        opened = wrap.open(account, UnlockSecret.recoveryCode(ITS_CODE));
      } catch (CryptoFailure e) {
        continue;
      }
      planted++;
      Bytes sealed = Bytes.fromBase64Url(stored.getString("sealed"));
      assertThatThrownBy(() -> Keyset.open(opened, account, stored.getInteger("seq"), sealed))
          .isInstanceOf(CryptoFailure.class);
    }
    // It went along, as what other devices made does; it opens keys of nobody.
    assertThat(planted).isEqualTo(1);
  }

  /** The keyset that a program sent last. */
  private static JsonObject lastStored() {
    JsonObject last = null;
    for (EvilServer.Heard one : evil.all()) {
      if (one.path().equals(KEYSET) && one.request().containsKey("sealed")) {
        last = one.request();
      } else if (one.path().equals(KEYSET) && one.request().containsKey("keyset")) {
        last = one.request().getJsonObject("keyset");
      }
    }
    assertThat(last).isNotNull();
    return last;
  }

  @Test
  void whatOpenedTheAccountBeforeIsServedAgain() {
    SecretBytes former = HumanCode.generate(RANDOM);
    register("dora", former);
    JsonObject before;
    SecretBytes code = HumanCode.generate(RANDOM);
    try (Person dora = BED.again("dora")) {
      before = evil.last(KEYSET).answer();
      char[] password = Person.password("dora").toCharArray();
      get(dora.session().replaceRecoveryCode(password.clone(), code));
      get(
          dora.session()
              .changeMasterPassword(
                  password, Person.master("dora").toCharArray(), "the next".toCharArray()));
    }
    evil.lies(KEYSET, (asked, truth) -> before.copy());
    assertThat(unlock("dora", "the next").kind()).isEqualTo(Kind.WRONG_PASSWORD);
    assertThat(recover("dora", code).kind()).isEqualTo(Kind.WRONG_PASSWORD);
    evil.lieNoMore();
    assertThat(unlock("dora", Person.master("dora")).kind()).isEqualTo(Kind.WRONG_PASSWORD);
    assertThat(recover("dora", former).kind()).isEqualTo(Kind.WRONG_PASSWORD);
    // Wraps of before beside the keys of now, or the other way round, under a number of neither.
    evil.lies(KEYSET, (asked, truth) -> truth.put("seq", before.getInteger("seq")));
    assertThat(unlock("dora", "the next").kind()).isEqualTo(Kind.WRONG_PASSWORD);
  }
}
