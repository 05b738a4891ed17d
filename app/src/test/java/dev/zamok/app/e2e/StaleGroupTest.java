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
import dev.zamok.crypto.chain.Role;
import io.vertx.core.http.HttpMethod;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes on in a safe while one of its groups has other members than the safe knows. */
class StaleGroupTest {
  private static Path directory;
  private static TestServer server;

  @BeforeAll
  static void serve(@TempDir Path place) {
    directory = place;
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

  /**
   * Programs of the group's members make what it owes by themselves, within two seconds or so: of
   * ada's nothing gets through until carol has done it.
   */
  @Test
  void whoLeftTheGroupIsRevokedFromTheSafeWhileTheGroupStillOwes() {
    try (EvilServer held = EvilServer.before(server, directory);
        Person ada = Person.register(held.way(Person.Way.to(server)), "ada8");
        Person brian = person("brian8");
        Person carol = person("carol8")) {
      Group group = get(ada.session().groups().create("eight"));
      get(group.add("brian8", false));
      get(group.add("carol8", false));
      Safe safe = get(ada.session().safes().create("revoked"));
      get(safe.sharing().share("brian8", Role.READER));
      get(safe.sharing().shareWithGroup(group, Role.READER));
      assertThat(get(safe.sharing().groupsOf("brian8"))).containsExactly(group.id());
      Safe atBrian = of(brian, safe);
      held.refuses(HttpMethod.POST, "/v1/rooms/" + group.id() + "/statements");
      get(at(brian, group).leave());
      assertThat(get(safe.sharing().groupsOf("brian8"))).isEmpty();

      get(safe.sharing().revoke("brian8"));
      held.refuses(HttpMethod.POST, "/v1/rooms/" + safe.id() + "/statements");
      assertThat(problem(atBrian.items().contents()).refusal()).isEqualTo("not-found");
      assertThat(problem(safe.items().add("", secret("not yet"))).kind())
          .isEqualTo(Kind.GENERATION_OWED);
      assertThat(problem(safe.rename("not yet")).kind()).isEqualTo(Kind.GENERATION_OWED);

      assertThat(get(at(carol, group).settle())).containsExactly(safe.id());
      held.lieNoMore();
      get(safe.items().add("", secret("without brian")));
      assertThat(texts(get(of(carol, safe).items().contents()))).containsExactly("without brian");
    }
  }

  @Test
  void folderIsMadeInASafeWhoseGroupHasOtherMembersSince() {
    try (Person ada = person("ada9");
        Person brian = person("brian9");
        Person carol = person("carol9")) {
      Group group = get(brian.session().groups().create("nine"));
      get(group.add("ada9", false));
      get(group.add("carol9", false));
      Safe safe = get(ada.session().safes().create("with folders"));
      get(safe.sharing().shareWithGroup(at(ada, group), Role.READER));
      assertThat(get(group.remove("carol9"))).containsExactly(safe.id());
      get(safe.folders().create("closed", Map.of()));
      get(safe.items().add("", secret("for the group")));
      assertThat(texts(get(of(brian, safe).items().contents()))).containsExactly("for the group");
    }
  }
}
