package dev.zamok.app.e2e;

import static dev.zamok.app.e2e.Person.get;
import static dev.zamok.app.e2e.Person.problem;
import static dev.zamok.app.e2e.SafeTest.of;
import static dev.zamok.app.e2e.SafeTest.secret;
import static dev.zamok.app.e2e.SafeTest.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.problem.ClientProblem.Kind;
import dev.zamok.client.room.RoomMember;
import dev.zamok.client.safe.Admitted;
import dev.zamok.client.safe.Invitation;
import dev.zamok.client.safe.InviteLink;
import dev.zamok.client.safe.Safe;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.chain.Statement;
import dev.zamok.protocol.Bytes;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What is tried with invitations. Ada invites at the honest server; Brian, who invites too, and
 * Dora, who is invited, speak with the evil one.
 */
class InvitationAttackTest {
  /** Far more than are let through in the time of a test. */
  private static final int GUESSES_MAX = 200;

  private static final Duration DAY = Duration.ofDays(1);
  private static final MovingClock SERVER_CLOCK = new MovingClock();

  @RegisterExtension static final AttackBed BED = AttackBed.serverAt(SERVER_CLOCK);

  private static EvilServer evil;
  private static Person ada;
  private static Person brian;
  private static Person carol;
  private static Person dora;

  @BeforeAll
  static void register() {
    evil = BED.evil();
    ada = BED.honest("ada");
    brian = BED.deceived("brian");
    carol = BED.honest("carol");
    dora = BED.deceived("dora");
  }

  private static Safe safe(Person of, String name) {
    Safe safe = get(of.session().safes().create(name));
    get(safe.items().add("", secret("in " + name)));
    return safe;
  }

  private static Invitation invite(Safe safe) {
    return get(safe.invitations().invite(Role.READER, DAY, null));
  }

  private static CompletableFuture<Void> accept(Person who, Invitation invitation) {
    return accept(who, invitation, invitation.code());
  }

  private static CompletableFuture<Void> accept(Person who, Invitation invitation, String code) {
    return who.session().safes().accept(InviteLink.parse(invitation.link().toString()), code);
  }

  private static void notThere(CompletableFuture<?> acceptance) {
    assertThat(problem(acceptance).refusal()).isEqualTo("not-found");
  }

  private static void isOut(Person who, Safe safe) {
    notThere(who.session().safes().safe(safe.id()));
  }

  @Test
  void whoIsInvitedReadsWhenAnAdminWasThereAndNotBefore() {
    Safe safe = safe(ada, "entered");
    get(accept(carol, invite(safe)));
    isOut(carol, safe);
    assertThat(get(safe.members())).hasSize(2).allMatch(RoomMember::isIn);
    Safe atCarol = of(carol, safe);
    assertThat(texts(get(atCarol.items().contents()))).containsExactly("in entered");
    assertThat(get(safe.invitations().open())).isEmpty();
    // The next secret comes with the statement that makes it.
    get(safe.sharing().share("dora", Role.READER));
    get(safe.sharing().revoke("dora"));
    get(safe.items().add("", secret("under the next secret")));
    assertThat(texts(get(atCarol.items().contents()))).contains("under the next secret");
  }

  @Test
  void anInvitationIsAcceptedTwice() {
    Safe safe = safe(ada, "twice");
    Invitation invitation = invite(safe);
    get(accept(carol, invitation));
    notThere(accept(dora, invitation));
    get(safe.sharing().revoke("carol"));
    notThere(accept(carol, invitation));
  }

  @Test
  void ofTwoWhoAcceptAtOnceExactlyOneIsTaken() {
    Safe safe = safe(ada, "at once");
    Invitation invitation = invite(safe);
    List<CompletableFuture<Void>> both =
        List.of(accept(carol, invitation), accept(dora, invitation));
    int taken = 0;
    for (CompletableFuture<Void> one : both) {
      taken += one.handle((done, failure) -> failure == null ? 1 : 0).join();
    }
    assertThat(taken).isEqualTo(1);
    assertThat(get(safe.members())).hasSize(2);
  }

  @Test
  void aWithdrawnInvitationIsAccepted() {
    Safe safe = safe(ada, "withdrawn");
    Invitation invitation = invite(safe);
    get(safe.invitations().withdraw(invitation.index()));
    notThere(accept(carol, invitation));
    assertThat(problem(safe.invitations().withdraw(invitation.index())).refusal())
        .isEqualTo("not-found");
  }

  @Test
  void theCodeOfOneSafeIsTriedInAnother() {
    Safe one = safe(ada, "one");
    Safe other = safe(ada, "other");
    Invitation here = invite(one);
    Invitation there = invite(other);
    notThere(accept(carol, there, here.code()));
    assertThat(get(other.members())).hasSize(1);
  }

  @Test
  void aCodeIsGuessedOnLineUntilItIsRefused() {
    Safe safe = safe(ada, "guessed");
    Invitation invitation = invite(safe);
    String wrong = invite(safe).code();
    try (Person guesser = Person.register(BED.way(), "guesser")) {
      String refusal = "not-found";
      for (int i = 0; i < GUESSES_MAX && refusal.equals("not-found"); i++) {
        refusal = problem(accept(guesser, invitation, wrong)).refusal();
      }
      assertThat(refusal).isEqualTo("rate-limited");
      ClientProblem typo = problem(accept(guesser, invitation, wrong.substring(1) + "0"));
      assertThat(typo.refusal()).isEqualTo("code-needed");
    }
  }

  @Test
  void anInvitationIsAcceptedAfterItsTimeByAClockThatGoesBehind() {
    Safe safe = safe(ada, "late");
    Invitation invitation = get(safe.invitations().invite(Role.READER, Duration.ofHours(1), null));
    SERVER_CLOCK.advance(Duration.ofHours(2));
    // Carol's own clock still says that it is time.
    notThere(accept(carol, invitation));
    assertThat(get(safe.members())).hasSize(1);
  }

  @Test
  void anAcceptanceThatMayBeDatedBackLetsNobodyInByItself() {
    MovingClock clock = new MovingClock();
    Person.Way way = BED.way().with(builder -> builder.clock(clock));
    try (Person erin = Person.register(way, "erin")) {
      Safe safe = safe(erin, "dated back");
      get(accept(carol, invite(safe)));
      clock.advance(DAY.multipliedBy(2));
      assertThat(get(safe.members())).filteredOn(RoomMember::isIn).hasSize(1);
      isOut(carol, safe);
      // Somebody looks at it and says so.
      get(safe.sharing().share("carol", Role.READER));
      assertThat(texts(get(of(carol, safe).items().contents()))).containsExactly("in dated back");
    }
  }

  @Test
  void anInvitationThatIsOverIsTakenWithTheServersHelpAndTheNextSecretIsAwaited() {
    MovingClock clock = new MovingClock();
    Person.Way way = BED.evilWay().with(builder -> builder.clock(clock));
    try (Person greta = Person.register(way, "greta")) {
      Safe safe = safe(greta, "over");
      get(safe.sharing().share("brian", Role.WRITER));
      get(safe.sharing().share("ada", Role.READER));
      Invitation invitation = get(safe.invitations().invite(Role.ADMIN, DAY, null));
      clock.advance(DAY.multipliedBy(2));
      // The server's clock, and the one that carol dates by, stand still for her.
      get(accept(carol, invitation));
      get(safe.sharing().revoke("ada"));
      String card = carol.session().self().fingerprint().toString();
      JsonObject next = evil.last("/v1/rooms/" + safe.id() + "/statements").request();
      assertThat(next.getJsonArray("wraps")).hasSize(2);
      assertThat(next.encode()).doesNotContain(card);
      isOut(carol, safe);
      // Nor does one who writes let her in, when the secret falls to him.
      get(safe.sharing().share("ada", Role.READER));
      get(of(ada, safe).leave());
      get(of(brian, safe).items().add("", secret("after that")));
      JsonObject owed = evil.last("/v1/rooms/" + safe.id() + "/statements").request();
      assertThat(owed.getJsonArray("wraps")).hasSize(2);
      assertThat(owed.encode()).doesNotContain(card);
      isOut(carol, safe);
    }
  }

  @Test
  void anInvitationThatIsOverIsTakenAfterTheNextSecret() {
    MovingClock clock = new MovingClock();
    Person.Way way = BED.way().with(builder -> builder.clock(clock));
    try (Person henry = Person.register(way, "henry")) {
      Safe safe = safe(henry, "withdrawn by itself");
      get(safe.sharing().share("ada", Role.READER));
      Invitation over = invite(safe);
      clock.advance(DAY.multipliedBy(2));
      Invitation open = invite(safe);
      get(safe.sharing().revoke("ada"));
      notThere(accept(carol, over));
      get(accept(carol, open));
    }
  }

  @Test
  void theServerAcceptsInTheInviteesPlace() {
    Safe safe = safe(brian, "ghost");
    Invitation invitation = invite(safe);
    assertThat(get(safe.invitations().open())).hasSize(1);
    get(accept(dora, invitation));
    String asked = "/v1/rooms/" + safe.id() + "/invitations/" + invitation.index() + "/statements";
    EvilServer.Heard heard = evil.last(asked);
    Bytes proof = Bytes.fromBase64Url(heard.request().getString("proof"));
    JsonArray served = heard.answer().getJsonArray("statements");
    Statement last = Statement.parse(Bytes.fromBase64Url(served.getString(served.size() - 1)));
    Ghost ghost = Ghost.make();
    String forged = ghost.accepts(safe.id(), last, invitation.index(), proof).toBase64Url();
    evil.lies("/v1/cards/lookup", ghost::amongCards);
    evil.lies(
        EvilServer.statements(safe),
        (question, truth) ->
            truth.put("statements", new JsonArray().add(forged)).put("length", last.index() + 2));
    assertThat(problem(safe.members()).kind()).isEqualTo(Kind.TAMPERED);
  }

  @Test
  void theServerShowsTheInvitedAnotherSafe() {
    Safe safe = safe(ada, "meant");
    Safe other = safe(ada, "shown");
    Invitation meant = invite(safe);
    Invitation shown = invite(other);
    String path = "/v1/rooms/%s/invitations/%d/statements";
    assertThat(problem(accept(dora, meant, shown.code())).refusal()).isEqualTo("not-found");
    get(accept(dora, shown));
    JsonObject foreign = evil.last(path.formatted(other.id(), shown.index())).answer().copy();
    evil.lies(path.formatted(safe.id(), meant.index()), (asked, truth) -> foreign.copy());
    assertThat(problem(accept(dora, meant)).kind()).isEqualTo(Kind.CHAIN_ALARM);
    assertThat(get(safe.members())).hasSize(1);
  }

  @Test
  void somebodyWithoutTheCodeReadsWhoIsInASafe() {
    Safe safe = safe(ada, "closed");
    Invitation invitation = invite(safe);
    String wrong = invite(safe(ada, "elsewhere")).code();
    notThere(accept(carol, invitation, wrong));
    assertThat(problem(carol.session().safes().safe(safe.id())).refusal()).isEqualTo("not-found");
  }

  @Test
  void invitingTellsNobodyWhetherAnAddressHasAnAccount() {
    Safe safe = safe(brian, "enumerated");
    get(safe.invitations().invite(Role.READER, DAY, "ada@example.org"));
    String path = "/v1/rooms/" + safe.id() + "/invitations";
    JsonObject first = evil.last(path).answer();
    try (Person named = Person.register(BED.way(), "known@example.org")) {
      get(safe.invitations().invite(Role.READER, DAY, named.session().self().login()));
    }
    JsonObject second = evil.last(path).answer();
    assertThat(second.getString("letter")).isEqualTo(first.getString("letter"));
    assertThat(second.fieldNames()).isEqualTo(first.fieldNames());
  }

  /** All that an admin's session from then on sends to the chain of a safe, as text. */
  private static String sent(Safe safe, int before) {
    StringBuilder sent = new StringBuilder();
    List<EvilServer.Heard> all = evil.all();
    for (EvilServer.Heard one : all.subList(before, all.size())) {
      if (one.path().startsWith("/v1/rooms/" + safe.id())) {
        sent.append(one.request().encode());
      }
    }
    return sent.toString();
  }

  @Test
  void aThiefOfACodeAcceptsWhileNoAdminIsThereAndTheNextOneRevokesHim() {
    Person.Way way = BED.evilWay();
    Safe safe;
    Invitation stolen;
    try (Person admin = Person.register(way, "irene")) {
      safe = safe(admin, "stolen code");
      get(safe.sharing().share("dora", Role.READER));
      stolen = invite(safe);
    }
    get(accept(carol, stolen));
    try (Person admin = Person.login(way, "irene")) {
      int before = evil.all().size();
      Safe again = of(admin, safe);
      assertThat(get(again.name())).isPresent();
      get(again.sharing().revoke("carol"));
      // That he is out is said of him, and nothing is sealed for him.
      assertThat(sent(safe, before)).contains("statements").doesNotContain("wraps");
      assertThat(get(again.members())).hasSize(2);
      isOut(carol, safe);
    }
  }

  @Test
  void aThiefOfACodeAcceptsWhileNoAdminIsThereAndTheNextOneWithdrawsTheInvitation() {
    Person.Way way = BED.evilWay();
    String card = carol.session().self().fingerprint().toString();
    Safe safe;
    Invitation stolen;
    try (Person admin = Person.register(way, "jane")) {
      safe = safe(admin, "stolen and withdrawn");
      stolen = invite(safe);
    }
    get(accept(carol, stolen));
    try (Person admin = Person.login(way, "jane")) {
      int before = evil.all().size();
      Safe again = of(admin, safe);
      assertThat(get(again.invitations().open())).isEmpty();
      ClientProblem late = problem(again.invitations().withdraw(stolen.index()));
      assertThat(late.refusal()).isEqualTo("not-found");
      assertThat(late.getMessage()).contains("revoke", "carol");
      assertThat(sent(safe, before)).doesNotContain(card);
      isOut(carol, safe);
    }
  }

  @Test
  void whoeverIsLetInIsToldToTheAdmin() {
    Safe safe = safe(ada, "told");
    List<Admitted> told = new CopyOnWriteArrayList<>();
    ada.session().safes().onAdmitted(told::add);
    get(accept(carol, invite(safe)));
    assertThat(get(safe.items().contents()).items()).hasSize(1);
    assertThat(told).filteredOn(one -> one.safe().equals(safe.id())).hasSize(1);
    assertThat(told.get(0).who().login()).isEqualTo("carol");
    assertThat(told.get(0).role()).isEqualTo(Role.READER);
    assertThat(texts(get(of(carol, safe).items().contents()))).containsExactly("in told");
  }

  @Test
  void aMemberOfTheSafeIsShownWithAnotherCardWhenTheKeyChanges() {
    Safe safe = safe(ada, "rotated");
    Person frank = Person.register(BED.evilWay(), "frank");
    get(safe.sharing().share("frank", Role.ADMIN));
    get(safe.sharing().share("carol", Role.READER));
    get(safe.sharing().share("dora", Role.READER));
    Ghost ghost = Ghost.make();
    evil.lies(
        "/v1/cards/lookup",
        (asked, truth) -> {
          for (Object card : truth.getJsonArray("cards")) {
            if (((JsonObject) card).getString("login").equals("carol")) {
              ((JsonObject) card)
                  .put("card", ghost.identity().card().encoded().toBase64Url())
                  .put("account", ghost.identity().card().account().toString());
            }
          }
          return truth;
        });
    CompletableFuture<Safe> atFrank = frank.session().safes().safe(safe.id());
    assertThat(problem(atFrank.thenCompose(there -> there.sharing().revoke("dora"))).kind())
        .isEqualTo(Kind.TAMPERED);
    assertThat(get(safe.members())).hasSize(4);
    frank.close();
  }
}
