package dev.zamok.app.e2e;

import static dev.zamok.app.e2e.Person.get;
import static dev.zamok.app.e2e.SafeTest.of;
import static dev.zamok.app.e2e.SafeTest.secret;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.problem.ClientProblem.Kind;
import dev.zamok.client.room.RoomWarning;
import dev.zamok.client.safe.BrokenFolder;
import dev.zamok.client.safe.FolderRight;
import dev.zamok.client.safe.Safe;
import dev.zamok.client.safe.SafeChange;
import dev.zamok.client.safe.SafeChange.Fate;
import dev.zamok.client.safe.SafeChanges;
import dev.zamok.client.safe.SafeFolder;
import dev.zamok.client.safe.SafeItems;
import dev.zamok.client.safe.SafeListener;
import dev.zamok.crypto.chain.Role;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One folder is broken, so that Brian does not hear what happens in the rest of the safe. */
class BrokenFolderWatchAttackTest {
  /** Until a folder that cannot be joined is tried again. */
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private static final int STEPS = 3;
  private static final int PER_STEP = 20;

  private static TestServer server;
  private static EvilServer evil;
  private static Person ada;
  private static Person brian;

  private final List<BrokenFolder> broken = new CopyOnWriteArrayList<>();
  private Safe safe;
  private Safe atBrian;
  private SafeFolder hr;

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

  /** The folder that is to be broken is listed before the other one. */
  private void start(String name) {
    safe = get(ada.session().safes().create(name));
    get(safe.sharing().share("brian", Role.READER));
    hr = get(safe.folders().create("hr", Map.of("brian", FolderRight.READ)));
    get(safe.folders().create("ops", Map.of("brian", FolderRight.READ)));
    get(safe.items().add("hr", secret("salaries")));
    atBrian = of(brian, safe);
    brian.session().safes().onBroken(broken::add);
  }

  private String inFolder(String more) {
    return "/v1/rooms/" + hr.id() + more;
  }

  private void isNamedOnce(Kind kind) {
    assertThat(broken)
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.folder()).isEqualTo(hr.id());
              assertThat(one.why().kind()).isEqualTo(kind);
            });
  }

  /** All there is to tell of secrets. */
  private static List<SafeChange.OfSecret> told(SafeChanges changes) {
    List<SafeChange.OfSecret> told = new ArrayList<>();
    SafeChanges.News news;
    do {
      news = get(changes.next());
      news.changes().stream()
          .filter(SafeChange.OfSecret.class::isInstance)
          .forEach(change -> told.add((SafeChange.OfSecret) change));
    } while (news.more());
    return told;
  }

  private static String line(SafeChange.OfSecret change) {
    return change.fate() + (change.now() == null ? "" : " " + SafeTest.text(change.now()));
  }

  @Test
  void whatIsWithheldInOneFolderDoesNotKeepTheWatchFromBeginning() {
    start("withheld");
    evil.lies(inFolder("/items/lookup"), (asked, truth) -> truth.put("items", new JsonArray()));
    SafeChanges changes = get(atBrian.changes());
    isNamedOnce(Kind.TAMPERED);
    get(safe.items().add("hr", secret("hidden")));
    get(safe.items().add("ops", secret("pagers")));
    get(safe.items().add("", secret("of all")));
    assertThat(told(changes))
        .extracting(BrokenFolderWatchAttackTest::line)
        .containsExactly(
            Fate.ADDED + " of all", Fate.UNVERIFIED.toString(), Fate.ADDED + " pagers");
    isNamedOnce(Kind.TAMPERED);
  }

  @Test
  void aFolderWhoseStatementsAreOthersTheSecondTimeHidesNothingElse() {
    start("other statements");
    SafeChanges changes = get(atBrian.changes());
    AtomicInteger served = new AtomicInteger();
    evil.lies(
        inFolder("/statements.*"),
        (asked, truth) ->
            truth.getJsonArray("statements").isEmpty() || served.getAndIncrement() == 0
                ? truth
                : truth.put("statements", new JsonArray()));
    get(safe.items().add("hr", secret("hidden")));
    get(safe.items().add("ops", secret("pagers")));
    assertThat(told(changes))
        .extracting(BrokenFolderWatchAttackTest::line)
        .containsExactly(Fate.ADDED + " pagers");
    isNamedOnce(Kind.CHAIN_ALARM);
    evil.lieNoMore();
    assertThat(told(changes))
        .extracting(BrokenFolderWatchAttackTest::line)
        .containsExactly(Fate.ADDED + " hidden");
  }

  @Test
  void aFolderThatTheServerLetsNobodyJoinDoesNotEndListening() {
    start("not joined");
    evil.lies(
        "/v1/tickets",
        (asked, truth) -> {
          JsonArray rooms = new JsonArray();
          truth.getJsonArray("rooms").stream()
              .filter(room -> !((JsonObject) room).getString("room").equals(hr.id().toString()))
              .forEach(rooms::add);
          return truth.put("rooms", rooms);
        });
    CompletableFuture<Boolean> heard = new CompletableFuture<>();
    CompletableFuture<Boolean> ended = new CompletableFuture<>();
    Runnable end =
        get(
            atBrian.listen(
                new SafeListener() {
                  @Override
                  public void onChange() {
                    heard.complete(true);
                  }

                  @Override
                  public void onEnd(ClientProblem why) {
                    ended.complete(true);
                  }
                }));
    get(safe.items().add("", secret("of all")));
    assertThat(get(heard)).isTrue();
    assertThat(ended).isNotDone();
    end.run();
  }

  @Test
  void aFolderThatIsInNoTicketIsTriedAgainAfterPausesAloneAndToldOnce() {
    safe = get(ada.session().safes().create("in no ticket"));
    get(safe.sharing().share("brian", Role.READER));
    atBrian = of(brian, safe);
    get(atBrian.listen(() -> {})).run();
    // Good for the safe, and for nothing that comes after it.
    JsonObject old = evil.last("/v1/tickets").answer().copy();
    hr = get(safe.folders().create("hr", Map.of("brian", FolderRight.READ)));
    evil.lies("/v1/tickets", (asked, truth) -> old.copy());
    List<RoomWarning> warnings = new CopyOnWriteArrayList<>();
    CompletableFuture<Duration> told = new CompletableFuture<>();
    CompletableFuture<Boolean> heard = new CompletableFuture<>();
    long begun = System.nanoTime();
    Runnable end =
        get(
            atBrian.listen(
                new SafeListener() {
                  @Override
                  public void onChange() {
                    if (!warnings.isEmpty()) {
                      heard.complete(true);
                    }
                  }

                  @Override
                  public void onWarning(RoomWarning warning) {
                    warnings.add(warning);
                    told.complete(Duration.ofNanos(System.nanoTime() - begun));
                  }
                }));
    // After the second try, which comes no sooner than the first pause is over.
    assertThat(get(told)).isGreaterThanOrEqualTo(PAUSE);
    get(safe.items().add("", secret("something else")));
    assertThat(get(heard)).isTrue();
    get(atBrian.items().contents());
    assertThat(warnings)
        .singleElement()
        .satisfies(one -> assertThat(one.text()).contains(hr.id().toString()))
        .satisfies(one -> assertThat(one.isLoud()).isFalse());
    end.run();
  }

  @Test
  void aFolderWhoseStatementsAreWithheldIsNotAskedForAgainWithEveryStep() {
    start("asked once");
    SafeChanges changes = get(atBrian.changes());
    AtomicInteger served = new AtomicInteger();
    evil.lies(
        inFolder("/statements.*"),
        (asked, truth) ->
            truth.getJsonArray("statements").isEmpty() || served.getAndIncrement() == 0
                ? truth
                : truth.put("statements", new JsonArray()));
    get(safe.items().add("hr", secret("hidden")));
    List<SafeItems.NewItem> many = new ArrayList<>();
    for (int i = 0; i < STEPS * PER_STEP; i++) {
      many.add(new SafeItems.NewItem("ops", secret("pager " + i)));
    }
    get(safe.items().addAll(many));
    assertThat(told(changes)).hasSize(STEPS * PER_STEP);
    // The first look took the truth; that look and the one after all was told asked in vain.
    assertThat(served.get() - 1).isEqualTo(2);
  }

  @Test
  void whoGivesUpListeningBeforeItBeginsHearsNothing() {
    start("given up");
    List<String> heard = new CopyOnWriteArrayList<>();
    CompletableFuture<Boolean> other = new CompletableFuture<>();
    assertThat(atBrian.listen(() -> heard.add("given up")).cancel(false)).isTrue();
    Runnable end =
        get(
            atBrian.listen(
                () -> {
                  heard.add("other");
                  other.complete(true);
                }));
    get(safe.items().add("", secret("of all")));
    // Whoever listened first would have heard it first.
    assertThat(get(other)).isTrue();
    assertThat(heard).doesNotContain("given up");
    end.run();
  }
}
