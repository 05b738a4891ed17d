package dev.zamok.app.e2e;

import static dev.zamok.app.e2e.Person.get;
import static dev.zamok.app.e2e.Person.problem;
import static dev.zamok.app.e2e.SafeTest.of;
import static dev.zamok.app.e2e.SafeTest.secret;
import static dev.zamok.app.e2e.SafeTest.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.client.problem.ClientProblem.Kind;
import dev.zamok.client.safe.FolderMember;
import dev.zamok.client.safe.FolderRight;
import dev.zamok.client.safe.Safe;
import dev.zamok.client.safe.SafeFolder;
import dev.zamok.client.safe.SafeFolders;
import dev.zamok.client.safe.SafeItem;
import dev.zamok.crypto.chain.Role;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders with rights of their own: Ada owns the safes, the others are let in. */
class FolderTest {
  private static TestServer server;
  private static Person ada;
  private static Person brian;
  private static Person carol;

  @BeforeAll
  static void serve(@TempDir Path place) {
    server = TestServer.start(place);
    ada = Person.register(Person.Way.to(server), "ada");
    brian = Person.register(Person.Way.to(server), "brian");
    carol = Person.register(Person.Way.to(server), "carol");
  }

  @AfterAll
  static void stop() {
    List.of(ada, brian, carol).forEach(Person::close);
    server.close();
  }

  /** Brian writes, Carol reads. */
  private static Safe safe(String name) {
    Safe safe = get(ada.session().safes().create(name));
    get(safe.sharing().share("brian", Role.WRITER));
    get(safe.sharing().share("carol", Role.READER));
    return safe;
  }

  private static SafeFolder folder(Safe safe, String path) {
    return get(safe.folders().list()).stream()
        .filter(f -> f.path().equals(path))
        .findFirst()
        .orElseThrow();
  }

  private static FolderRight right(Safe safe, SafeFolder folder) {
    return get(safe.folders().list()).stream()
        .filter(f -> f.id().equals(folder.id()))
        .findFirst()
        .orElseThrow()
        .right();
  }

  private static List<String> paths(Safe safe) {
    return get(safe.items().contents()).live().stream().map(SafeItem::folder).toList();
  }

  @Test
  void whatIsUnderThePathMovesIntoTheFolderAndIsClosedToWhoHasNoRight() {
    Safe safe = safe("closed");
    get(safe.items().add("db/prod", secret("production")));
    get(safe.items().add("db/prod/keys", secret("key")));
    get(safe.items().trash(get(safe.items().add("db/prod", secret("old")))));
    get(safe.items().add("db", secret("test")));
    assertThat(texts(get(of(brian, safe).items().contents()))).hasSize(3);

    SafeFolder made = get(safe.folders().create("db/prod", Map.of("carol", FolderRight.READ)));

    assertThat(made.path()).isEqualTo("db/prod");
    assertThat(texts(get(safe.items().contents())))
        .containsExactlyInAnyOrder("test", "production", "key");
    assertThat(get(safe.items().contents()).items()).hasSize(4);
    assertThat(paths(safe)).containsExactlyInAnyOrder("db", "db/prod", "db/prod/keys");
    Safe atBrian = of(brian, safe);
    assertThat(texts(get(atBrian.items().contents()))).containsExactly("test");
    assertThat(right(atBrian, made)).isEqualTo(FolderRight.NONE);
    assertThat(get(atBrian.folders().list()).get(0).path()).isEqualTo(made.id().toString());
    Safe atCarol = of(carol, safe);
    assertThat(texts(get(atCarol.items().contents())))
        .containsExactlyInAnyOrder("test", "production", "key");
    assertThat(problem(atCarol.items().add("db/prod", secret("hers"))).kind())
        .isEqualTo(Kind.NOT_ALLOWED);
    get(safe.items().add("db/prod", secret("later")));
    assertThat(texts(get(atCarol.items().contents()))).contains("later");
    assertThat(texts(get(atBrian.items().contents()))).doesNotContain("later");
  }

  @Test
  void theFolderWinsOverTheSafe() {
    Safe safe = safe("wins");
    SafeFolder made = get(safe.folders().create("shared", Map.of("carol", FolderRight.FULL)));
    Safe atCarol = of(carol, safe);
    assertThat(problem(atCarol.items().add("", secret("not here"))).kind())
        .isEqualTo(Kind.NOT_ALLOWED);
    SafeItem hers = get(atCarol.items().add("shared", secret("but here")));
    assertThat(hers.place().room()).isEqualTo(made.id());
    SafeItem edited = get(atCarol.items().edit(hers, "shared/inner", secret("edited")));
    assertThat(edited.id()).isEqualTo(hers.id());
    assertThat(get(safe.items().versions(hers.id()))).hasSize(2);
    assertThat(paths(safe)).containsExactly("shared/inner");
  }

  @Test
  void anItemMovesBetweenFoldersAndSafesAndIsSealedAnew() {
    Safe safe = safe("from");
    Safe other = get(ada.session().safes().create("to"));
    SafeFolder made = get(safe.folders().create("hr", Map.of()));
    SafeItem item = get(safe.items().add("", secret("salary")));
    get(of(brian, safe).items().contents());

    SafeItem inside = get(safe.items().edit(item, "hr/2026", item.content()));

    assertThat(inside.id()).isNotEqualTo(item.id());
    assertThat(inside.version()).isEqualTo(1);
    assertThat(inside.place().room()).isEqualTo(made.id());
    assertThat(texts(get(of(brian, safe).items().contents()))).isEmpty();
    assertThat(get(safe.items().versions(item.id()))).isEmpty();
    SafeItem away = get(safe.items().move(inside, other, "x"));
    assertThat(texts(get(safe.items().contents()))).isEmpty();
    assertThat(texts(get(other.items().contents()))).containsExactly("salary");
    get(other.items().move(away, safe, ""));
    assertThat(texts(get(of(brian, safe).items().contents()))).containsExactly("salary");
    assertThat(problem(other.items().edit(away, "", secret("gone"))).refusal())
        .isEqualTo("version-conflict");
  }

  @Test
  void whoMayNotWriteAtBothEndsMovesNothingAndLosesNothing() {
    Safe safe = safe("ends");
    get(safe.folders().create("reports", Map.of("brian", FolderRight.READ)));
    get(safe.items().add("reports", secret("report")));
    Safe atBrian = of(brian, safe);
    SafeItem report = get(atBrian.items().contents()).items().get(0);
    assertThat(problem(atBrian.items().edit(report, "", report.content())).kind())
        .isEqualTo(Kind.NOT_ALLOWED);
    SafeItem own = get(atBrian.items().add("", secret("own")));
    assertThat(problem(atBrian.items().edit(own, "reports", own.content())).kind())
        .isEqualTo(Kind.NOT_ALLOWED);
    assertThat(texts(get(atBrian.items().contents()))).containsExactlyInAnyOrder("report", "own");
  }

  @Test
  void ofAMoveThatSomebodyElseWasFirstAtBothVersionsAreThere() {
    Safe safe = safe("first");
    get(safe.folders().create("in", Map.of()));
    SafeItem seen = get(safe.items().add("", secret("one")));
    get(of(brian, safe).items().edit(seen, "", secret("two")));
    assertThat(problem(safe.items().edit(seen, "in", seen.content())).refusal())
        .isEqualTo("version-conflict");
    assertThat(texts(get(safe.items().contents()))).containsExactlyInAnyOrder("one", "two");
  }

  @Test
  void foldersNestMoveAndAreRemoved() {
    Safe safe = safe("nested");
    SafeFolder outer = get(safe.folders().create("a", Map.of("brian", FolderRight.FULL)));
    SafeFolder inner = get(safe.folders().create("a/b/c", Map.of("carol", FolderRight.READ)));
    assertThat(inner.parent()).isEqualTo(outer.id());
    get(safe.items().add("a/b/c/d", secret("deep")));
    get(safe.items().add("a/b", secret("higher")));
    assertThat(texts(get(of(brian, safe).items().contents()))).containsExactly("higher");
    // Carol has no right to what lies between: she does not find the way.
    assertThat(texts(get(of(carol, safe).items().contents()))).isEmpty();

    assertThat(problem(safe.folders().move(outer, safe, "a/b/c/x")).refusal())
        .isEqualTo("folder-cycle");
    SafeFolder moved = get(safe.folders().move(inner, safe, "z"));
    assertThat(moved.parent()).isEqualTo(safe.id());
    assertThat(texts(get(of(carol, safe).items().contents()))).containsExactly("deep");
    assertThat(paths(of(carol, safe))).containsExactly("z/d");
    get(safe.folders().move(folder(safe, "z"), safe, "y"));
    assertThat(paths(of(carol, safe))).containsExactly("y/d");

    assertThat(problem(safe.folders().remove(folder(safe, "y"), false)).refusal())
        .isEqualTo("folder-not-empty");
    get(
        safe.items()
            .purge(
                get(safe.items().contents()).items().stream()
                    .filter(item -> item.folder().startsWith("y"))
                    .findFirst()
                    .orElseThrow()));
    get(safe.folders().remove(folder(safe, "y"), false));
    assertThat(get(safe.folders().list())).extracting(SafeFolder::path).containsExactly("a");
    get(safe.folders().remove(folder(safe, "a"), true));
    assertThat(get(safe.folders().list())).isEmpty();
    assertThat(get(safe.items().contents()).items()).isEmpty();
  }

  @Test
  void aFolderMovesToAnotherSafeAndWhoIsNotInItIsOut() {
    Safe safe = safe("old home");
    Safe other = get(ada.session().safes().create("new home"));
    get(other.sharing().share("carol", Role.READER));
    SafeFolder made =
        get(
            safe.folders()
                .create("team", Map.of("brian", FolderRight.FULL, "carol", FolderRight.READ)));
    get(safe.items().add("team", secret("shared")));
    assertThat(texts(get(of(brian, safe).items().contents()))).containsExactly("shared");

    SafeFolder moved = get(safe.folders().move(made, other, "guests/team"));

    assertThat(moved.id()).isEqualTo(made.id());
    assertThat(get(safe.folders().list())).isEmpty();
    assertThat(texts(get(safe.items().contents()))).isEmpty();
    assertThat(paths(of(carol, other))).containsExactly("guests/team");
    assertThat(texts(get(of(brian, safe).items().contents()))).isEmpty();
    get(other.items().add("guests/team", secret("after")));
    assertThat(get(other.folders().members(moved)))
        .extracting(member -> member.contact().login())
        .containsExactlyInAnyOrder("ada", "carol");
  }

  @Test
  void whoseRightIsTakenAwayCannotReadOnAndWhatHeCouldOpenIsTold() {
    Safe safe = safe("taken");
    SafeFolder made = get(safe.folders().create("ops", Map.of("brian", FolderRight.FULL)));
    SafeItem known = get(safe.items().add("ops", secret("known")));
    assertThat(texts(get(of(brian, safe).items().contents()))).containsExactly("known");

    SafeFolders.RightChange change = get(safe.folders().setRight(made, "brian", FolderRight.NONE));

    assertThat(change.proposed()).isFalse();
    assertThat(change.rotate()).extracting(SafeItem::id).containsExactly(known.id());
    assertThat(texts(get(of(brian, safe).items().contents()))).isEmpty();
    assertThat(get(safe.upkeep().reseal())).isEqualTo(1);
    assertThat(get(safe.items().contents()).items().get(0).place().generation()).isEqualTo(2);
    assertThat(get(safe.folders().setRight(made, "brian", FolderRight.READ)).rotate()).isEmpty();
    assertThat(texts(get(of(brian, safe).items().contents()))).containsExactly("known");
    assertThat(get(safe.sharing().revoke("brian")).open())
        .extracting(SafeItem::id)
        .containsExactly(known.id());
    assertThat(get(safe.folders().members(made)))
        .extracting(member -> member.contact().login())
        .containsExactly("ada");
  }

  @Test
  void anAdminWithoutRightAdministersTheFolderWithoutReadingIt() {
    Safe safe = safe("steward");
    get(safe.sharing().share("carol", Role.ADMIN));
    SafeFolder made = get(safe.folders().create("board", Map.of("brian", FolderRight.FULL)));
    get(safe.items().add("board", secret("minutes")));
    Safe atCarol = of(carol, safe);
    assertThat(texts(get(atCarol.items().contents()))).isEmpty();
    SafeFolder seen = get(atCarol.folders().list()).get(0);
    assertThat(seen.administers()).isTrue();
    assertThat(seen.right()).isEqualTo(FolderRight.NONE);
    assertThat(get(atCarol.folders().members(seen))).hasSize(3);

    assertThat(get(atCarol.folders().setRight(seen, "brian", FolderRight.NONE)).rotate()).isEmpty();

    assertThat(texts(get(of(brian, safe).items().contents()))).isEmpty();
    // The secret that he left owed is made by the next who may.
    assertThat(texts(get(safe.items().contents()))).containsExactly("minutes");
    assertThat(get(safe.upkeep().reseal())).isEqualTo(1);

    assertThat(get(atCarol.folders().setRight(seen, "brian", FolderRight.READ)).proposed())
        .isTrue();
    assertThat(texts(get(of(brian, safe).items().contents()))).isEmpty();
    assertThat(get(safe.folders().members(made)))
        .filteredOn(member -> member.contact().login().equals("brian"))
        .extracting(FolderMember::proposed)
        .containsExactly(FolderRight.READ);
    assertThat(get(safe.folders().setRight(made, "brian", FolderRight.READ)).proposed()).isFalse();
    assertThat(texts(get(of(brian, safe).items().contents()))).containsExactly("minutes");
  }

  @Test
  void whoBecomesAnAdminOfTheSafeAdministersItsFoldersAndStopsWhenHeIsNone() {
    Safe safe = safe("promoted");
    SafeFolder made = get(safe.folders().create("board", Map.of("brian", FolderRight.FULL)));
    get(safe.sharing().share("carol", Role.ADMIN));
    get(safe.sharing().share("brian", Role.ADMIN));
    assertThat(get(of(carol, safe).folders().list()).get(0).administers()).isTrue();
    assertThat(get(of(brian, safe).folders().list()).get(0).administers()).isTrue();
    assertThat(problem(safe.folders().setRight(made, "brian", FolderRight.READ)).refusal())
        .isEqualTo("admin-right");
    get(safe.sharing().share("carol", Role.READER));
    get(safe.sharing().share("brian", Role.READER));
    assertThat(get(of(carol, safe).folders().list()).get(0).administers()).isFalse();
    assertThat(right(of(brian, safe), made)).isEqualTo(FolderRight.FULL);
    assertThat(get(of(brian, safe).folders().list()).get(0).administers()).isFalse();
  }

  @Test
  void aFolderIsForMembersOfTheSafeAndHasAPathOfItsOwn() {
    Safe safe = get(ada.session().safes().create("alone"));
    assertThat(problem(safe.folders().create("x", Map.of("brian", FolderRight.FULL))).refusal())
        .isEqualTo("not-found");
    SafeFolder made = get(safe.folders().create("x/y", Map.of()));
    assertThat(problem(safe.folders().setRight(made, "carol", FolderRight.READ)).refusal())
        .isEqualTo("not-found");
    for (String taken : List.of("x", "x/y")) {
      assertThat(problem(safe.folders().create(taken, Map.of())).refusal())
          .isEqualTo("folder-exists");
    }
    assertThat(problem(safe.folders().create("", Map.of())).refusal()).isEqualTo("folder-invalid");
    assertThat(problem(safe.folders().create("a//b", Map.of())).refusal())
        .isEqualTo("item-invalid");
    assertThat(problem(safe.folders().create("n".repeat(201), Map.of())).refusal())
        .isEqualTo("folder-invalid");
    assertThat(get(safe.folders().list())).hasSize(1);
  }
}
