package dev.zamok.app.e2e;

import static dev.zamok.app.e2e.Person.get;
import static dev.zamok.app.e2e.Person.problem;
import static dev.zamok.app.e2e.SafeTest.of;
import static dev.zamok.app.e2e.SafeTest.secret;
import static dev.zamok.app.e2e.SafeTest.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.client.group.Group;
import dev.zamok.client.problem.ClientProblem.Kind;
import dev.zamok.client.safe.Safe;
import dev.zamok.client.safe.SafeItem;
import dev.zamok.crypto.chain.Role;
import java.nio.file.Path;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Groups as members of safes, of real clients at a real server. */
class GroupTest {
  private static TestServer server;

  @BeforeAll
  static void serve(@TempDir Path place) {
    server = TestServer.start(place);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Person person(String login) {
    return Person.register(Person.Way.to(server), login);
  }

  private static Group at(Person person, Group group) {
    return get(person.session().groups().group(group.id()));
  }

  @Test
  void membersReadThroughTheGroupUntilTheyAreRemovedFromIt() {
    try (Person ada = person("ada");
        Person brian = person("brian");
        Person carol = person("carol")) {
      Group group = get(ada.session().groups().create("operators"));
      get(group.add("brian", false));
      get(group.add("carol", false));
      Safe safe = get(ada.session().safes().create("servers"));
      get(safe.items().add("", secret("before the group")));
      get(safe.sharing().shareWithGroup(group, Role.READER));
      get(safe.items().add("", secret("for the group")));

      assertThat(get(brian.session().safes().list()))
          .extracting(Safe::id)
          .containsExactly(safe.id());
      Safe atBrian = of(brian, safe);
      assertThat(get(atBrian.name())).contains("servers");
      assertThat(get(atBrian.role())).isEqualTo(Role.READER);
      assertThat(texts(get(atBrian.items().contents())))
          .containsExactly("before the group", "for the group");
      assertThat(problem(atBrian.items().add("", secret("no"))).kind()).isEqualTo(Kind.NOT_ALLOWED);

      assertThat(get(group.remove("brian"))).isEmpty();
      get(safe.items().add("", secret("after him")));
      assertThat(problem(atBrian.items().contents()).refusal()).isEqualTo("not-found");
      assertThat(get(brian.session().safes().list())).isEmpty();
      assertThat(get(brian.session().groups().list())).isEmpty();
      assertThat(texts(get(of(carol, safe).items().contents())))
          .containsExactly("before the group", "for the group", "after him");
    }
  }

  @Test
  void groupThatMayWriteWritesUnderItsOwnName() {
    try (Person ada = person("ada2");
        Person brian = person("brian2")) {
      Group group = get(ada.session().groups().create("writers"));
      get(group.add("brian2", false));
      Safe safe = get(ada.session().safes().create("shared"));
      get(safe.sharing().shareWithGroup(group, Role.WRITER));
      SafeItem written = get(of(brian, safe).items().add("folder", secret("by one of them")));
      assertThat(written.author().isGroup()).isTrue();
      SafeItem seen = get(safe.items().contents()).items().get(0);
      assertThat(seen.author().isGroup()).isTrue();
      assertThat(seen.author().fingerprint()).isEqualTo(written.author().fingerprint());
      get(safe.items().edit(seen, "folder", secret("edited by ada")));
      assertThat(texts(get(of(brian, safe).items().contents()))).containsExactly("edited by ada");
      assertThat(get(safe.members())).hasSize(2);
    }
  }

  @Test
  void safesOfOthersWaitForTheirAdminWhoRenewsThemUnasked() {
    try (Person ada = person("ada3");
        Person brian = person("brian3");
        Person dora = person("dora3")) {
      Group group = get(ada.session().groups().create("three"));
      get(group.add("brian3", false));
      get(group.add("dora3", false));
      Safe safe = get(dora.session().safes().create("of dora"));
      get(safe.sharing().shareWithGroup(at(dora, group), Role.WRITER));
      get(of(brian, safe).items().add("", secret("while he was in")));

      assertThat(get(group.remove("brian3"))).containsExactly(safe.id());
      Safe atAda = of(ada, safe);
      assertThat(problem(atAda.items().add("", secret("not yet"))).kind())
          .isEqualTo(Kind.GENERATION_OWED);

      get(safe.items().add("", secret("with the new secret")));
      get(atAda.items().add("", secret("now")));
      assertThat(texts(get(safe.items().contents())))
          .containsExactly("while he was in", "with the new secret", "now");
    }
  }

  @Test
  void leavingOwesWhatTheOthersMake() {
    try (Person ada = person("ada4");
        Person brian = person("brian4");
        Person carol = person("carol4")) {
      Group group = get(ada.session().groups().create("four"));
      get(group.add("brian4", false));
      get(group.add("carol4", false));
      Safe safe = get(ada.session().safes().create("left"));
      get(safe.sharing().shareWithGroup(group, Role.READER));
      get(at(brian, group).leave());
      assertThat(problem(safe.items().add("", secret("not yet"))).kind())
          .isEqualTo(Kind.GENERATION_OWED);
      assertThat(get(at(carol, group).settle())).containsExactly(safe.id());
      get(safe.items().add("", secret("without brian")));
      assertThat(texts(get(of(carol, safe).items().contents()))).containsExactly("without brian");
    }
  }

  @Test
  void changesArriveLiveThroughTheGroupAndGoOnAfterItsNextGeneration() throws Exception {
    try (Person ada = person("ada7");
        Person brian = person("brian7");
        Person carol = person("carol7")) {
      Group group = get(ada.session().groups().create("seven"));
      get(group.add("brian7", false));
      get(group.add("carol7", false));
      Safe safe = get(ada.session().safes().create("live"));
      get(safe.sharing().shareWithGroup(group, Role.READER));
      Safe atCarol = of(carol, safe);
      LinkedBlockingQueue<Boolean> told = new LinkedBlockingQueue<>();
      get(atCarol.listen(() -> told.add(true)));
      told.clear();
      get(safe.items().add("", secret("first")));
      assertThat(told.poll(Heard.SECONDS_MAX, TimeUnit.SECONDS)).isNotNull();
      assertThat(texts(get(atCarol.items().contents()))).containsExactly("first");

      get(group.remove("brian7"));
      get(safe.items().add("", secret("second")));
      assertThat(texts(get(atCarol.items().contents()))).containsExactly("first", "second");
      told.clear();
      get(safe.items().add("", secret("third")));
      assertThat(told.poll(Heard.SECONDS_MAX, TimeUnit.SECONDS)).isNotNull();
      assertThat(texts(get(atCarol.items().contents())))
          .containsExactly("first", "second", "third");
    }
  }

  @Test
  void groupIsShutOutOfASafeAndComesBack() {
    try (Person ada = person("ada5");
        Person brian = person("brian5")) {
      Group group = get(ada.session().groups().create("five"));
      get(group.add("brian5", false));
      Safe safe = get(ada.session().safes().create("there and back"));
      get(safe.items().add("", secret("one")));
      get(safe.sharing().shareWithGroup(group, Role.READER));
      assertThat(texts(get(of(brian, safe).items().contents()))).containsExactly("one");
      assertThat(get(safe.sharing().revokeGroup(group.id())).open()).hasSize(1);
      assertThat(problem(brian.session().safes().safe(safe.id())).refusal()).isEqualTo("not-found");
      get(safe.items().add("", secret("two")));
      get(safe.sharing().shareWithGroup(group, Role.WRITER));
      assertThat(texts(get(of(brian, safe).items().contents()))).containsExactly("one", "two");
      get(of(brian, safe).items().add("", secret("three")));
      assertThat(texts(get(safe.items().contents()))).containsExactly("one", "two", "three");
    }
  }

  @Test
  void personInTheSafeByHimselfHasTheBetterOfBoth() {
    try (Person ada = person("ada6");
        Person brian = person("brian6")) {
      Group group = get(ada.session().groups().create("six"));
      get(group.add("brian6", false));
      Safe safe = get(ada.session().safes().create("both"));
      get(safe.sharing().share("brian6", Role.READER));
      get(safe.sharing().shareWithGroup(group, Role.WRITER));
      Safe atBrian = of(brian, safe);
      assertThat(get(atBrian.role())).isEqualTo(Role.WRITER);
      get(atBrian.items().add("", secret("as the group")));
      get(safe.sharing().revokeGroup(group.id()));
      assertThat(problem(atBrian.items().add("", secret("no more"))).kind())
          .isEqualTo(Kind.NOT_ALLOWED);
      assertThat(texts(get(atBrian.items().contents()))).containsExactly("as the group");
    }
  }
}
