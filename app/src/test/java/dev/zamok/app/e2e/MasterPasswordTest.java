package dev.zamok.app.e2e;

import static dev.zamok.app.e2e.Person.get;
import static dev.zamok.app.e2e.Person.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.app.account.AccountCommands;
import dev.zamok.app.login.Asker;
import dev.zamok.app.safe.SafeCommands;
import dev.zamok.client.DeviceLogin;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.problem.ClientProblem.Kind;
import dev.zamok.protocol.SessionId;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Another master password, at a real server and through one that loses answers. */
class MasterPasswordTest {
  private static final String NEXT = "a new master password";
  private static final String DOUBT = "your keys are safe";
  private static CommandBed bed;
  private static EvilServer evil;

  @BeforeAll
  static void serve(@TempDir Path place) {
    bed = new CommandBed(place);
    evil = EvilServer.before(bed.server(), place);
  }

  @AfterAll
  static void stop() {
    evil.close();
    bed.close();
  }

  @AfterEach
  void honest() {
    evil.lieNoMore();
  }

  private static Map<String, String> passwords(String login, String master) {
    return Map.of("ZAMOK_PASSWORD", Person.password(login), "ZAMOK_MASTER_PASSWORD", master);
  }

  private static Commands safe(String login, String place, Map<String, String> env, String... a) {
    return bed.runIn(place, SafeCommands.commandLine(env, Asker.nobody()), login, a);
  }

  private static Commands change(
      String login, String place, Map<String, String> env, Asker asker, String... more) {
    CommandLine line = AccountCommands.commandLine(env, asker);
    return bed.account(place, line, login, "master-password", more);
  }

  private static Commands change(String login, String place, String current, String... more) {
    Map<String, String> env = new HashMap<>(passwords(login, current));
    env.put("ZAMOK_NEW_MASTER_PASSWORD", NEXT);
    return change(login, place, env, Asker.nobody(), more);
  }

  @Test
  void theNewOneOpensTheAccountAndTheOldOneDoesNot() {
    String old = Person.master("ada");
    safe("ada", "ada", passwords("ada", old), "--register", "create", "servers").ok();
    safe("ada", "kept", passwords("ada", old), "--remember-device", "list").ok();
    assertThat(change("ada", "ada", old).ok().err()).contains("is changed");

    Commands former = safe("ada", "ada", passwords("ada", old), "list");
    assertThat(former.code()).isEqualTo(1);
    assertThat(former.err()).contains("the master password is wrong");
    assertThat(safe("ada", "ada", passwords("ada", NEXT), "list").ok().out()).contains("servers");
    // A device that is kept asks for none.
    assertThat(safe("ada", "kept", Map.of(), "list").ok().out()).contains("servers");
  }

  @Test
  void allOtherLoginsEndOnRequest() {
    String old = Person.master("brian");
    safe("brian", "brian", passwords("brian", old), "--register", "list").ok();
    safe("brian", "lost", passwords("brian", old), "--remember-device", "list").ok();
    change("brian", "brian", old, "--end-other-logins").ok();
    Commands after = safe("brian", "lost", Map.of(), "list");
    assertThat(after.code()).isEqualTo(1);
    assertThat(after.err()).contains("no longer kept");
    safe("brian", "lost", passwords("brian", NEXT), "list").ok();
  }

  @Test
  void aWrongOldOneChangesNothingEvenOnADeviceThatIsKept() {
    String old = Person.master("carol");
    Map<String, String> known = passwords("carol", old);
    safe("carol", "carol", known, "--register", "--remember-device", "create", "papers").ok();
    Commands wrong = change("carol", "carol", "not the master password");
    assertThat(wrong.code()).isEqualTo(1);
    assertThat(wrong.err()).contains("the master password is wrong").doesNotContain(DOUBT);
    assertThat(safe("carol", "elsewhere", known, "list").ok().out()).contains("papers");
  }

  @Test
  void theSameAsTheLoginPasswordIsRefused() {
    Typist typist =
        new Typist(
            Person.password("dora"),
            Person.master("dora"),
            Person.password("dora"),
            Person.password("dora"));
    safe("dora", "dora", passwords("dora", Person.master("dora")), "--register", "list").ok();
    Commands refused = change("dora", "dora", Map.of(), typist);
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err()).contains("must not be the login password");
    assertThat(typist.asked)
        .containsExactly(
            "login password", "master password", "new master password", "the same again");
  }

  @Test
  void anAnswerThatIsLostOnItsWayIsFoundAgain() {
    try (Person erin = Person.register(evil.way(Person.Way.to(bed.server())), "erin")) {
      evil.loses("/v1/keyset", 1);
      get(changed(erin, "erin", Person.master("erin")));
    }
    opensWith("erin", NEXT);
  }

  @Test
  void aServerThatGoesAwayInTheMiddleLeavesTheOldOneOrTheNewOne() {
    try (Person frank = Person.register(evil.way(Person.Way.to(bed.server())), "frank")) {
      evil.loses("/v1/keyset", Integer.MAX_VALUE);
      ClientProblem lost = problem(changed(frank, "frank", Person.master("frank")));
      assertThat(lost.kind()).isEqualTo(Kind.UNAVAILABLE);
      assertThat(lost.outcomeUnknown()).isTrue();
    }
    evil.lieNoMore();
    opensWith("frank", NEXT);
    try (Person greta = Person.register(evil.way(Person.Way.to(bed.server())), "greta")) {
      AtomicInteger refused = evil.refuses(HttpMethod.PUT, "/v1/keyset");
      assertThat(problem(changed(greta, "greta", Person.master("greta"))).outcomeUnknown())
          .isFalse();
      assertThat(refused).hasPositiveValue();
    }
    opensWith("greta", Person.master("greta"));
  }

  @Test
  void aLoginThatEndedMeanwhileDoesNotKeepTheOthers() {
    Person.Way honest = Person.Way.to(bed.server());
    try (Person henry = Person.register(evil.way(honest), "henry");
        Person other = Person.login(honest, "henry")) {
      evil.lies("/v1/sessions", (asked, truth) -> withOneThatEnded(truth));
      get(henry.session().revokeOthers());
      assertThat(problem(other.session().logins()).kind()).isEqualTo(Kind.LOGGED_OUT);
      assertThat(get(henry.session().logins())).filteredOn(DeviceLogin::current).hasSize(1);
    }
  }

  @Test
  void aLoginThatCannotBeEndedDoesNotKeepTheOthersAndIsTold() {
    Person.Way honest = Person.Way.to(bed.server());
    try (Person irene = Person.register(evil.way(honest), "irene");
        Person one = Person.login(honest, "irene");
        Person two = Person.login(honest, "irene")) {
      DeviceLogin held =
          get(irene.session().logins()).stream()
              .filter(login -> !login.current())
              .findFirst()
              .orElseThrow();
      AtomicInteger refused = evil.refuses(HttpMethod.DELETE, "/v1/sessions/" + held.session());
      assertThat(problem(irene.session().revokeOthers()).kind()).isEqualTo(Kind.NOT_ALLOWED);
      assertThat(refused).hasValue(1);
      assertThat(get(irene.session().logins())).extracting(DeviceLogin::session).hasSize(2);
      assertThat(List.of(one, two))
          .filteredOn(person -> person.session().logins().handle((d, f) -> f != null).join())
          .hasSize(1);
    }
  }

  @Test
  void theCommandSaysWhatIsChangedWhateverComesAfterAndDoubtsOnlyWhatIsUnknown() {
    String old = Person.master("jane");
    safe("jane", "jane", passwords("jane", old), "--register", "list").ok();
    safe("jane", "another", passwords("jane", old), "--remember-device", "list").ok();
    bed.at(evil.way(Person.Way.to(bed.server())).server());
    try {
      evil.refuses(HttpMethod.DELETE, "/v1/sessions/.*");
      Commands changed = change("jane", "jane", old, "--end-other-logins");
      assertThat(changed.code()).isNotZero();
      assertThat(changed.err()).contains("is changed").doesNotContain(DOUBT);
      evil.lieNoMore();
      evil.loses("/v1/keyset", Integer.MAX_VALUE);
      Commands lost = change("jane", "jane", NEXT);
      assertThat(lost.code()).isNotZero();
      assertThat(lost.err()).contains(DOUBT).doesNotContain("is changed");
    } finally {
      bed.at(bed.server().uri());
    }
  }

  private static JsonObject withOneThatEnded(JsonObject truth) {
    JsonArray sessions = truth.getJsonArray("sessions");
    JsonObject ended = sessions.getJsonObject(0).copy().put("current", false);
    JsonArray all = new JsonArray().add(ended.put("session", new SessionId(4, 2).toString()));
    sessions.forEach(all::add);
    return truth.put("sessions", all);
  }

  private static CompletableFuture<Void> changed(Person who, String login, String current) {
    return who.session()
        .changeMasterPassword(
            Person.password(login).toCharArray(), current.toCharArray(), NEXT.toCharArray());
  }

  private static void opensWith(String login, String master) {
    safe(login, "after " + login, passwords(login, master), "list").ok();
  }
}
