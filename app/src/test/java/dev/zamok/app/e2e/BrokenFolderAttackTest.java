package dev.zamok.app.e2e;

import static dev.zamok.app.e2e.EvilServer.path;
import static dev.zamok.app.e2e.Person.get;
import static dev.zamok.app.e2e.Person.problem;
import static dev.zamok.app.e2e.RevokeAttackTest.logins;
import static dev.zamok.app.e2e.SafeTest.of;
import static dev.zamok.app.e2e.SafeTest.secret;
import static dev.zamok.app.e2e.SafeTest.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.client.audit.AuditEvent;
import dev.zamok.client.group.Group;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.problem.ClientProblem.Kind;
import dev.zamok.client.safe.BrokenFolder;
import dev.zamok.client.safe.FolderRight;
import dev.zamok.client.safe.Revoked;
import dev.zamok.client.safe.Safe;
import dev.zamok.client.safe.SafeContents;
import dev.zamok.client.safe.SafeFolder;
import dev.zamok.client.safe.SafeFolders;
import dev.zamok.client.safe.SafeItem;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.identity.Identity;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * One folder is broken, by the server or by whoever administers it, so that the whole safe be of no
 * use: what Brian sees of it. Ada is at the honest server, Carol in the folder with a program of
 * her own.
 */
class BrokenFolderAttackTest {
  @RegisterExtension static final AttackBed BED = new AttackBed();

  private static EvilServer evil;
  private static Person ada;
  private static Person brian;
  private static Person carol;
  private static Identity insider;

  private Safe safe;
  private SafeFolder hr;
  private SafeFolder ops;
  private SafeItem salaries;

  @BeforeAll
  static void register() {
    evil = BED.evil();
    ada = BED.honest("ada");
    brian = BED.deceived("brian");
    carol = BED.deceived("carol");
    insider = BED.insider("carol");
  }

  /** A safe with two folders, and something in each room of it. */
  private void start(String name, Role ofBrian) {
    safe = get(ada.session().safes().create(name));
    get(safe.sharing().share("brian", ofBrian));
    get(safe.sharing().share("carol", Role.READER));
    Map<String, FolderRight> rights = Map.of("brian", FolderRight.FULL, "carol", FolderRight.READ);
    hr = get(safe.folders().create("hr", rights));
    ops = get(safe.folders().create("ops", rights));
    get(safe.items().add("", secret("of all")));
    salaries = get(safe.items().add("hr", secret("salaries")));
    get(safe.items().add("ops", secret("pagers")));
  }

  private static void isBroken(BrokenFolder broken, Safe in, SafeFolder folder, Kind kind) {
    assertThat(broken.safe()).isEqualTo(in.id());
    assertThat(broken.folder()).isEqualTo(folder.id());
    assertThat(broken.why().kind()).isEqualTo(kind);
  }

  /** The rest is read and written, and the folder is named. */
  private void restIsOpen(Safe at, Kind kind) {
    SafeContents contents = get(at.items().contents());
    assertThat(texts(contents)).containsExactlyInAnyOrder("of all", "pagers");
    assertThat(contents.broken()).singleElement().satisfies(one -> isBroken(one, at, hr, kind));
    SafeItem made = get(at.items().add("ops", secret("more of it")));
    assertThat(made.place().room()).isEqualTo(ops.id());
    get(at.items().trash(made));
    get(at.upkeep().purgeTrash(Duration.ZERO));
  }

  /** What is about the folder fails as loudly as it would if there were nothing else. */
  private void folderIsClosed(Safe at, Kind kind) {
    SafeFolder shown =
        get(at.folders().list()).stream()
            .filter(folder -> folder.id().equals(hr.id()))
            .findFirst()
            .orElseThrow();
    assertThat(shown.isClosed()).isTrue();
    assertThat(shown.broken().kind()).isEqualTo(kind);
    loud(at.folders().members(hr), kind);
    loud(at.folders().setRight(hr, "carol", FolderRight.NONE), kind);
    loud(at.folders().move(hr, at, "elsewhere"), kind);
    loud(at.items().item(salaries.id()), kind);
    loud(at.items().trash(salaries), kind);
  }

  private static void loud(CompletableFuture<?> future, Kind kind) {
    assertThat(problem(future).kind()).isEqualTo(kind);
  }

  /** Nothing that is meant for the folder goes where all members of the safe read. */
  private void nothingIsWrittenUnderItsPath(Safe at, Kind kind) {
    int before = evil.all().size();
    for (String path : List.of("hr", "hr/inner")) {
      ClientProblem refused = problem(at.items().add(path, secret("for few")));
      assertThat(refused.refusal()).isEqualTo("folder-closed");
      assertThat(refused.kind()).isEqualTo(kind);
    }
    assertThat(problem(at.folders().create("hr", Map.of())).refusal()).isEqualTo("folder-closed");
    assertThat(evil.all().subList(before, evil.all().size()))
        .extracting(EvilServer.Heard::path)
        .noneMatch(
            asked -> asked.matches("/v1/rooms/[^/]+/items(/[^/]+)?") && !asked.endsWith("/lookup"));
  }

  /** Shorter than the one that Brian has seen. */
  private void rollBack(SafeFolder folder) {
    evil.answers(
        path(folder.id(), "/statements\\?from=.*"),
        (asked, request) ->
            new JsonObject()
                .put("statements", new JsonArray())
                .put("length", 1)
                .put("more", false));
  }

  /** As whoever administers the folder can wrap its secret for one member. */
  private void wrapOtherwise(SafeFolder folder) {
    evil.lies(
        path(folder.id(), "/wraps"),
        (asked, truth) -> {
          for (Object each : truth.getJsonArray("wraps")) {
            JsonObject wrapped = (JsonObject) each;
            String wrap = wrapped.getString("wrap");
            char other = wrap.charAt(60) == 'A' ? 'B' : 'A';
            wrapped.put("wrap", wrap.substring(0, 60) + other + wrap.substring(61));
          }
          return truth;
        });
  }

  @Test
  void theServerRollsTheChainOfOneFolderBack() {
    start("rolled back", Role.ADMIN);
    Safe atBrian = of(brian, safe);
    assertThat(texts(get(atBrian.items().contents()))).hasSize(3);
    List<BrokenFolder> told = new CopyOnWriteArrayList<>();
    brian.session().safes().onBroken(told::add);
    rollBack(hr);
    restIsOpen(atBrian, Kind.CHAIN_ALARM);
    folderIsClosed(atBrian, Kind.CHAIN_ALARM);
    nothingIsWrittenUnderItsPath(atBrian, Kind.CHAIN_ALARM);
    assertThat(told).singleElement().satisfies(one -> isBroken(one, safe, hr, Kind.CHAIN_ALARM));
    // An alarm stays, whatever is served afterwards.
    evil.lieNoMore();
    assertThat(get(atBrian.items().contents()).broken()).hasSize(1);
    // Whoever administers the safe may take it from the list.
    get(atBrian.folders().remove(hr, true));
    assertThat(get(atBrian.items().contents()).broken()).isEmpty();
  }

  @Test
  void aMemberOfOneFolderSignsWhatSheMustNotAndTheServerTakesIt() {
    start("signed", Role.WRITER);
    Safe atBrian = of(brian, safe);
    get(atBrian.items().contents());
    get(of(carol, safe).items().contents());
    ForgedRoom forged = new ForgedRoom(evil, hr.id(), ada, brian, carol);
    forged.item(insider, forged.secret(insider, 1), secret("planted"));
    forged.serve();
    restIsOpen(atBrian, Kind.TAMPERED);
    folderIsClosed(atBrian, Kind.TAMPERED);
    nothingIsWrittenUnderItsPath(atBrian, Kind.TAMPERED);
  }

  @Test
  void whoAdministersOneFolderGivesAMemberAKeyThatDoesNotOpen() {
    start("wrapped", Role.WRITER);
    wrapOtherwise(hr);
    // On a device that opens it for the first time.
    try (Person again = BED.again("brian")) {
      restIsOpen(of(again, safe), Kind.TAMPERED);
      folderIsClosed(of(again, safe), Kind.TAMPERED);
    }
  }

  @Test
  void theServerWithholdsWhatIsInOneFolder() {
    start("withheld", Role.WRITER);
    evil.lies(
        path(hr.id(), "/items/lookup"), (asked, truth) -> truth.put("items", new JsonArray()));
    restIsOpen(of(brian, safe), Kind.TAMPERED);
    loud(of(brian, safe).items().item(salaries.id()), Kind.TAMPERED);
  }

  private void withhold(SafeItem item) {
    evil.lies(
        path(hr.id(), "/items/lookup"),
        (asked, truth) -> {
          JsonArray fewer = new JsonArray();
          for (Object each : truth.getJsonArray("items")) {
            if (!((JsonObject) each).getString("item").equals(item.id().toString())) {
              fewer.add(each);
            }
          }
          return truth.put("items", fewer);
        });
  }

  /** Its chain says who reads there, and is believed. */
  @Test
  void whatIsAddedToAFolderOfWhichARecordIsWithheldLiesInItAndNotAroundIt() {
    start("one record", Role.WRITER);
    Safe atBrian = of(brian, safe);
    withhold(salaries);
    restIsOpen(atBrian, Kind.TAMPERED);
    SafeItem added = get(atBrian.items().add("hr/inner", secret("bonus")));
    assertThat(added.place().room()).isEqualTo(hr.id());
    assertThat(texts(get(safe.items().contents()))).contains("salaries", "bonus");
  }

  @Test
  void aRecordIsWithheldSoThatTakingRightsLooksAsIfItHadFailed() {
    start("rights", Role.ADMIN);
    Safe atBrian = of(brian, safe);
    Group group = get(brian.session().groups().create("crew"));
    get(atBrian.sharing().shareWithGroup(group, Role.READER));
    get(atBrian.folders().setGroupRight(hr, group.id(), FolderRight.READ));
    List<BrokenFolder> told = new CopyOnWriteArrayList<>();
    brian.session().safes().onBroken(told::add);
    withhold(salaries);
    SafeFolders.RightChange ofGroup =
        get(atBrian.folders().setGroupRight(hr, group.id(), FolderRight.NONE));
    SafeFolders.RightChange ofCarol =
        get(atBrian.folders().setRight(hr, "carol", FolderRight.NONE));
    assertThat(ofGroup.unread()).isTrue();
    assertThat(ofCarol.unread()).isTrue();
    assertThat(told).singleElement().satisfies(one -> isBroken(one, safe, hr, Kind.TAMPERED));
    assertThat(get(safe.folders().members(hr)))
        .filteredOn(member -> member.right() != FolderRight.NONE)
        .extracting(member -> member.contact().login())
        .containsExactlyInAnyOrder("ada", "brian");
  }

  @Test
  void aRecordIsWithheldSoThatRevokingLooksAsIfItHadFailed() {
    start("record of the revoked", Role.ADMIN);
    Safe atBrian = of(brian, safe);
    Group group = get(brian.session().groups().create("watch"));
    get(atBrian.sharing().shareWithGroup(group, Role.READER));
    get(atBrian.folders().setGroupRight(hr, group.id(), FolderRight.READ));
    withhold(salaries);
    Revoked ofGroup = get(atBrian.sharing().revokeGroup(group.id()));
    Revoked ofCarol = get(atBrian.sharing().revoke("carol"));
    for (Revoked revoked : List.of(ofGroup, ofCarol)) {
      assertThat(revoked.failed()).isEmpty();
      assertThat(revoked.folders()).contains(hr.id());
      assertThat(revoked.unread()).containsOnlyKeys(hr.id());
      assertThat(revoked.unread().get(hr.id()).kind()).isEqualTo(Kind.TAMPERED);
      assertThat(revoked.isWhole()).isFalse();
    }
    assertThat(ofCarol.open())
        .extracting(SafeTest::text)
        .containsExactlyInAnyOrder("of all", "pagers");
    assertThat(logins(safe, hr)).doesNotContain("carol");
  }

  @Test
  void aFolderThatDidNotFollowAnAdminIsNamedForWhoIsInItAlone() {
    start("followed late", Role.WRITER);
    Person.register(BED.way(), "dora").close();
    get(safe.sharing().share("dora", Role.READER));
    try (Person again = Person.login(BED.evilWay(), "ada")) {
      evil.refuses(HttpMethod.POST, path(hr.id(), "/statements"));
      ClientProblem unused = problem(of(again, safe).sharing().share("brian", Role.ADMIN));
    }
    evil.lieNoMore();
    Safe atBrian = of(brian, safe);
    assertThat(get(atBrian.sharing().revoke("dora")).isWhole()).isTrue();
    Revoked revoked = get(atBrian.sharing().revoke("carol"));
    assertThat(revoked.failed()).containsKey(hr.id());
    assertThat(revoked.beyond()).isEmpty();
    assertThat(logins(safe, hr)).contains("carol");
  }

  @Test
  void theServerDescribesOneFolderOtherwiseThanItsChain() {
    start("described", Role.WRITER);
    evil.lies(
        "/v1/rooms",
        (asked, truth) -> {
          for (Object each : truth.getJsonArray("rooms")) {
            JsonObject view = (JsonObject) each;
            if (view.getString("room").equals(hr.id().toString())) {
              view.put("history", "none");
            }
          }
          return truth;
        });
    try (Person again = BED.again("brian")) {
      restIsOpen(of(again, safe), Kind.TAMPERED);
    }
  }

  @Test
  void whatIsDoneInAFolderThatDoesNotVerifyIsMissingInTheAuditAndTheAuditSaysSo() {
    start("audited", Role.ADMIN);
    Safe atBrian = of(brian, safe);
    assertThat(get(atBrian.audit().events())).noneMatch(BrokenFolderAttackTest::tellsOfBroken);
    rollBack(hr);
    List<AuditEvent> events = get(atBrian.audit().events());
    AuditEvent last = events.get(events.size() - 1);
    assertThat(tellsOfBroken(last)).isTrue();
    assertThat(last.room()).isEqualTo(hr.id());
    assertThat(events).filteredOn(BrokenFolderAttackTest::tellsOfBroken).hasSize(1);
    assertThat(events).anyMatch(event -> ops.id().equals(event.room()));
  }

  private static boolean tellsOfBroken(AuditEvent event) {
    return event.kind() == AuditEvent.Kind.FOLDER_BROKEN;
  }

  @Test
  void aFolderThatDoesNotVerifyKeepsNobodyInTheOthersOrInTheSafe() {
    start("left", Role.WRITER);
    Safe atBrian = of(brian, safe);
    get(atBrian.items().contents());
    rollBack(hr);
    Safe.Left left = get(atBrian.leave());
    assertThat(left.isOut()).isTrue();
    assertThat(left.failed()).containsOnlyKeys(hr.id());
    assertThat(left.failed().get(hr.id()).kind()).isEqualTo(Kind.CHAIN_ALARM);
    assertThat(logins(safe, ops)).doesNotContain("brian");
    assertThat(logins(safe, hr)).contains("brian");
    assertThat(problem(brian.session().safes().safe(safe.id())).refusal()).isEqualTo("not-found");
  }

  @Test
  void aFolderWhoseKeyAloneDoesNotOpenIsLeftAllTheSame() {
    start("left without a key", Role.WRITER);
    wrapOtherwise(hr);
    try (Person again = BED.again("brian")) {
      Safe.Left left = get(of(again, safe).leave());
      assertThat(left.isOut()).isTrue();
      assertThat(left.failed()).isEmpty();
    }
    assertThat(logins(safe, ops)).doesNotContain("brian");
    assertThat(logins(safe, hr)).doesNotContain("brian");
  }

  @Test
  void oneFolderThatTheServerLetsNobodyLeaveKeepsHimInTheSafeAndNotInTheOthers() {
    start("held", Role.WRITER);
    Safe atBrian = of(brian, safe);
    get(atBrian.items().contents());
    evil.refuses(HttpMethod.POST, path(hr.id(), "/statements"));
    Safe.Left left = get(atBrian.leave());
    assertThat(left.isOut()).isFalse();
    assertThat(left.failed()).containsOnlyKeys(hr.id());
    assertThat(logins(safe, ops)).doesNotContain("brian");
    evil.lieNoMore();
    assertThat(get(atBrian.leave()).isOut()).isTrue();
    assertThat(logins(safe, hr)).doesNotContain("brian");
  }
}
