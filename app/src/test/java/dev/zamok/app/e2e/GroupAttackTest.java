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
import dev.zamok.protocol.RoomId;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What a malicious server tries with groups. Ada acts at the honest server; Brian and Carol hear
 * everything from the evil one.
 */
class GroupAttackTest {
  @RegisterExtension static final AttackBed BED = new AttackBed();

  private static EvilServer evil;
  private static Person ada;
  private static Person brian;
  private static Person carol;

  @BeforeAll
  static void register() {
    evil = BED.evil();
    ada = BED.honest("ada");
    brian = BED.deceived("brian");
    carol = BED.deceived("carol");
  }

  private static void loud(CompletableFuture<?> future, Kind kind) {
    assertThat(problem(future).kind()).isEqualTo(kind);
  }

  private static Group group(String name, String... logins) {
    Group group = get(ada.session().groups().create(name));
    for (String login : logins) {
      get(group.add(login, false));
    }
    return group;
  }

  private static Safe shared(String name, Group group, Role role) {
    Safe safe = get(ada.session().safes().create(name));
    get(safe.sharing().shareWithGroup(group, role));
    return safe;
  }

  private static String statements(RoomId room) {
    return "/v1/rooms/" + room + "/statements.*";
  }

  private static String fromStart(RoomId room) {
    return "/v1/rooms/" + room + "/statements\\?from=0.*";
  }

  /** What of a whole chain a request for a part of it gets. */
  static JsonObject from(String path, JsonObject whole) {
    int first = Integer.parseInt(path.replaceAll(".*from=([0-9]+).*", "$1"));
    JsonArray all = whole.getJsonArray("statements");
    JsonArray part = new JsonArray();
    for (int i = first; i < all.size(); i++) {
      part.add(all.getString(i));
    }
    return new JsonObject().put("statements", part).put("length", all.size());
  }

  private static String wraps(RoomId room) {
    return "/v1/rooms/" + room + "/wraps";
  }

  @Test
  void aRemovedMemberReadsTheNextVersionWithAllThatTheServerHas() {
    Group group = group("removed", "brian", "carol");
    Safe safe = shared("read on", group, Role.READER);
    get(safe.items().add("", secret("old")));
    Safe atBrian = of(brian, safe);
    assertThat(texts(get(atBrian.items().contents()))).containsExactly("old");
    get(group.remove("brian"));
    get(safe.items().add("", secret("new")));
    // What Carol gets now is all there is: the evil server gives it to Brian as well.
    assertThat(texts(get(of(carol, safe).items().contents()))).containsExactly("old", "new");
    for (String path : List.of("/v1/rooms/" + safe.id(), EvilServer.items(safe))) {
      JsonObject answer = evil.last(path).answer();
      evil.gives(path, (asked, body) -> answer.copy());
    }
    for (RoomId room : List.of(safe.id(), group.id())) {
      JsonObject whole = evil.last(fromStart(room)).answer();
      evil.gives(statements(room), (path, body) -> from(path, whole));
      JsonObject wraps = evil.last(wraps(room)).answer();
      evil.gives(wraps(room), (path, body) -> wraps.copy());
    }
    assertThat(problem(atBrian.items().contents()).kind()).isEqualTo(Kind.TAMPERED);
    // And once more as if the wraps of the group were his.
    JsonObject his = evil.last(wraps(group.id())).answer();
    String self = brian.session().self().fingerprint().toString();
    his.getJsonArray("wraps").forEach(wrap -> ((JsonObject) wrap).put("recipient", self));
    evil.gives(wraps(group.id()), (path, body) -> his.copy());
    assertThat(problem(atBrian.items().contents()).kind()).isIn(Kind.TAMPERED, Kind.NOT_ALLOWED);
  }

  @Test
  void aGroupIsShownByAnOlderChainThanOneSawBefore() {
    Group group = group("older", "carol");
    Safe safe = shared("pinned", group, Role.READER);
    get(safe.sharing().share("brian", Role.WRITER));
    Safe atBrian = of(brian, safe);
    get(atBrian.items().add("", secret("one")));
    JsonObject old = evil.last(statements(group.id())).answer();
    int length = old.getInteger("length");
    get(group.remove("carol"));
    get(atBrian.items().add("", secret("two")));
    evil.lies(
        statements(group.id()),
        (asked, truth) ->
            new JsonObject().put("statements", new JsonArray()).put("length", length));
    loud(atBrian.items().add("", secret("three")), Kind.CHAIN_ALARM);
  }

  @Test
  void aGroupIsShownByTheChainOfAnother() {
    Group group = group("itself", "brian");
    Group other = group("another", "brian");
    Safe safe = shared("by another", group, Role.READER);
    get(get(brian.session().groups().group(other.id())).members());
    JsonObject foreign = evil.last(fromStart(other.id())).answer();
    evil.lies(statements(group.id()), (asked, truth) -> foreign.copy());
    loud(of(brian, safe).items().contents(), Kind.CHAIN_ALARM);
  }

  @Test
  void aGhostGroupWhoseCardItsChainDoesNotNameIsInTheSafe() {
    Group group = group("ghost", "carol");
    Safe safe = shared("haunted", group, Role.READER);
    get(safe.sharing().share("brian", Role.WRITER));
    get(group.remove("carol"));
    // The chain of the group as it was before the card that the safe names was there.
    evil.lies(
        statements(group.id()),
        (asked, truth) -> {
          JsonArray all = truth.getJsonArray("statements");
          JsonArray some = new JsonArray(all.getList().subList(0, 4));
          return new JsonObject().put("statements", some).put("length", 4);
        });
    loud(of(brian, safe).items().add("", secret("for a ghost")), Kind.TAMPERED);
  }

  @Test
  void theNewerChainOfAGroupIsWithheldFromAWriter() {
    Group group = group("withheld", "brian", "carol");
    Safe safe = shared("stale", group, Role.WRITER);
    get(safe.sharing().share("brian", Role.WRITER));
    Safe atBrian = of(brian, safe);
    get(atBrian.items().add("", secret("before")));
    JsonObject last = evil.last(statements(group.id())).answer();
    int length = last.getInteger("length");
    get(get(carol.session().groups().group(group.id())).leave());
    evil.lies(
        statements(group.id()),
        (asked, truth) ->
            new JsonObject().put("statements", new JsonArray()).put("length", length));
    // His client cannot know; the authority that keeps the records refuses what is sealed so.
    assertThat(problem(atBrian.items().add("", secret("for carol too"))).refusal())
        .isEqualTo("room-state");
  }

  @Test
  void aWrapOfTheGroupIsOneOfAnotherRoomOrGeneration() {
    Group group = group("wrapped", "brian");
    Group other = group("otherwise wrapped", "brian");
    Safe safe = shared("unwrapped", group, Role.READER);
    get(safe.items().add("", secret("sealed")));
    assertThat(get(get(brian.session().groups().group(other.id())).name())).isPresent();
    JsonObject foreign = evil.last(wraps(other.id())).answer();
    evil.lies(wraps(group.id()), (asked, truth) -> foreign.copy());
    loud(of(brian, safe).items().contents(), Kind.TAMPERED);
  }

  /** Every wrap with another character in its middle. */
  private static JsonObject garbled(JsonObject wraps) {
    for (Object each : wraps.getJsonArray("wraps")) {
      JsonObject wrap = (JsonObject) each;
      StringBuilder text = new StringBuilder(wrap.getString("wrap"));
      int middle = text.length() / 2;
      text.setCharAt(middle, text.charAt(middle) == 'A' ? 'B' : 'A');
      wrap.put("wrap", text.toString());
    }
    return wraps;
  }

  @Test
  void anAdminIsPutIntoAGroupWithASecretThatDoesNotOpen() {
    Group hostile = group("hostile", "brian");
    Safe safe = shared("besieged", hostile, Role.READER);
    get(safe.sharing().share("carol", Role.ADMIN));
    get(safe.items().add("", secret("of all")));
    // As if the owner of the group had wrapped garbage for her.
    evil.lies(wraps(hostile.id()), (asked, truth) -> garbled(truth));
    get(hostile.add("carol", false));

    Safe atCarol = of(carol, safe);
    assertThat(texts(get(atCarol.items().contents()))).containsExactly("of all");
    get(get(brian.session().groups().group(hostile.id())).leave());
    get(atCarol.sharing().revokeGroup(hostile.id()));
    get(atCarol.items().add("", secret("without them")));
    assertThat(texts(get(safe.items().contents()))).containsExactly("of all", "without them");

    Group atHers = get(carol.session().groups().group(hostile.id()));
    get(atHers.leave());
    assertThat(problem(carol.session().groups().group(hostile.id())).refusal())
        .isEqualTo("not-found");
  }

  @Test
  void aGroupIsMadeAdmin() {
    Group group = group("admins", "brian");
    Safe safe = get(ada.session().safes().create("administered"));
    loud(safe.sharing().shareWithGroup(group, Role.ADMIN), Kind.NOT_ALLOWED);
    loud(safe.sharing().shareWithGroup(group, Role.OWNER), Kind.NOT_ALLOWED);
    assertThat(get(safe.members())).hasSize(1);
  }

  @Test
  void aMemberOfAGroupThatWritesTakesTheSafeOver() {
    Group group = group("taking over", "brian");
    Safe safe = shared("taken over", group, Role.WRITER);
    Safe atBrian = of(brian, safe);
    get(atBrian.items().add("", secret("as he may")));
    loud(atBrian.sharing().share("brian", Role.ADMIN), Kind.NOT_ALLOWED);
    loud(atBrian.sharing().share("carol", Role.READER), Kind.NOT_ALLOWED);
    loud(atBrian.sharing().revokeGroup(group.id()), Kind.NOT_ALLOWED);
    loud(atBrian.leave(), Kind.NOT_ALLOWED);
  }
}
