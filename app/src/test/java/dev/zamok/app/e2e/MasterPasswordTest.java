package dev.zamok.app.e2e;

import static dev.zamok.app.e2e.Person.get;
import static dev.zamok.app.e2e.Person.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.app.account.AccountCommands;
import dev.zamok.app.login.Asker;
import dev.zamok.app.safe.SafeCommands;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.problem.ClientProblem.Kind;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Another master password, at a real server and through one that loses answers. */
class MasterPasswordTest {
  private static final String NEXT = "a new master password";
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
    assertThat(wrong.err()).contains("the master password is wrong");
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
      evil.refuses("/v1/keyset");
      assertThat(problem(changed(greta, "greta", Person.master("greta"))).outcomeUnknown())
          .isFalse();
    }
    opensWith("greta", Person.master("greta"));
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
