package dev.zamok.app.e2e;

import static dev.zamok.app.e2e.Person.get;
import static dev.zamok.app.e2e.Person.problem;
import static dev.zamok.app.e2e.SafeTest.of;
import static dev.zamok.app.e2e.SafeTest.secret;
import static dev.zamok.app.e2e.SafeTest.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.problem.ClientProblem.Kind;
import dev.zamok.client.safe.Safe;
import dev.zamok.client.safe.SafeItem;
import dev.zamok.crypto.chain.Role;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What a malicious server tries with a safe. Ada writes at the honest server; Brian, who may read
 * and write, hears everything from the evil one.
 */
class SafeAttackTest {
  @RegisterExtension static final AttackBed BED = new AttackBed();

  private static EvilServer evil;
  private static Person ada;
  private static Person brian;

  @BeforeAll
  static void register() {
    evil = BED.evil();
    ada = BED.honest("ada");
    brian = BED.deceived("brian");
  }

  private static Safe shared(String name) {
    Safe safe = get(ada.session().safes().create(name));
    get(safe.sharing().share("brian", Role.WRITER));
    return safe;
  }

  private static void loud(CompletableFuture<?> future, Kind kind) {
    assertThat(problem(future).kind()).isEqualTo(kind);
  }

  /** The records of an answer. */
  private static List<JsonObject> records(JsonObject answer) {
    return answer.getJsonArray("items").stream().map(JsonObject.class::cast).toList();
  }

  private static JsonObject answer(List<JsonObject> records) {
    return new JsonObject().put("items", new JsonArray(records)).put("more", false);
  }

  /** Record and what is said of it taken from one item and shown as another. */
  private static void swap(JsonObject one, JsonObject other, String... fields) {
    for (String field : fields) {
      Object kept = one.getValue(field);
      one.put(field, other.getValue(field));
      other.put(field, kept);
    }
  }

  @Test
  void anItemIsSwappedWithAnotherOfTheSafe() {
    Safe safe = shared("swapped");
    get(safe.items().add("", secret("password of the bank")));
    get(safe.items().add("", secret("password of the forum")));
    evil.lies(
        EvilServer.items(safe),
        (asked, truth) -> {
          List<JsonObject> records = records(truth);
          swap(records.get(0), records.get(1), "record");
          return answer(records);
        });
    loud(of(brian, safe).items().contents(), Kind.TAMPERED);
  }

  @Test
  void anItemIsServedFromAnotherSafe() {
    Safe safe = shared("one");
    Safe other = shared("another");
    get(safe.items().add("", secret("of the one")));
    get(other.items().add("", secret("of the other")));
    get(of(brian, other).items().contents());
    JsonObject stolen = records(evil.last(EvilServer.items(other)).answer()).get(0);
    evil.lies(
        EvilServer.items(safe),
        (asked, truth) -> {
          JsonObject record = records(truth).get(0);
          return answer(List.of(stolen.copy().put("item", record.getString("item"))));
        });
    loud(of(brian, safe).items().contents(), Kind.TAMPERED);
  }

  @Test
  void anItemIsRolledBackToAnEarlierVersion() {
    Safe safe = shared("rolled back");
    SafeItem first = get(safe.items().add("", secret("old password")));
    get(of(brian, safe).items().contents());
    JsonObject old = records(evil.last(EvilServer.items(safe)).answer()).get(0);
    get(safe.items().edit(first, "", secret("new password")));
    evil.lies(
        EvilServer.items(safe), (asked, truth) -> answer(List.of(old.copy().put("version", 2))));
    loud(of(brian, safe).items().contents(), Kind.TAMPERED);
  }

  @Test
  void anItemIsWithheldAsIfItHadBeenDeleted() {
    Safe safe = shared("withheld");
    get(safe.items().add("", secret("there")));
    evil.lies(EvilServer.items(safe), (asked, truth) -> answer(List.of()));
    loud(of(brian, safe).items().contents(), Kind.TAMPERED);
  }

  @Test
  void anItemIsServedTwice() {
    Safe safe = shared("twice");
    get(safe.items().add("", secret("once")));
    evil.lies(
        EvilServer.items(safe),
        (asked, truth) -> answer(List.of(records(truth).get(0), records(truth).get(0))));
    loud(of(brian, safe).items().contents(), Kind.TAMPERED);
  }

  @Test
  void aRecordIsSaidToBeOfAnotherKindOrGeneration() {
    Safe safe = shared("kinds");
    get(safe.items().add("", secret("a secret")));
    for (String field : List.of("kind", "generation")) {
      evil.lies(
          EvilServer.items(safe),
          (asked, truth) -> answer(List.of(records(truth).get(0).put(field, 2))));
      loud(of(brian, safe).items().contents(), Kind.TAMPERED);
      evil.lieNoMore();
    }
    assertThat(texts(get(of(brian, safe).items().contents()))).containsExactly("a secret");
  }

  @Test
  void aRemovedItemIsBroughtBackAndItsRemovalLeftOut() {
    Safe safe = shared("resurrected");
    SafeItem item = get(safe.items().add("", secret("dead")));
    Safe atBrian = of(brian, safe);
    get(atBrian.items().contents());
    get(safe.items().purge(item));
    assertThat(get(atBrian.items().contents()).items()).isEmpty();
    int length = evil.last(EvilServer.statements(safe)).answer().getInteger("length");
    evil.lies(
        EvilServer.statements(safe),
        (asked, truth) ->
            new JsonObject().put("statements", new JsonArray()).put("length", length - 1));
    loud(atBrian.items().contents(), Kind.CHAIN_ALARM);
  }

  @Test
  void theStatementOfAnotherRoomFollowsWhatWasSeen() {
    Safe safe = shared("forked");
    get(safe.items().add("", secret("first")));
    Safe atBrian = of(brian, safe);
    get(atBrian.items().contents());
    Safe other = shared("its statements");
    get(other.items().add("", secret("elsewhere")));
    get(other.items().add("", secret("at the same index")));
    get(of(brian, other).items().contents());
    String from = "/v1/rooms/" + other.id() + "/statements\\?from=0";
    JsonArray foreign = evil.last(from).answer().getJsonArray("statements");
    get(safe.items().add("", secret("second")));
    evil.lies(
        EvilServer.statements(safe),
        (asked, truth) ->
            truth.put("statements", new JsonArray().add(foreign.getString(foreign.size() - 1))));
    loud(atBrian.items().contents(), Kind.CHAIN_ALARM);
  }

  @Test
  void theServerRepeatsOldStatementsForEver() {
    Safe safe = shared("repeated");
    get(safe.items().add("", secret("first")));
    Safe atBrian = of(brian, safe);
    get(atBrian.items().contents());
    String from = "/v1/rooms/" + safe.id() + "/statements\\?from=0";
    JsonArray old = evil.last(from).answer().getJsonArray("statements");
    evil.lies(
        EvilServer.statements(safe),
        (asked, truth) -> new JsonObject().put("statements", old).put("length", 1_000));
    loud(atBrian.items().contents(), Kind.TAMPERED);
  }

  @Test
  void aMemberGetsTheWrapOfAnotherGenerationOrMember() {
    Safe safe = shared("wraps");
    get(safe.items().add("", secret("first")));
    get(of(brian, safe).items().contents());
    String wraps = "/v1/rooms/" + safe.id() + "/wraps";
    JsonObject old = evil.last(wraps).answer().getJsonArray("wraps").getJsonObject(0);
    get(safe.sharing().share("brian", Role.READER));
    Person carol = Person.register(BED.way(), "carol");
    get(safe.sharing().share("carol", Role.READER));
    get(safe.sharing().revoke("carol"));
    carol.close();
    get(safe.items().add("", secret("under the second secret")));
    evil.lies(
        wraps,
        (asked, truth) ->
            new JsonObject().put("wraps", new JsonArray().add(old.copy().put("generation", 2))));
    loud(of(brian, safe).items().contents(), Kind.TAMPERED);
  }

  @Test
  void theServerSaysThatTheSafeIsManaged() {
    Safe safe = shared("managed");
    evil.lies(
        "/v1/rooms/" + safe.id(),
        (asked, truth) -> truth.put("kind", "channel").put("name", "managed").put("open", true));
    // As the channel that it is called, its secrets would be the server's.
    ClientProblem asRoom = problem(brian.session().room(safe.id()));
    assertThat(asRoom.kind()).isEqualTo(Kind.TAMPERED);
    assertThat(asRoom).hasMessageContaining("what its id says it is not");
    // As a safe it is not opened before anything is asked of it.
    assertThat(problem(brian.session().safes().safe(safe.id()))).hasMessageContaining("no safe");
  }

  @Test
  void theServerSaysThatTheSafeIsAnotherKindOfSealedRoom() {
    Safe safe = shared("private");
    evil.lies("/v1/rooms/" + safe.id(), (asked, truth) -> truth.put("kind", "private"));
    ClientProblem problem =
        problem(brian.session().room(safe.id()).thenCompose(room -> room.members()));
    assertThat(problem.kind()).isEqualTo(Kind.TAMPERED);
    assertThat(problem).hasMessageContaining("otherwise than its chain");
  }

  @Test
  void theServerShowsAnotherCardForTheInvited() {
    Person dora = Person.register(BED.way(), "dora");
    Person mallory = Person.register(BED.way(), "mallory");
    get(brian.session().lookup("dora"));
    get(brian.session().lookup("mallory"));
    JsonObject wrong =
        evil.last("/v1/cards/lookup").answer().getJsonArray("cards").getJsonObject(0).copy();
    Safe own = get(brian.session().safes().create("mine alone"));
    evil.lies(
        "/v1/cards/lookup",
        (asked, truth) ->
            new JsonObject().put("cards", new JsonArray().add(wrong.copy().put("login", "dora"))));
    loud(own.sharing().share("dora", Role.READER), Kind.CARD_CHANGED);
    assertThat(get(own.members())).hasSize(1);
    dora.close();
    mallory.close();
  }
}
