package dev.zamok.app.e2e;

import static dev.zamok.app.e2e.EvilServer.path;
import static dev.zamok.app.e2e.Person.get;
import static dev.zamok.app.e2e.Person.problem;
import static dev.zamok.app.e2e.RevokeAttackTest.without;
import static dev.zamok.app.e2e.SafeTest.of;
import static dev.zamok.app.e2e.SafeTest.secret;
import static dev.zamok.app.e2e.SafeTest.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.client.problem.ClientProblem.Kind;
import dev.zamok.client.safe.FolderRight;
import dev.zamok.client.safe.Safe;
import dev.zamok.client.safe.SafeContents;
import dev.zamok.client.safe.SafeFolder;
import dev.zamok.client.safe.SafeItem;
import dev.zamok.crypto.chain.Role;
import dev.zamok.protocol.RoomId;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What a malicious server tries with folders. Ada is at the honest one; Brian hears everything from
 * the evil one, as does Dora when what she hears is to be stolen.
 */
class FolderAttackTest {
  @RegisterExtension static final AttackBed BED = new AttackBed();

  private static EvilServer evil;
  private static Person ada;
  private static Person brian;
  private static Person carol;
  private static Person dora;

  @BeforeAll
  static void register() {
    evil = BED.evil();
    ada = BED.honest("ada");
    carol = BED.honest("carol");
    brian = BED.deceived("brian");
    dora = BED.deceived("dora");
  }

  private static Safe safe(String name, Role ofBrian) {
    Safe safe = get(ada.session().safes().create(name));
    get(safe.sharing().share("brian", ofBrian));
    get(safe.sharing().share("dora", Role.READER));
    return safe;
  }

  private static void loud(CompletableFuture<?> future) {
    assertThat(problem(future).kind()).isIn(Kind.TAMPERED, Kind.CHAIN_ALARM);
  }

  static JsonObject listed(JsonObject rooms, RoomId room) {
    return rooms.getJsonArray("rooms").stream()
        .map(JsonObject.class::cast)
        .filter(view -> view.getString("room").equals(room.toString()))
        .findFirst()
        .orElseThrow();
  }

  /** That chain, and nothing after it. */
  private static void givesChain(RoomId room, JsonObject whole) {
    evil.gives(path(room, "/statements\\?from=0"), whole);
    evil.gives(path(room, "/statements\\?.*"), whole.copy().put("statements", new JsonArray()));
  }

  static List<SafeFolder> closed(Safe at) {
    return get(at.folders().list()).stream().filter(f -> f.right() == FolderRight.NONE).toList();
  }

  @Test
  void whoHasNoRightToAFolderGetsItsKeyFromTheServer() {
    Safe safe = safe("none", Role.WRITER);
    SafeFolder folder = get(safe.folders().create("hr", Map.of("dora", FolderRight.READ)));
    get(safe.items().add("hr", secret("salaries")));
    RoomId room = folder.id();
    Kind refused = problem(brian.session().room(room)).kind();
    assertThat(refused).isIn(Kind.REFUSED, Kind.NOT_ALLOWED);

    // All that Dora gets, who reads it, the server gives to Brian too.
    assertThat(texts(get(of(dora, safe).items().contents()))).containsExactly("salaries");
    JsonObject view = listed(evil.last("/v1/rooms").answer(), room);
    givesChain(room, evil.last(path(room, "/statements\\?from=0")).answer());
    evil.gives(path(room, "/wraps"), evil.last(path(room, "/wraps")).answer());
    evil.gives(path(room, "/items/lookup"), evil.last(path(room, "/items/lookup")).answer());
    evil.gives(path(room, ""), view);
    evil.lies(
        "/v1/rooms",
        (asked, truth) -> truth.put("rooms", truth.getJsonArray("rooms").copy().add(view)));

    Safe atBrian = of(brian, safe);
    assertThat(texts(get(atBrian.items().contents()))).isEmpty();
    assertThat(closed(atBrian)).hasSize(1);
    // As a room of any kind it opens as little.
    var asRoom = get(brian.session().room(room));
    assertThat(get(asRoom.role())).isEqualTo(Role.NONE);
    loud(asRoom.name());
  }

  @Test
  void aFolderOfAnotherSafeIsShownInThisOne() {
    Safe safe = safe("mine", Role.WRITER);
    Safe other = safe("theirs", Role.WRITER);
    get(safe.folders().create("in mine", Map.of("brian", FolderRight.FULL)));
    SafeFolder ghost = get(other.folders().create("ghost", Map.of("brian", FolderRight.FULL)));
    get(other.items().add("ghost", secret("not yours")));
    Safe atBrian = of(brian, safe);
    assertThat(get(atBrian.folders().list())).hasSize(1).noneMatch(f -> f.id().equals(ghost.id()));
    assertThat(texts(get(atBrian.items().contents()))).isEmpty();

    // The statement that lists it there, served as one of the safe's.
    get(of(brian, other).items().contents());
    JsonArray foreign =
        evil.last(path(other.id(), "/statements\\?from=0")).answer().getJsonArray("statements");
    get(safe.items().add("", secret("the chain grows")));
    evil.lies(
        path(safe.id(), "/statements.*"),
        (asked, truth) ->
            truth.put("statements", new JsonArray().add(foreign.getString(foreign.size() - 1))));
    loud(atBrian.items().contents());
  }

  @Test
  void aFolderIsHidden() {
    Safe safe = safe("hidden", Role.WRITER);
    SafeFolder folder = get(safe.folders().create("seen", Map.of("brian", FolderRight.FULL)));
    get(safe.items().add("seen", secret("there")));
    Safe atBrian = of(brian, safe);
    assertThat(texts(get(atBrian.items().contents()))).containsExactly("there");
    evil.lies("/v1/rooms", (asked, truth) -> without(truth, folder.id()));
    assertThat(closed(atBrian)).extracting(SafeFolder::id).containsExactly(folder.id());
    // What is meant for it does not go where all members of the safe read.
    assertThat(problem(atBrian.items().add("seen/inner", secret("for few"))).refusal())
        .isEqualTo("folder-closed");
    get(atBrian.items().add("seen too", secret("for all")));

    evil.lieNoMore();
    int length = evil.last(EvilServer.statements(safe)).answer().getInteger("length");
    evil.lies(
        EvilServer.statements(safe),
        (asked, truth) ->
            new JsonObject().put("statements", new JsonArray()).put("length", length - 1));
    loud(atBrian.folders().list());
  }

  @Test
  void aFolderIsHiddenAndAnotherIsMovedToWhereItWas() {
    Safe safe = safe("moved there", Role.ADMIN);
    SafeFolder folder = get(safe.folders().create("seen", Map.of("brian", FolderRight.FULL)));
    SafeFolder other = get(safe.folders().create("other", Map.of("brian", FolderRight.FULL)));
    Safe atBrian = of(brian, safe);
    get(atBrian.items().add("seen", secret("there")));
    evil.lies("/v1/rooms", (asked, truth) -> without(truth, folder.id()));
    assertThat(problem(atBrian.folders().move(other, atBrian, "seen/other")).refusal())
        .isEqualTo("folder-closed");
  }

  @Test
  void aFolderIsHiddenAndAnotherIsPutInItsPlace() {
    Safe safe = safe("in its place", Role.WRITER);
    get(safe.sharing().share("carol", Role.ADMIN));
    SafeFolder folder = get(safe.folders().create("hr", Map.of("brian", FolderRight.FULL)));
    Safe atBrian = of(brian, safe);
    get(atBrian.items().add("hr", secret("for few")));
    get(of(carol, safe).folders().create("hr", Map.of("brian", FolderRight.FULL)));
    evil.lies("/v1/rooms", (asked, truth) -> without(truth, folder.id()));
    assertThat(problem(atBrian.items().add("hr/inner", secret("for few, too"))).refusal())
        .isEqualTo("folder-closed");
    assertThat(texts(get(of(carol, safe).items().contents()))).isEmpty();
  }

  @Test
  void theChainOfOneFolderIsServedAsThatOfAnother() {
    Safe safe = safe("swapped folders", Role.WRITER);
    SafeFolder one = get(safe.folders().create("one", Map.of("dora", FolderRight.READ)));
    SafeFolder two = get(safe.folders().create("two", Map.of("dora", FolderRight.READ)));
    get(of(dora, safe).items().contents());
    JsonObject chain = evil.last(path(two.id(), "/statements\\?from=0")).answer();
    try (Person again = BED.again("dora")) {
      evil.gives(path(one.id(), "/statements.*"), chain);
      assertThat(get(of(again, safe).items().contents()).broken())
          .singleElement()
          .satisfies(broken -> assertThat(broken.folder()).isEqualTo(one.id()))
          .satisfies(broken -> assertThat(broken.why().isLoud()).isTrue());
    }
  }

  @Test
  void aFolderIsShownAsItWasBeforeItWasListed() {
    Safe safe = safe("earlier", Role.WRITER);
    SafeFolder folder = get(safe.folders().create("cut", Map.of("dora", FolderRight.READ)));
    get(of(dora, safe).items().contents());
    JsonObject chain = evil.last(path(folder.id(), "/statements\\?from=0")).answer();
    JsonArray statements = chain.getJsonArray("statements").copy();
    statements.remove(statements.size() - 1);
    try (Person again = BED.again("dora")) {
      givesChain(
          folder.id(),
          new JsonObject().put("statements", statements).put("length", statements.size()));
      Safe fresh = of(again, safe);
      assertThat(closed(fresh)).extracting(SafeFolder::id).containsExactly(folder.id());
      assertThat(get(fresh.items().contents()).items()).isEmpty();
    }
  }

  @Test
  void anItemOfAFolderIsServedInTheSafeAndTheOtherWayRound() {
    Safe safe = safe("moved items", Role.WRITER);
    SafeFolder folder = get(safe.folders().create("hr", Map.of("brian", FolderRight.FULL)));
    get(safe.items().add("", secret("of the safe")));
    get(safe.items().add("hr", secret("of the folder")));
    get(of(brian, safe).items().contents());
    JsonObject outer = record(evil.last(EvilServer.items(safe)));
    JsonObject inner = record(evil.last(path(folder.id(), "/items/lookup")));
    try (Person again = BED.again("brian")) {
      evil.gives(EvilServer.items(safe), as(inner, outer));
      loud(of(again, safe).items().contents());
    }
    evil.lieNoMore();
    try (Person again = BED.again("brian")) {
      evil.gives(path(folder.id(), "/items/lookup"), as(outer, inner));
      SafeContents contents = get(of(again, safe).items().contents());
      assertThat(texts(contents)).containsExactly("of the safe");
      assertThat(contents.broken())
          .singleElement()
          .satisfies(broken -> assertThat(broken.folder()).isEqualTo(folder.id()))
          .satisfies(broken -> assertThat(broken.why().kind()).isEqualTo(Kind.TAMPERED));
    }
  }

  private static JsonObject record(EvilServer.Heard heard) {
    return heard.answer().getJsonArray("items").getJsonObject(0);
  }

  private static JsonObject as(JsonObject stolen, JsonObject asked) {
    JsonObject shown = stolen.copy().put("item", asked.getString("item"));
    return new JsonObject().put("items", new JsonArray().add(shown)).put("more", false);
  }

  @Test
  void aMoveOfAnItemIsStoppedBetweenItsHalves() {
    Safe own = get(brian.session().safes().create("stopped"));
    get(own.folders().create("in", Map.of()));
    SafeItem item = get(own.items().add("", secret("precious")));
    evil.refuses(path(own.id(), "/items/" + item.id()));
    assertThat(problem(own.items().edit(item, "in", item.content())).kind())
        .isEqualTo(Kind.NOT_ALLOWED);
    evil.lieNoMore();
    assertThat(texts(get(own.items().contents()))).containsExactly("precious", "precious");
  }

  @Test
  void aMoveOfAFolderIsStoppedAndGoesOnWhereItEnded() {
    Safe own = get(brian.session().safes().create("old"));
    Safe other = get(brian.session().safes().create("new"));
    SafeFolder folder = get(own.folders().create("in", Map.of()));
    get(own.items().add("in", secret("precious")));
    evil.refuses(path(folder.id(), "/statements"));
    assertThat(problem(own.folders().move(folder, other, "there")).kind())
        .isEqualTo(Kind.NOT_ALLOWED);
    evil.lieNoMore();
    // The new safe lists it, and it does not say that it lies there.
    assertThat(closed(other)).extracting(SafeFolder::id).containsExactly(folder.id());
    assertThat(texts(get(own.items().contents()))).containsExactly("precious");
    assertThat(texts(get(other.items().contents()))).isEmpty();

    get(own.folders().move(folder, other, "there"));

    assertThat(texts(get(other.items().contents()))).containsExactly("precious");
    assertThat(get(own.folders().list())).isEmpty();
    assertThat(get(other.folders().list())).hasSize(1);
  }
}
