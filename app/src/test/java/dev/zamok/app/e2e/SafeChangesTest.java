package dev.zamok.app.e2e;

import static dev.zamok.app.e2e.Person.get;
import static dev.zamok.app.e2e.Person.problem;
import static dev.zamok.app.e2e.SafeTest.of;
import static dev.zamok.app.e2e.SafeTest.secret;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.client.problem.ClientProblem.Kind;
import dev.zamok.client.safe.FolderRight;
import dev.zamok.client.safe.Safe;
import dev.zamok.client.safe.SafeChange;
import dev.zamok.client.safe.SafeChange.Fate;
import dev.zamok.client.safe.SafeChange.Turn;
import dev.zamok.client.safe.SafeChanges;
import dev.zamok.client.safe.SafeFolder;
import dev.zamok.client.safe.SafeItem;
import dev.zamok.client.safe.SafeItems;
import dev.zamok.crypto.chain.Role;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens in a safe, as Brian asks for it; his server may lie. */
class SafeChangesTest {
  private static TestServer server;
  private static EvilServer evil;
  private static Person ada;
  private static Person brian;

  @BeforeAll
  static void serve(@TempDir Path place) {
    server = TestServer.start(place);
    evil = EvilServer.before(server, place);
    ada = Person.register(Person.Way.to(server), "ada");
    brian = Person.register(evil.way(Person.Way.to(server)), "brian");
  }

  @AfterAll
  static void stop() {
    ada.close();
    brian.close();
    evil.close();
    server.close();
  }

  @AfterEach
  void honest() {
    evil.lieNoMore();
  }

  private static Safe shared(String name) {
    Safe safe = get(ada.session().safes().create(name));
    get(safe.sharing().share("brian", Role.READER));
    return safe;
  }

  private static SafeChanges begun(Safe safe) {
    return get(of(brian, safe).changes());
  }

  /** All there is to tell. */
  private static List<SafeChange> all(SafeChanges changes) {
    List<SafeChange> all = new ArrayList<>();
    SafeChanges.News news;
    do {
      news = get(changes.next());
      all.addAll(news.changes());
    } while (news.more());
    return all;
  }

  private static List<Fate> fates(List<SafeChange> changes) {
    return changes.stream().map(change -> ((SafeChange.OfSecret) change).fate()).toList();
  }

  private static String text(SafeChange change) {
    SafeItem now = ((SafeChange.OfSecret) change).now();
    return now == null ? "" : SafeTest.text(now);
  }

  private static List<Turn> turns(List<SafeChange> changes) {
    return changes.stream()
        .filter(SafeChange.OfFolder.class::isInstance)
        .map(change -> ((SafeChange.OfFolder) change).turn())
        .toList();
  }

  @Test
  void everyVersionIsToldThoughOthersCameAfterIt() {
    Safe safe = shared("versions");
    SafeItem old = get(safe.items().add("", secret("old")));
    SafeChanges changes = begun(safe);
    assertThat(all(changes)).isEmpty();
    SafeItem two = get(safe.items().edit(old, "", secret("two")));
    SafeItem bin = get(safe.items().trash(two));
    SafeItem back = get(safe.items().restore(bin));
    get(safe.items().edit(back, "there", secret("three")));
    SafeItem gone = get(safe.items().add("", secret("gone")));
    get(safe.items().purge(gone));
    List<SafeChange> told = all(changes);
    assertThat(fates(told))
        .containsExactly(
            Fate.CHANGED,
            Fate.TRASHED,
            Fate.RESTORED,
            Fate.CHANGED,
            // Its content was gone before anybody could fetch it.
            Fate.OUTLIVED,
            Fate.PURGED);
    assertThat(told.subList(0, 4))
        .extracting(SafeChangesTest::text)
        .containsExactly("two", "two", "two", "three");
    assertThat(all(changes)).isEmpty();
  }

  @Test
  void moreThanAPageIsToldOnceAndInOrder() {
    Safe safe = shared("many");
    SafeChanges changes = begun(safe);
    List<SafeItems.NewItem> items = new ArrayList<>();
    for (int i = 0; i < 620; i++) {
      items.add(new SafeItems.NewItem("", secret("secret " + i)));
    }
    get(safe.items().addAll(items));
    // Whoever writes chooses how large they are: few are held at a time.
    assertThat(get(changes.next()).changes()).hasSize(20);
    List<String> rest = all(changes).stream().map(SafeChangesTest::text).toList();
    assertThat(rest).doesNotHaveDuplicates().endsWith("secret 618", "secret 619");
    assertThat(rest.get(0)).isEqualTo("secret " + (620 - rest.size()));
    assertThat(all(changes)).isEmpty();
  }

  @Test
  void whoAsksBeforeTheLastAnswerIsToldNothingTwice() {
    Safe safe = shared("impatient");
    SafeChanges changes = begun(safe);
    List<SafeItems.NewItem> items = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      items.add(new SafeItems.NewItem("", secret("secret " + i)));
    }
    get(safe.items().addAll(items));
    List<CompletableFuture<SafeChanges.News>> asked = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      asked.add(changes.next());
    }
    List<String> told = new ArrayList<>();
    asked.forEach(
        news -> get(news).changes().forEach(change -> told.add(SafeChangesTest.text(change))));
    assertThat(told)
        .containsExactlyElementsOf(
            IntStream.range(0, 60).mapToObj(number -> "secret " + number).toList());
  }

  @Test
  void anAnswerHasTheNewsOfOneRoomAndNoneOfThemIsLookedForAgainUntilAllIsTold() {
    Safe safe = shared("rooms");
    get(safe.folders().create("db", Map.of("brian", FolderRight.READ)));
    SafeChanges changes = begun(safe);
    get(safe.items().add("", secret("outside")));
    get(safe.items().add("db", secret("inside")));
    assertThat(get(changes.next()).changes())
        .extracting(SafeChangesTest::text)
        .containsExactly("outside");
    long looks = evil.count("/v1/rooms");
    assertThat(get(changes.next()).changes())
        .extracting(SafeChangesTest::text)
        .containsExactly("inside");
    assertThat(evil.count("/v1/rooms")).isEqualTo(looks);
    // What came meanwhile is not left out.
    get(safe.items().add("", secret("later")));
    assertThat(all(changes)).extracting(SafeChangesTest::text).containsExactly("later");
  }

  @Test
  void whatTheServerAltersIsToldAsSuchAndHidesNothingElse() {
    Safe safe = shared("altered");
    SafeChanges changes = begun(safe);
    get(safe.items().add("", secret("first")));
    SafeItem second = get(safe.items().add("", secret("second")));
    get(safe.items().add("", secret("third")));
    evil.lies(
        EvilServer.items(safe),
        (asked, truth) -> {
          JsonArray records = new JsonArray();
          for (Object each : truth.getJsonArray("items")) {
            JsonObject record = ((JsonObject) each).copy();
            if (record.getString("item").equals(second.id().toString())) {
              String sealed = record.getString("record");
              char other = sealed.charAt(40) == 'A' ? 'B' : 'A';
              record.put("record", sealed.substring(0, 40) + other + sealed.substring(41));
            }
            records.add(record);
          }
          return truth.put("items", records);
        });
    List<SafeChange> told = all(changes);
    assertThat(fates(told)).containsExactly(Fate.ADDED, Fate.UNVERIFIED, Fate.ADDED);
    assertThat(told).extracting(SafeChangesTest::text).containsExactly("first", "", "third");
  }

  @Test
  void whatCouldNotBeAskedIsToldTheNextTime() {
    Safe safe = shared("refused");
    SafeChanges changes = begun(safe);
    get(safe.items().add("", secret("there")));
    evil.refuses(EvilServer.items(safe));
    assertThat(problem(changes.next()).kind()).isEqualTo(Kind.NOT_ALLOWED);
    evil.lieNoMore();
    assertThat(fates(all(changes))).containsExactly(Fate.ADDED);
  }

  @Test
  void aShortenedChainIsLoud() {
    Safe safe = shared("shortened");
    SafeChanges changes = begun(safe);
    get(safe.items().add("", secret("there")));
    int length = evil.last(EvilServer.statements(safe)).answer().getInteger("length");
    evil.lies(
        EvilServer.statements(safe),
        (asked, truth) ->
            new JsonObject().put("statements", new JsonArray()).put("length", length - 1));
    assertThat(problem(changes.next()).kind()).isEqualTo(Kind.CHAIN_ALARM);
  }

  @Test
  void foldersOpenCloseMoveAndGo() {
    Safe safe = shared("folders");
    SafeFolder before = get(safe.folders().create("before", Map.of()));
    get(safe.items().add("before", secret("in it")));
    SafeChanges changes = begun(safe);
    get(safe.folders().setRight(before, "brian", FolderRight.READ));
    List<SafeChange> opened = all(changes);
    // What is in it already is no news.
    assertThat(opened).hasSize(1);
    assertThat(turns(opened)).containsExactly(Turn.OPENED);
    assertThat(((SafeChange.OfFolder) opened.get(0)).path()).isEqualTo("before");
    get(safe.items().add("before", secret("more")));
    assertThat(fates(all(changes))).containsExactly(Fate.ADDED);
    // A new one, from its first statement on.
    SafeFolder made = get(safe.folders().create("new", Map.of("brian", FolderRight.READ)));
    get(safe.items().add("new", secret("first in it")));
    List<SafeChange> created = all(changes);
    assertThat(turns(created)).containsExactly(Turn.OPENED);
    assertThat(created)
        .filteredOn(SafeChange.OfSecret.class::isInstance)
        .extracting(SafeChangesTest::text)
        .containsExactly("first in it");
    get(safe.folders().move(made, safe, "newer"));
    assertThat(turns(all(changes))).containsExactly(Turn.MOVED);
    get(safe.folders().setRight(before, "brian", FolderRight.NONE));
    assertThat(turns(all(changes))).containsExactly(Turn.CLOSED);
    get(safe.folders().create("of others", Map.of()));
    assertThat(turns(all(changes))).containsExactly(Turn.LISTED);
    get(safe.folders().remove(made, true));
    assertThat(turns(all(changes))).containsExactly(Turn.GONE);
  }
}
