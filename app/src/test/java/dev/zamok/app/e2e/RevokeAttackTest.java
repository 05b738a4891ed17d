package dev.zamok.app.e2e;

import static dev.zamok.app.e2e.EvilServer.path;
import static dev.zamok.app.e2e.Person.get;
import static dev.zamok.app.e2e.Person.problem;
import static dev.zamok.app.e2e.SafeTest.of;
import static dev.zamok.app.e2e.SafeTest.secret;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.client.safe.FolderRight;
import dev.zamok.client.safe.Revoked;
import dev.zamok.client.safe.Safe;
import dev.zamok.client.safe.SafeFolder;
import dev.zamok.client.safe.SafeItem;
import dev.zamok.crypto.chain.Role;
import dev.zamok.protocol.RoomId;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What keeps somebody in folders of a safe that he is put out of. Ada and Carol are at the honest
 * server; Brian, who puts Carol out, hears everything from the evil one.
 */
class RevokeAttackTest {
  @RegisterExtension static final AttackBed BED = new AttackBed();

  private static EvilServer evil;
  private static Person ada;
  private static Person brian;
  private static Person carol;

  @BeforeAll
  static void register() {
    evil = BED.evil();
    ada = BED.honest("ada");
    carol = BED.honest("carol");
    brian = BED.deceived("brian");
  }

  private static Safe safe(String name, Role ofBrian) {
    Safe safe = get(ada.session().safes().create(name));
    get(safe.sharing().share("brian", ofBrian));
    return safe;
  }

  @Test
  void aServerHoldsOneFolderBackWhileSomebodyIsShutOut() {
    Safe safe = safe("held back", Role.ADMIN);
    get(safe.sharing().share("carol", Role.READER));
    Safe atBrian = of(brian, safe);
    SafeFolder held = get(atBrian.folders().create("held", Map.of("carol", FolderRight.READ)));
    SafeFolder open = get(atBrian.folders().create("open", Map.of("carol", FolderRight.READ)));
    SafeItem inOpen = get(atBrian.items().add("open", secret("hers too")));
    evil.refuses(path(held.id(), "/statements"));

    Revoked revoked = get(atBrian.sharing().revoke("carol"));

    assertThat(revoked.failed()).containsOnlyKeys(held.id());
    assertThat(revoked.beyond()).isEmpty();
    assertThat(revoked.open()).extracting(SafeItem::id).containsExactly(inOpen.id());
    assertThat(problem(carol.session().safes().safe(safe.id())).refusal()).isEqualTo("not-found");
    evil.lieNoMore();
    assertThat(logins(atBrian, open)).doesNotContain("carol");
    assertThat(logins(atBrian, held)).contains("carol");
    // What was held back is done as soon as it can be.
    get(atBrian.folders().setRight(held, "carol", FolderRight.NONE));
    assertThat(logins(atBrian, held)).doesNotContain("carol");
    assertThat(get(atBrian.items().contents()).items())
        .extracting(SafeItem::id)
        .contains(inOpen.id());
  }

  @Test
  void aServerHidesAFolderFromWhoeverShutsSomebodyOut() {
    Safe safe = safe("hidden from him", Role.ADMIN);
    get(safe.sharing().share("carol", Role.READER));
    SafeFolder hidden = get(safe.folders().create("in", Map.of("carol", FolderRight.READ)));
    evil.lies("/v1/rooms", (asked, truth) -> without(truth, hidden.id()));
    Revoked revoked = get(of(brian, safe).sharing().revoke("carol"));
    assertThat(revoked.failed()).isEmpty();
    assertThat(revoked.beyond()).containsExactly(hidden.id());
    assertThat(problem(carol.session().safes().safe(safe.id())).refusal()).isEqualTo("not-found");
  }

  @Test
  void aFolderInOneThatAStewardCannotReadKeepsWhomHeShutsOut() {
    Safe safe = safe("nested", Role.ADMIN);
    get(safe.sharing().share("carol", Role.READER));
    get(safe.folders().create("outer", Map.of("carol", FolderRight.READ)));
    SafeFolder inner = get(safe.folders().create("outer/in", Map.of("carol", FolderRight.READ)));
    SafeItem known = get(safe.items().add("", secret("known to her")));

    Revoked revoked = get(of(brian, safe).sharing().revoke("carol"));

    assertThat(revoked.failed()).isEmpty();
    assertThat(revoked.beyond()).containsExactly(inner.id());
    assertThat(revoked.open()).extracting(SafeItem::id).containsExactly(known.id());
    assertThat(logins(safe, inner)).contains("carol");
  }

  @Test
  void aServerKeepsAFoldersChainFromWhoeverShutsSomebodyOut() {
    Safe safe = safe("kept from him", Role.ADMIN);
    get(safe.sharing().share("carol", Role.READER));
    Safe atBrian = of(brian, safe);
    SafeFolder folder = get(atBrian.folders().create("in", Map.of("carol", FolderRight.READ)));
    SafeItem known = get(atBrian.items().add("", secret("known to her")));
    SafeItem inside = get(atBrian.items().add("in", secret("hers too")));
    evil.refuses(path(folder.id(), "/statements\\?from=.*"));

    Revoked first = get(atBrian.sharing().revoke("carol"));

    assertThat(first.isWhole()).isFalse();
    assertThat(first.beyond()).containsExactly(folder.id());
    assertThat(first.open()).extracting(SafeItem::id).containsExactly(known.id());
    assertThat(problem(carol.session().safes().safe(safe.id())).refusal()).isEqualTo("not-found");
    evil.lieNoMore();
    assertThat(logins(atBrian, folder)).contains("carol");

    // It is done again, of somebody who is in the folder alone.
    Revoked second = get(atBrian.sharing().revoke("carol"));

    assertThat(second.isWhole()).isTrue();
    assertThat(second.folders()).containsExactly(folder.id());
    assertThat(second.open()).extracting(SafeItem::id).containsExactly(inside.id());
    assertThat(logins(atBrian, folder)).doesNotContain("carol");
    assertThat(problem(atBrian.sharing().revoke("carol")).refusal()).isEqualTo("not-found");
  }

  @Test
  void aFolderThatDoesNotVerifyKeepsNobodyInTheSafe() {
    Safe safe = safe("broken inside", Role.ADMIN);
    get(safe.sharing().share("carol", Role.READER));
    Safe atBrian = of(brian, safe);
    SafeFolder folder = get(atBrian.folders().create("in", Map.of("carol", FolderRight.READ)));
    SafeFolder other = get(atBrian.folders().create("other", Map.of("carol", FolderRight.READ)));
    SafeItem known = get(atBrian.items().add("", secret("known to her")));
    SafeItem inside = get(atBrian.items().add("other", secret("hers too")));
    evil.answers(
        path(folder.id(), "/statements\\?from=.*"),
        (asked, request) ->
            new JsonObject()
                .put("statements", new JsonArray())
                .put("length", 1)
                .put("more", false));

    Revoked revoked = get(atBrian.sharing().revoke("carol"));

    assertThat(revoked.failed()).containsOnlyKeys(folder.id());
    assertThat(revoked.failed().get(folder.id()).isLoud()).isTrue();
    assertThat(revoked.isWhole()).isFalse();
    assertThat(revoked.beyond()).isEmpty();
    assertThat(revoked.folders()).containsExactly(other.id());
    assertThat(revoked.open()).extracting(SafeItem::id).containsExactly(known.id(), inside.id());
    assertThat(logins(safe, other)).doesNotContain("carol");
    assertThat(problem(carol.session().safes().safe(safe.id())).refusal()).isEqualTo("not-found");
  }

  static JsonObject without(JsonObject rooms, RoomId room) {
    JsonArray fewer = new JsonArray();
    for (Object view : rooms.getJsonArray("rooms")) {
      if (!((JsonObject) view).getString("room").equals(room.toString())) {
        fewer.add(view);
      }
    }
    return rooms.put("rooms", fewer);
  }

  static List<String> logins(Safe at, SafeFolder folder) {
    return get(at.folders().members(folder)).stream()
        .map(member -> member.contact().login())
        .toList();
  }
}
