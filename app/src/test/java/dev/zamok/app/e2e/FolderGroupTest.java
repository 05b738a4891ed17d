package dev.zamok.app.e2e;

import static dev.zamok.app.e2e.Person.get;
import static dev.zamok.app.e2e.Person.problem;
import static dev.zamok.app.e2e.SafeTest.of;
import static dev.zamok.app.e2e.SafeTest.secret;
import static dev.zamok.app.e2e.SafeTest.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.client.group.Group;
import dev.zamok.client.problem.ClientProblem.Kind;
import dev.zamok.client.safe.FolderMember;
import dev.zamok.client.safe.FolderRight;
import dev.zamok.client.safe.Revoked;
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

/** Groups in folders with rights of their own: Ada owns safes and groups. */
class FolderGroupTest {
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

  private static Group group(String name, String... logins) {
    Group group = get(ada.session().groups().create(name));
    for (String login : logins) {
      get(group.add(login, false));
    }
    return group;
  }

  /** Which the group reads. */
  private static Safe shared(String name, Group group) {
    Safe safe = get(ada.session().safes().create(name));
    get(safe.sharing().shareWithGroup(group, Role.READER));
    return safe;
  }

  /** Of Ada alone, with a secret in it. */
  private static SafeFolder folder(Safe safe, String path) {
    SafeFolder folder = get(safe.folders().create(path, Map.of()));
    get(safe.items().add(path, secret("in " + path)));
    return folder;
  }

  private static SafeFolders.RightChange give(
      Safe at, SafeFolder folder, Group group, FolderRight right) {
    return get(at.folders().setGroupRight(folder, group.id(), right));
  }

  private static List<FolderMember> groups(Safe at, SafeFolder folder) {
    return get(at.folders().members(folder)).stream()
        .filter(member -> member.contact().isGroup())
        .toList();
  }

  private static SafeFolder only(Safe at) {
    List<SafeFolder> all = get(at.folders().list());
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  private static int generation(Safe safe, String text) {
    return get(safe.items().contents()).live().stream()
        .filter(item -> SafeTest.text(item).equals(text))
        .findFirst()
        .orElseThrow()
        .place()
        .generation();
  }

  @Test
  void aGroupWhoseSafeReadsHasNothingOfAFolderThenReadsThenWritesThenNothing() {
    Group group = group("first", "brian");
    Safe safe = shared("rights", group);
    SafeFolder folder = folder(safe, "db");
    Safe atBrian = of(brian, safe);
    assertThat(texts(get(atBrian.items().contents()))).isEmpty();
    assertThat(only(atBrian).isClosed()).isTrue();
    assertThat(groups(safe, folder))
        .extracting(FolderMember::right)
        .containsExactly(FolderRight.NONE);

    assertThat(give(safe, folder, group, FolderRight.READ).rotate()).isEmpty();
    assertThat(texts(get(atBrian.items().contents()))).containsExactly("in db");
    assertThat(only(atBrian).right()).isEqualTo(FolderRight.READ);
    assertThat(only(atBrian).path()).isEqualTo("db");
    assertThat(problem(atBrian.items().add("db", secret("no"))).kind()).isEqualTo(Kind.NOT_ALLOWED);
    assertThat(groups(safe, folder))
        .extracting(FolderMember::right)
        .containsExactly(FolderRight.READ);

    // The folder wins over the safe, which the group only reads.
    give(safe, folder, group, FolderRight.FULL);
    SafeItem written = get(atBrian.items().add("db/more", secret("by the group")));
    assertThat(written.author().isGroup()).isTrue();
    assertThat(written.place().room()).isEqualTo(folder.id());
    assertThat(problem(atBrian.items().add("", secret("no"))).kind()).isEqualTo(Kind.NOT_ALLOWED);

    SafeFolders.RightChange change = give(safe, folder, group, FolderRight.NONE);
    assertThat(change.proposed()).isFalse();
    assertThat(change.rotate())
        .extracting(SafeTest::text)
        .containsExactlyInAnyOrder("in db", "by the group");
    get(safe.items().add("db", secret("after")));
    assertThat(texts(get(atBrian.items().contents()))).isEmpty();
    assertThat(give(safe, folder, group, FolderRight.NONE).rotate()).isEmpty();
    give(safe, folder, group, FolderRight.READ);
    assertThat(texts(get(atBrian.items().contents())))
        .containsExactlyInAnyOrder("in db", "by the group", "after");
  }

  @Test
  void aNewGenerationOfTheGroupForcesOneInItsFoldersAndTellsWhatCouldBeOpenedThere() {
    Group group = group("second", "brian", "carol");
    Safe safe = shared("renewed", group);
    get(safe.items().add("", secret("of the safe")));
    SafeFolder read = folder(safe, "read");
    folder(safe, "closed");
    give(safe, read, group, FolderRight.READ);
    assertThat(get(safe.sharing().openTo(group.id())))
        .extracting(SafeTest::text)
        .containsExactlyInAnyOrder("of the safe", "in read");

    assertThat(get(group.remove("brian"))).isEmpty();

    get(safe.items().add("read", secret("after him")));
    get(safe.items().add("closed", secret("as before")));
    assertThat(generation(safe, "after him")).isGreaterThanOrEqualTo(2);
    assertThat(generation(safe, "as before")).isEqualTo(1);
    assertThat(problem(brian.session().room(read.id())).kind())
        .isIn(Kind.REFUSED, Kind.NOT_ALLOWED);
    assertThat(texts(get(of(carol, safe).items().contents())))
        .containsExactlyInAnyOrder("of the safe", "in read", "after him");
  }

  @Test
  void theFolderOfAnotherAdminTakesNothingNewUntilHeComesAndIsNamed() {
    Group group = group("third", "brian", "carol");
    Safe safe = get(carol.session().safes().create("of carol"));
    get(safe.sharing().share("ada", Role.WRITER));
    get(safe.sharing().shareWithGroup(at(carol, group), Role.READER));
    SafeFolder folder = get(safe.folders().create("db", Map.of("ada", FolderRight.FULL)));
    give(safe, folder, group, FolderRight.READ);
    get(safe.items().add("db", secret("known")));

    assertThat(get(group.remove("brian"))).containsExactlyInAnyOrder(safe.id(), folder.id());
    Safe atAda = of(ada, safe);
    assertThat(problem(atAda.items().add("db", secret("not yet"))).kind())
        .isEqualTo(Kind.GENERATION_OWED);
    assertThat(texts(get(atAda.items().contents()))).containsExactly("known");

    get(safe.items().add("db", secret("with the new secret")));
    get(atAda.items().add("db", secret("now")));
    assertThat(generation(safe, "now")).isGreaterThanOrEqualTo(2);
    assertThat(get(group.settle())).containsExactly(safe.id());
  }

  private static Group at(Person person, Group group) {
    return get(person.session().groups().group(group.id()));
  }

  @Test
  void whoLeavesTheGroupOwesASecretOfTheFolderToo() {
    Group group = group("fourth", "brian");
    Safe safe = shared("owed", group);
    SafeFolder folder = folder(safe, "db");
    give(safe, folder, group, FolderRight.FULL);
    assertThat(texts(get(of(brian, safe).items().contents()))).containsExactly("in db");
    get(at(brian, group).leave());
    assertThat(get(group.settle())).isEmpty();
    get(safe.items().add("db", secret("without him")));
    assertThat(generation(safe, "without him")).isGreaterThanOrEqualTo(2);
    assertThat(get(safe.sharing().openTo(group.id())))
        .extracting(SafeTest::text)
        .containsExactlyInAnyOrder("in db", "without him");
  }

  @Test
  void aGroupThatIsShutOutOfTheSafeIsOutOfItsFolders() {
    Group group = group("fifth", "brian");
    Safe safe = shared("shut out", group);
    get(safe.items().add("", secret("of the safe")));
    SafeFolder folder = folder(safe, "db");
    folder(safe, "closed");
    give(safe, folder, group, FolderRight.FULL);

    Revoked revoked = get(safe.sharing().revokeGroup(group.id()));

    assertThat(revoked.isWhole()).isTrue();
    assertThat(revoked.folders()).containsExactly(folder.id());
    assertThat(revoked.open())
        .extracting(SafeTest::text)
        .containsExactlyInAnyOrder("of the safe", "in db");
    assertThat(groups(safe, folder)).isEmpty();
    assertThat(problem(brian.session().room(folder.id())).kind())
        .isIn(Kind.REFUSED, Kind.NOT_ALLOWED);
    get(safe.items().add("db", secret("after")));
    assertThat(generation(safe, "after")).isGreaterThanOrEqualTo(2);
    assertThat(problem(safe.sharing().revokeGroup(group.id())).refusal()).isEqualTo("not-found");
    assertThat(
            problem(safe.folders().setGroupRight(folder, group.id(), FolderRight.READ)).refusal())
        .isEqualTo("not-found");
  }

  @Test
  void aStewardWhoReadsAsAGroupStillAdministersTheFolder() {
    Group group = group("sixth", "carol");
    Safe safe = shared("steward", group);
    get(safe.sharing().share("carol", Role.ADMIN));
    get(safe.sharing().share("brian", Role.READER));
    SafeFolder folder = get(safe.folders().create("board", Map.of("brian", FolderRight.READ)));
    get(safe.items().add("board", secret("minutes")));
    Safe atCarol = of(carol, safe);
    assertThat(only(atCarol).right()).isEqualTo(FolderRight.NONE);

    give(safe, folder, group, FolderRight.READ);
    SafeFolder seen = only(atCarol);
    assertThat(seen.right()).isEqualTo(FolderRight.READ);
    assertThat(seen.administers()).isTrue();
    assertThat(texts(get(atCarol.items().contents()))).containsExactly("minutes");

    assertThat(get(atCarol.sharing().revoke("brian")).folders()).containsExactly(folder.id());
    assertThat(problem(brian.session().room(folder.id())).kind())
        .isIn(Kind.REFUSED, Kind.NOT_ALLOWED);
    // She owes what she cannot make, and Ada's program makes it.
    assertThat(texts(get(safe.items().contents()))).containsExactly("minutes");
    get(safe.items().add("board", secret("agenda")));

    // The last that she sees of it by the group is what the group could open.
    assertThat(give(atCarol, seen, group, FolderRight.NONE).rotate())
        .extracting(SafeTest::text)
        .containsExactlyInAnyOrder("minutes", "agenda");
    assertThat(texts(get(atCarol.items().contents()))).isEmpty();
    assertThat(only(atCarol).administers()).isTrue();
    get(safe.items().add("board", secret("after")));
    assertThat(generation(safe, "agenda")).isGreaterThan(generation(safe, "minutes"));
    assertThat(generation(safe, "after")).isGreaterThan(generation(safe, "agenda"));
  }

  @Test
  void whoseOwnRightIsTakenAndStillReadsAsAGroupIsTold() {
    Group group = group("seventh", "brian");
    Safe safe = shared("both", group);
    get(safe.sharing().share("brian", Role.READER));
    SafeFolder folder = get(safe.folders().create("db", Map.of("brian", FolderRight.FULL)));
    get(safe.items().add("db", secret("known")));
    give(safe, folder, group, FolderRight.READ);

    SafeFolders.RightChange change =
        get(safe.folders().setRight(folder, "brian", FolderRight.NONE));

    assertThat(change.groups()).containsExactly(group.id());
    Safe atBrian = of(brian, safe);
    assertThat(texts(get(atBrian.items().contents()))).containsExactly("known");
    assertThat(problem(atBrian.items().add("db", secret("no"))).kind()).isEqualTo(Kind.NOT_ALLOWED);
    // Of the safe he is himself a member, of the folder as the group alone.
    get(atBrian.leave());
    assertThat(get(safe.members())).noneMatch(member -> member.contact().login().equals("brian"));
    give(safe, folder, group, FolderRight.NONE);
    assertThat(get(safe.folders().setRight(folder, "ada", FolderRight.FULL)).groups()).isEmpty();
  }

  @Test
  void aFolderMovesToAnotherSafeAndOnlyGroupsThatAreInItGoAlong() {
    Group stays = group("eighth", "brian");
    Group goes = group("eighth too", "carol");
    Safe safe = shared("old home", stays);
    get(safe.sharing().shareWithGroup(goes, Role.READER));
    Safe other = shared("new home", goes);
    SafeFolder folder = folder(safe, "team");
    give(safe, folder, stays, FolderRight.FULL);
    give(safe, folder, goes, FolderRight.READ);

    SafeFolder moved = get(safe.folders().move(folder, other, "guests"));

    assertThat(groups(other, moved))
        .extracting(member -> member.contact().account().toBytes())
        .containsExactly(goes.id().toBytes());
    get(other.items().add("guests", secret("after")));
    assertThat(generation(other, "after")).isGreaterThanOrEqualTo(2);
    assertThat(texts(get(of(carol, other).items().contents())))
        .containsExactlyInAnyOrder("in team", "after");
    assertThat(problem(brian.session().room(folder.id())).kind())
        .isIn(Kind.REFUSED, Kind.NOT_ALLOWED);
  }

  @Test
  void nobodyIsLeftWithGroupsAloneAndOnlyWhoIsInAGroupBringsItIn() {
    Group group = group("ninth", "brian");
    Safe safe = shared("kept", group);
    get(safe.sharing().share("carol", Role.ADMIN));
    SafeFolder folder = get(safe.folders().create("db", Map.of("carol", FolderRight.FULL)));
    Safe atCarol = of(carol, safe);
    assertThat(
            problem(atCarol.folders().setGroupRight(folder, group.id(), FolderRight.READ)).kind())
        .isEqualTo(Kind.NOT_ALLOWED);
    give(safe, folder, group, FolderRight.READ);
    give(atCarol, folder, group, FolderRight.FULL);

    get(safe.folders().setRight(folder, "carol", FolderRight.NONE));
    assertThat(problem(safe.folders().setRight(folder, "ada", FolderRight.NONE)).refusal())
        .isEqualTo("folder-keeper");
    give(safe, folder, group, FolderRight.NONE);
    assertThat(get(safe.folders().setRight(folder, "carol", FolderRight.FULL)).proposed())
        .isFalse();
    get(safe.folders().setRight(folder, "ada", FolderRight.NONE));
  }
}
