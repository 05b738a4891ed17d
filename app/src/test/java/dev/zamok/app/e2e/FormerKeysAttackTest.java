package dev.zamok.app.e2e;

import static dev.zamok.app.e2e.Person.get;
import static dev.zamok.app.e2e.Person.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zamok.client.Readmitted;
import dev.zamok.client.Session;
import dev.zamok.client.problem.ClientProblem.Kind;
import dev.zamok.client.room.Readmission;
import dev.zamok.client.safe.Invitation;
import dev.zamok.client.safe.InviteLink;
import dev.zamok.client.safe.Safe;
import dev.zamok.crypto.CryptoFailure;
import dev.zamok.crypto.account.Keyset;
import dev.zamok.crypto.account.UnlockKey;
import dev.zamok.crypto.account.UnlockSecret;
import dev.zamok.crypto.account.UnlockWrap;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.chain.RoomChain;
import dev.zamok.crypto.identity.AgreementKey;
import dev.zamok.crypto.identity.Card;
import dev.zamok.crypto.identity.Fingerprint;
import dev.zamok.crypto.identity.Identity;
import dev.zamok.crypto.identity.SigningKey;
import dev.zamok.crypto.password.Password;
import dev.zamok.crypto.room.RoomSecret;
import dev.zamok.crypto.room.Wrap;
import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.Bytes;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Somebody copied the keys of an account, whose owner replaced them; a server helps him, or hides
 * or forges the card that replaced the former one.
 */
class FormerKeysAttackTest {
  private static final String KEYSET = "/v1/keyset";
  private static final String CARDS = "/v1/cards/lookup";
  private static TestServer server;
  private static EvilServer evil;

  @BeforeAll
  static void serve(@TempDir Path place) {
    server = TestServer.start(place);
    evil = EvilServer.before(server, place);
  }

  @AfterAll
  static void stop() {
    evil.close();
    server.close();
  }

  @AfterEach
  void honest() {
    evil.lieNoMore();
  }

  private static Person.Way way() {
    return evil.way(Person.Way.to(server));
  }

  private static Session replaced(Person who, String login) {
    return get(
        who.session()
            .replaceKeys(
                Person.password(login).toCharArray(), Person.master(login).toCharArray(), null));
  }

  private static UnlockKey unlockKey(AccountId account, String login, JsonObject keyset) {
    String text = keyset.getJsonArray("unlocks").getJsonObject(0).getString("wrap");
    UnlockWrap wrap = UnlockWrap.parse(Bytes.fromBase64Url(text));
    Password master = Password.of(Person.master(login).toCharArray());
    return wrap.open(account, UnlockSecret.masterPassword(master, null, wrap.masterParams()));
  }

  private static Keyset open(AccountId account, UnlockKey key, JsonObject keyset) {
    Bytes sealed = Bytes.fromBase64Url(keyset.getString("sealed"));
    return Keyset.open(key, account, keyset.getInteger("seq"), sealed);
  }

  /** What the server has for whoever logs in now. */
  private static JsonObject keyset(String login) {
    Person.login(way(), login).close();
    return evil.last(KEYSET).answer();
  }

  private static RoomChain chain(Safe safe, List<Identity> known) {
    Map<Fingerprint, Card> cards = new HashMap<>();
    known.forEach(one -> cards.put(one.fingerprint(), one.card()));
    JsonArray all =
        evil.last("/v1/rooms/" + safe.id() + "/statements.from=0.*")
            .answer()
            .getJsonArray("statements");
    RoomChain chain = RoomChain.start(Bytes.fromBase64Url(all.getString(0)), known.get(0).card());
    for (int i = 1; i < all.size(); i++) {
      chain.append(Bytes.fromBase64Url(all.getString(i)), cards::get);
    }
    return chain;
  }

  @Test
  void whoeverCopiedTheFormerKeysOpensNothingThatIsWrappedAfter() {
    Safe safe;
    Identity former;
    UnlockKey copied;
    AccountId account;
    try (Person ada = Person.register(way(), "ada");
        Person thief = Person.login(way(), "ada")) {
      account = ada.session().self().account();
      JsonObject before = evil.last(KEYSET).answer();
      copied = unlockKey(account, "ada", before);
      former = open(account, copied, before).identities(account).get(0);
      safe = get(ada.session().safes().create("servers"));
      get(safe.items().add("", SafeTest.secret("one")));
      Session next = replaced(ada, "ada");
      Readmitted all = get(next.readmit());
      assertThat(all.rooms()).extracting(Readmitted.Place::how).containsExactly(Readmission.DONE);
      Safe anew = get(next.safes().safe(safe.id()));
      get(anew.items().add("", SafeTest.secret("two")));
      assertThat(SafeTest.texts(get(anew.items().contents())))
          .containsExactlyInAnyOrder("one", "two");
      // His login is over, and so is what a copied profile would resume.
      assertThat(problem(thief.session().logins()).kind()).isEqualTo(Kind.LOGGED_OUT);
      get(next.close());
    }
    JsonObject now = keyset("ada");
    assertThatThrownBy(() -> open(account, copied, now)).isInstanceOf(CryptoFailure.class);
    List<Identity> both = open(account, unlockKey(account, "ada", now), now).identities(account);
    assertThat(both.get(0).fingerprint()).isEqualTo(former.fingerprint());
    try (Person ada = Person.login(way(), "ada")) {
      get(get(ada.session().safes().safe(safe.id())).items().contents());
    }
    RoomChain chain = chain(safe, both);
    assertThat(chain.role(former.fingerprint())).isEqualTo(Role.NONE);
    assertThat(chain.generation()).isEqualTo(2);
    // Whatever a server would give him of the newest secret.
    JsonArray wraps = evil.last("/v1/rooms/" + safe.id() + "/wraps").answer().getJsonArray("wraps");
    Bytes newest =
        wraps.stream()
            .map(JsonObject.class::cast)
            .filter(wrap -> wrap.getInteger("generation") == 2)
            .map(wrap -> Bytes.fromBase64Url(wrap.getString("wrap")))
            .findFirst()
            .orElseThrow();
    Identity next = both.get(1);
    RoomSecret secret = Wrap.open(newest, chain, 2, next.card(), next);
    assertThat(secret.g()).isEqualTo(2);
    assertThatThrownBy(() -> Wrap.open(newest, chain, 2, next.card(), former))
        .isInstanceOf(CryptoFailure.class);
    assertThat(sentWraps(safe, former.fingerprint(), 2)).isZero();
  }

  private static long sentWraps(Safe safe, Fingerprint to, int generation) {
    return evil.all().stream()
        .filter(one -> one.path().equals("/v1/rooms/" + safe.id() + "/statements"))
        .flatMap(one -> one.request().getJsonArray("wraps", new JsonArray()).stream())
        .map(JsonObject.class::cast)
        .filter(wrap -> wrap.encode().contains(to.toString()))
        .filter(wrap -> wrap.getInteger("generation") >= generation)
        .count();
  }

  @Test
  void aServerThatHidesTheSuccessorIsNoticedByWhoSawItAndByItsOwner(@TempDir Path profile) {
    try (Person brian = Person.register(way(), "brian");
        Person carol = Person.register(way().withProfile(profile), "carol")) {
      Card first = get(brian.session().lookup("carol")).card();
      Session next = replaced(carol, "carol");
      assertThat(get(brian.session().lookup("carol")).card().seq()).isEqualTo(2);
      get(next.close());
      evil.lies(CARDS, (asked, truth) -> shown(truth, first));
      assertThat(problem(brian.session().lookup("carol")).kind()).isEqualTo(Kind.CARD_CHANGED);
      assertThat(problem(brian.session().look("carol")).kind()).isEqualTo(Kind.CARD_CHANGED);
      evil.lies("/v1/account", (asked, truth) -> truth.put("card", text(first)));
    }
    // By the profile, or on a device that knows nothing yet by the keys themselves.
    assertThat(loginProblem(way().withProfile(profile), "carol")).isEqualTo(Kind.CARD_CHANGED);
    assertThat(loginProblem(way(), "carol")).isEqualTo(Kind.TAMPERED);
  }

  private static Kind loginProblem(Person.Way way, String login) {
    return Person.unlockRefused(way, login).kind();
  }

  @Test
  void aSuccessorThatTheFormerKeyDidNotSignIsRefused() {
    try (Person dora = Person.register(way(), "dora");
        Person erin = Person.register(way(), "erin")) {
      get(dora.session().lookup("erin"));
      Identity ghost = Ghost.of(erin.session().self().account()).identity();
      SecureRandom random = new SecureRandom();
      SigningKey signing = SigningKey.generate(random);
      Card forged = ghost.card().successor(ghost.signing(), signing, AgreementKey.generate(random));
      for (Card card : List.of(ghost.card(), forged)) {
        evil.lies(CARDS, (asked, truth) -> shown(truth, card));
        assertThat(problem(dora.session().lookup("erin")).kind()).isEqualTo(Kind.CARD_CHANGED);
        evil.lieNoMore();
      }
    }
  }

  private static JsonObject shown(JsonObject truth, Card card) {
    truth.getJsonArray("cards").getJsonObject(0).put("card", text(card));
    return truth;
  }

  private static String text(Card card) {
    return card.encoded().toBase64Url();
  }

  @Test
  void aLoginFromBeforeDoesNotOverwriteKeysThatWereReplacedMeanwhile() {
    try (Person fay = Person.register(way(), "fay");
        Person other = Person.login(way(), "fay")) {
      // The server does not end the others, and stops the owner before his card is published.
      evil.refuses(io.vertx.core.http.HttpMethod.DELETE, "/v1/sessions/.*");
      assertThat(
              problem(
                      fay.session()
                          .replaceKeys(
                              Person.password("fay").toCharArray(),
                              Person.master("fay").toCharArray(),
                              null))
                  .kind())
          .isEqualTo(Kind.NOT_ALLOWED);
      assertThat(
              problem(
                      other
                          .session()
                          .replaceRecoveryCode(
                              Person.password("fay").toCharArray(),
                              dev.zamok.crypto.HumanCode.generate(new SecureRandom())))
                  .refusal())
          .isEqualTo("keys-replaced");
    }
    evil.lieNoMore();
    try (Person fay = Person.login(way(), "fay")) {
      assertThat(fay.session().tookUpReplacedKeys()).isTrue();
      assertThat(fay.session().self().card().seq()).isEqualTo(2);
    }
  }

  @Test
  void anInvitedOneWhoReplacedHisKeysBeforeHeWasLetInKeepsNobodyElseOut() {
    try (Person greta = Person.register(way(), "greta");
        Person henry = Person.register(way(), "henry");
        Person irene = Person.register(way(), "irene")) {
      Safe safe = get(greta.session().safes().create("entered"));
      accepted(henry, safe);
      accepted(irene, safe);
      Session next = replaced(henry, "henry");
      get(safe.items().add("", SafeTest.secret("one")));
      get(safe.items().contents());
      assertThat(SafeTest.texts(get(SafeTest.of(irene, safe).items().contents())))
          .containsExactly("one");
      assertThat(problem(next.safes().safe(safe.id())).refusal()).isEqualTo("not-found");
      get(safe.sharing().share("henry", Role.READER));
      assertThat(SafeTest.texts(get(get(next.safes().safe(safe.id())).items().contents())))
          .containsExactly("one");
      get(next.close());
    }
  }

  private static void accepted(Person who, Safe safe) {
    Invitation code = get(safe.invitations().invite(Role.READER, Duration.ofDays(1), null));
    InviteLink link = InviteLink.parse(code.link().toString());
    get(who.session().safes().accept(link, code.code()));
  }
}
