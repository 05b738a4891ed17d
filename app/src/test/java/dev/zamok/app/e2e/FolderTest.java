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
    get(safe.share("brian", Role.WRITER));
    get(safe.share("carol", Role.READER));
    return safe;
  }

  private static SafeFolder folder(Safe safe, String path) {
    return get(safe.folders()).stream()
        .filter(f -> f.path().equals(path))
        .findFirst()
        .orElseThrow();
  }

  private static FolderRight right(Safe safe, SafeFolder folder) {
    return get(safe.folders()).stream()
        .filter(f -> f.id().equals(folder.id()))
        .findFirst()
        .orElseThrow()
        .right();
  }

  private static List<String> paths(Safe safe) {
    return get(safe.contents()).live().stream().map(SafeItem::folder).toList();
  }

  @Test
  void whatIsUnderThePathMovesIntoTheFolderAndIsClosedToWhoHasNoRight() {
    Safe safe = safe("closed");
    get(safe.add("db/prod", secret("production")));
    get(safe.add("db/prod/keys", secret("key")));
    get(safe.trash(get(safe.add("db/prod", secret("old")))));
    get(safe.add("db", secret("test")));
    assertThat(texts(get(of(brian, safe).contents()))).hasSize(3);

    SafeFolder made = get(safe.createFolder("db/prod", Map.of("carol", FolderRight.READ)));

    assertThat(made.path()).isEqualTo("db/prod");
    assertThat(texts(get(safe.contents()))).containsExactlyInAnyOrder("test", "production", "key");
    assertThat(get(safe.contents()).items()).hasSize(4);
    assertThat(paths(safe)).containsExactlyInAnyOrder("db", "db/prod", "db/prod/keys");
    Safe atBrian = of(brian, safe);
    assertThat(texts(get(atBrian.contents()))).containsExactly("test");
    assertThat(right(atBrian, made)).isEqualTo(FolderRight.NONE);
    assertThat(get(atBrian.folders()).get(0).path()).isEqualTo(made.id().toString());
    Safe atCarol = of(carol, safe);
    assertThat(texts(get(atCarol.contents())))
        .containsExactlyInAnyOrder("test", "production", "key");
    assertThat(problem(atCarol.add("db/prod", secret("hers"))).kind()).isEqualTo(Kind.NOT_ALLOWED);
    get(safe.add("db/prod", secret("later")));
    assertThat(texts(get(atCarol.contents()))).contains("later");
    assertThat(texts(get(atBrian.contents()))).doesNotContain("later");
  }

  @Test
  void theFolderWinsOverTheSafe() {
    Safe safe = safe("wins");
    SafeFolder made = get(safe.createFolder("shared", Map.of("carol", FolderRight.FULL)));
    Safe atCarol = of(carol, safe);
    assertThat(problem(atCarol.add("", secret("not here"))).kind()).isEqualTo(Kind.NOT_ALLOWED);
    SafeItem hers = get(atCarol.add("shared", secret("but here")));
    assertThat(hers.place().room()).isEqualTo(made.id());
    SafeItem edited = get(atCarol.edit(hers, "shared/inner", secret("edited")));
    assertThat(edited.id()).isEqualTo(hers.id());
    assertThat(get(safe.versions(hers.id()))).hasSize(2);
    assertThat(paths(safe)).containsExactly("shared/inner");
  }

  @Test
  void anItemMovesBetweenFoldersAndSafesAndIsSealedAnew() {
    Safe safe = safe("from");
    Safe other = get(ada.session().safes().create("to"));
    SafeFolder made = get(safe.createFolder("hr", Map.of()));
    SafeItem item = get(safe.add("", secret("salary")));
    get(of(brian, safe).contents());

    SafeItem inside = get(safe.edit(item, "hr/2026", item.content()));

    assertThat(inside.id()).isNotEqualTo(item.id());
    assertThat(inside.version()).isEqualTo(1);
    assertThat(inside.place().room()).isEqualTo(made.id());
    assertThat(texts(get(of(brian, safe).contents()))).isEmpty();
    assertThat(get(safe.versions(item.id()))).isEmpty();
    SafeItem away = get(safe.move(inside, other, "x"));
    assertThat(texts(get(safe.contents()))).isEmpty();
    assertThat(texts(get(other.contents()))).containsExactly("salary");
    get(other.move(away, safe, ""));
    assertThat(texts(get(of(brian, safe).contents()))).containsExactly("salary");
    assertThat(problem(other.edit(away, "", secret("gone"))).refusal())
        .isEqualTo("version-conflict");
  }

  @Test
  void whoMayNotWriteAtBothEndsMovesNothingAndLosesNothing() {
    Safe safe = safe("ends");
    get(safe.createFolder("reports", Map.of("brian", FolderRight.READ)));
    get(safe.add("reports", secret("report")));
    Safe atBrian = of(brian, safe);
    SafeItem report = get(atBrian.contents()).items().get(0);
    assertThat(problem(atBrian.edit(report, "", report.content())).kind())
        .isEqualTo(Kind.NOT_ALLOWED);
    SafeItem own = get(atBrian.add("", secret("own")));
    assertThat(problem(atBrian.edit(own, "reports", own.content())).kind())
        .isEqualTo(Kind.NOT_ALLOWED);
    assertThat(texts(get(atBrian.contents()))).containsExactlyInAnyOrder("report", "own");
  }

  @Test
  void ofAMoveThatSomebodyElseWasFirstAtBothVersionsAreThere() {
    Safe safe = safe("first");
    get(safe.createFolder("in", Map.of()));
    SafeItem seen = get(safe.add("", secret("one")));
    get(of(brian, safe).edit(seen, "", secret("two")));
    assertThat(problem(safe.edit(seen, "in", seen.content())).refusal())
        .isEqualTo("version-conflict");
    assertThat(texts(get(safe.contents()))).containsExactlyInAnyOrder("one", "two");
  }

  @Test
  void foldersNestMoveAndAreRemoved() {
    Safe safe = safe("nested");
    SafeFolder outer = get(safe.createFolder("a", Map.of("brian", FolderRight.FULL)));
    SafeFolder inner = get(safe.createFolder("a/b/c", Map.of("carol", FolderRight.READ)));
    assertThat(inner.parent()).isEqualTo(outer.id());
    get(safe.add("a/b/c/d", secret("deep")));
    get(safe.add("a/b", secret("higher")));
    assertThat(texts(get(of(brian, safe).contents()))).containsExactly("higher");
    // Carol has no right to what lies between: she does not find the way.
    assertThat(texts(get(of(carol, safe).contents()))).isEmpty();

    assertThat(problem(safe.moveFolder(outer, safe, "a/b/c/x")).refusal())
        .isEqualTo("folder-cycle");
    SafeFolder moved = get(safe.moveFolder(inner, safe, "z"));
    assertThat(moved.parent()).isEqualTo(safe.id());
    assertThat(texts(get(of(carol, safe).contents()))).containsExactly("deep");
    assertThat(paths(of(carol, safe))).containsExactly("z/d");
    get(safe.moveFolder(folder(safe, "z"), safe, "y"));
    assertThat(paths(of(carol, safe))).containsExactly("y/d");

    assertThat(problem(safe.removeFolder(folder(safe, "y"), false)).refusal())
        .isEqualTo("folder-not-empty");
    get(
        safe.purge(
            get(safe.contents()).items().stream()
                .filter(item -> item.folder().startsWith("y"))
                .findFirst()
                .orElseThrow()));
    get(safe.removeFolder(folder(safe, "y"), false));
    assertThat(get(safe.folders())).extracting(SafeFolder::path).containsExactly("a");
    get(safe.removeFolder(folder(safe, "a"), true));
    assertThat(get(safe.folders())).isEmpty();
    assertThat(get(safe.contents()).items()).isEmpty();
  }

  @Test
  void aFolderMovesToAnotherSafeAndWhoIsNotInItIsOut() {
    Safe safe = safe("old home");
    Safe other = get(ada.session().safes().create("new home"));
    get(other.share("carol", Role.READER));
    SafeFolder made =
        get(
            safe.createFolder(
                "team", Map.of("brian", FolderRight.FULL, "carol", FolderRight.READ)));
    get(safe.add("team", secret("shared")));
    assertThat(texts(get(of(brian, safe).contents()))).containsExactly("shared");

    SafeFolder moved = get(safe.moveFolder(made, other, "guests/team"));

    assertThat(moved.id()).isEqualTo(made.id());
    assertThat(get(safe.folders())).isEmpty();
    assertThat(texts(get(safe.contents()))).isEmpty();
    assertThat(paths(of(carol, other))).containsExactly("guests/team");
    assertThat(texts(get(of(brian, safe).contents()))).isEmpty();
    get(other.add("guests/team", secret("after")));
    assertThat(get(other.folderMembers(moved)))
        .extracting(member -> member.contact().login())
        .containsExactlyInAnyOrder("ada", "carol");
  }

  @Test
  void whoseRightIsTakenAwayCannotReadOnAndWhatHeCouldOpenIsTold() {
    Safe safe = safe("taken");
    SafeFolder made = get(safe.createFolder("ops", Map.of("brian", FolderRight.FULL)));
    SafeItem known = get(safe.add("ops", secret("known")));
    assertThat(texts(get(of(brian, safe).contents()))).containsExactly("known");

    Safe.RightChange change = get(safe.setRight(made, "brian", FolderRight.NONE));

    assertThat(change.proposed()).isFalse();
    assertThat(change.rotate()).extracting(SafeItem::id).containsExactly(known.id());
    assertThat(texts(get(of(brian, safe).contents()))).isEmpty();
    assertThat(get(safe.reseal())).isEqualTo(1);
    assertThat(get(safe.contents()).items().get(0).place().generation()).isEqualTo(2);
    assertThat(get(safe.setRight(made, "brian", FolderRight.READ)).rotate()).isEmpty();
    assertThat(texts(get(of(brian, safe).contents()))).containsExactly("known");
    assertThat(get(safe.revoke("brian"))).extracting(SafeItem::id).containsExactly(known.id());
    assertThat(get(safe.folderMembers(made)))
        .extracting(member -> member.contact().login())
        .containsExactly("ada");
  }

  @Test
  void anAdminWithoutRightAdministersTheFolderWithoutReadingIt() {
    Safe safe = safe("steward");
    get(safe.share("carol", Role.ADMIN));
    SafeFolder made = get(safe.createFolder("board", Map.of("brian", FolderRight.FULL)));
    get(safe.add("board", secret("minutes")));
    Safe atCarol = of(carol, safe);
    assertThat(texts(get(atCarol.contents()))).isEmpty();
    SafeFolder seen = get(atCarol.folders()).get(0);
    assertThat(seen.administers()).isTrue();
    assertThat(seen.right()).isEqualTo(FolderRight.NONE);
    assertThat(get(atCarol.folderMembers(seen))).hasSize(3);

    assertThat(get(atCarol.setRight(seen, "brian", FolderRight.NONE)).rotate()).isEmpty();

    assertThat(texts(get(of(brian, safe).contents()))).isEmpty();
    // The secret that he left owed is made by the next who may.
    assertThat(texts(get(safe.contents()))).containsExactly("minutes");
    assertThat(get(safe.reseal())).isEqualTo(1);

    assertThat(get(atCarol.setRight(seen, "brian", FolderRight.READ)).proposed()).isTrue();
    assertThat(texts(get(of(brian, safe).contents()))).isEmpty();
    assertThat(get(safe.folderMembers(made)))
        .filteredOn(member -> member.contact().login().equals("brian"))
        .extracting(FolderMember::proposed)
        .containsExactly(FolderRight.READ);
    assertThat(get(safe.setRight(made, "brian", FolderRight.READ)).proposed()).isFalse();
    assertThat(texts(get(of(brian, safe).contents()))).containsExactly("minutes");
  }

  @Test
  void whoBecomesAnAdminOfTheSafeAdministersItsFoldersAndStopsWhenHeIsNone() {
    Safe safe = safe("promoted");
    SafeFolder made = get(safe.createFolder("board", Map.of("brian", FolderRight.FULL)));
    get(safe.share("carol", Role.ADMIN));
    get(safe.share("brian", Role.ADMIN));
    assertThat(get(of(carol, safe).folders()).get(0).administers()).isTrue();
    assertThat(get(of(brian, safe).folders()).get(0).administers()).isTrue();
    assertThat(problem(safe.setRight(made, "brian", FolderRight.READ)).refusal())
        .isEqualTo("admin-right");
    get(safe.share("carol", Role.READER));
    get(safe.share("brian", Role.READER));
    assertThat(get(of(carol, safe).folders()).get(0).administers()).isFalse();
    assertThat(right(of(brian, safe), made)).isEqualTo(FolderRight.FULL);
    assertThat(get(of(brian, safe).folders()).get(0).administers()).isFalse();
  }

  @Test
  void aFolderIsForMembersOfTheSafeAndHasAPathOfItsOwn() {
    Safe safe = get(ada.session().safes().create("alone"));
    assertThat(problem(safe.createFolder("x", Map.of("brian", FolderRight.FULL))).refusal())
        .isEqualTo("not-found");
    SafeFolder made = get(safe.createFolder("x/y", Map.of()));
    assertThat(problem(safe.setRight(made, "carol", FolderRight.READ)).refusal())
        .isEqualTo("not-found");
    for (String taken : List.of("x", "x/y")) {
      assertThat(problem(safe.createFolder(taken, Map.of())).refusal()).isEqualTo("folder-exists");
    }
    assertThat(problem(safe.createFolder("", Map.of())).refusal()).isEqualTo("folder-invalid");
    assertThat(problem(safe.createFolder("a//b", Map.of())).refusal()).isEqualTo("item-invalid");
    assertThat(problem(safe.createFolder("n".repeat(201), Map.of())).refusal())
        .isEqualTo("folder-invalid");
    assertThat(get(safe.folders())).hasSize(1);
  }
}
