package dev.zamok.app.e2e;

import static dev.zamok.app.e2e.EvilServer.path;
import static dev.zamok.app.e2e.GroupAttackTest.from;
import static dev.zamok.app.e2e.Person.get;
import static dev.zamok.app.e2e.Person.problem;
import static dev.zamok.app.e2e.SafeTest.of;
import static dev.zamok.app.e2e.SafeTest.secret;
import static dev.zamok.app.e2e.SafeTest.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.client.group.Group;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.problem.ClientProblem.Kind;
import dev.zamok.client.safe.FolderRight;
import dev.zamok.client.safe.Safe;
import dev.zamok.client.safe.SafeFolder;
import dev.zamok.crypto.Hash;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.identity.Card;
import dev.zamok.crypto.identity.Identity;
import dev.zamok.crypto.room.GroupKeys;
import dev.zamok.crypto.room.RoomSecret;
import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.RoomId;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What is tried with groups in folders. Ada acts at the honest server; Brian and Carol hear
 * everything from the evil one, and Carol signs whatever it wants.
 */
class FolderGroupAttackTest {
  private static final int GROUP_MEMBER = 11;
  private static final SecureRandom RANDOM = new SecureRandom();

  @RegisterExtension static final AttackBed BED = new AttackBed();

  private static EvilServer evil;
  private static Person ada;
  private static Person brian;
  private static Person carol;
  private static Identity insider;

  @BeforeAll
  static void register() {
    evil = BED.evil();
    ada = BED.honest("ada");
    brian = BED.deceived("brian");
    carol = BED.deceived("carol");
    insider = BED.insider("carol");
  }

  private static Group group(String name, String... logins) {
    Group group = get(ada.session().groups().create(name));
    for (String login : logins) {
      get(group.add(login, false));
    }
    return group;
  }

  private static Safe shared(String name, Group group) {
    Safe safe = get(ada.session().safes().create(name));
    get(safe.sharing().shareWithGroup(group, Role.READER));
    return safe;
  }

  private static SafeFolder folder(Safe safe, Map<String, FolderRight> rights) {
    SafeFolder folder = get(safe.folders().create("board", rights));
    get(safe.items().add("board", secret("minutes")));
    return folder;
  }

  private static SafeFolder only(Safe at) {
    List<SafeFolder> all = get(at.folders().list());
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  private static void refused(CompletableFuture<?> future) {
    assertThat(problem(future).kind()).isEqualTo(Kind.NOT_ALLOWED);
  }

  private static String statements(RoomId room) {
    return path(room, "/statements.*");
  }

  /** That a group is a reader, by that card. */
  private static Bytes lets(Group group, Hash statement, Card card) {
    return new ByteWriter()
        .bytes(group.id().toBytes())
        .bytes(statement.bytes())
        .u32(card.seq())
        .bytes(card.signing().bytes())
        .bytes(card.agreement())
        .bytes(card.signature())
        .u8(Role.READER.code())
        .u64(4711)
        .toBytes();
  }

  private static ForgedRoom forged(RoomId room) {
    return new ForgedRoom(evil, room, ada, brian, carol);
  }

  /** Whatever he is told of the folder, he seals nothing for whoever is in it now. */
  private static void sealsNothingIn(SafeFolder folder, Safe at) {
    int before = evil.all().size();
    ClientProblem problem = problem(at.items().add("board", secret("for a ghost")));
    assertThat(problem.isLoud() || "folder-closed".equals(problem.refusal()))
        .as(problem.toString())
        .isTrue();
    assertThat(writes(folder, before)).isEmpty();
  }

  private static List<EvilServer.Heard> writes(SafeFolder folder, int since) {
    List<EvilServer.Heard> all = evil.all();
    return all.subList(since, all.size()).stream()
        .filter(one -> one.path().matches(path(folder.id(), "/items(/(?!lookup).*)?")))
        .toList();
  }

  @Test
  void aGhostGroupWhoseCardItsChainDoesNotNameIsInAFolder() {
    Group group = group("ghost", "brian", "carol");
    Safe safe = shared("haunted", group);
    get(safe.sharing().share("brian", Role.READER));
    get(safe.sharing().share("carol", Role.ADMIN));
    SafeFolder folder = folder(safe, Map.of("brian", FolderRight.FULL, "carol", FolderRight.FULL));
    Safe atBrian = of(brian, safe);
    assertThat(texts(get(atBrian.items().contents()))).containsExactly("minutes");
    assertThat(get(of(carol, safe).items().contents()).items()).hasSize(1);
    get(get(carol.session().groups().group(group.id())).members());
    var named = forged(group.id()).chain().groupCard(1);

    // By its true card it is believed of an admin: so it is the card that is missed below.
    try (Person again = BED.again("brian")) {
      forged(folder.id())
          .says(insider, GROUP_MEMBER, lets(group, named.statement(), named.card()))
          .serve();
      Safe fresh = of(again, safe);
      assertThat(get(fresh.folders().members(only(fresh))))
          .anyMatch(one -> one.contact().isGroup() && one.right() == FolderRight.READ);
    }
    evil.lieNoMore();
    Card ghost = GroupKeys.of(RoomSecret.random(group.id(), 1, RANDOM)).card();
    forged(folder.id()).says(insider, GROUP_MEMBER, lets(group, named.statement(), ghost)).serve();
    sealsNothingIn(folder, atBrian);
  }

  @Test
  void aStewardSignsThatAGroupReadsAFolderOfNone() {
    Group group = group("of the steward", "carol");
    Safe safe = shared("stewarded", group);
    get(safe.sharing().share("brian", Role.READER));
    get(safe.sharing().share("carol", Role.ADMIN));
    SafeFolder folder = folder(safe, Map.of("brian", FolderRight.FULL));
    Safe atBrian = of(brian, safe);
    assertThat(texts(get(atBrian.items().contents()))).containsExactly("minutes");
    Safe atCarol = of(carol, safe);
    assertThat(only(atCarol).right()).isEqualTo(FolderRight.NONE);

    // Her own program does not.
    refused(atCarol.folders().setGroupRight(only(atCarol), group.id(), FolderRight.READ));
    get(get(carol.session().groups().group(group.id())).members());
    var named = forged(group.id()).chain().groupCard(1);
    forged(folder.id())
        .says(insider, GROUP_MEMBER, lets(group, named.statement(), named.card()))
        .serve();
    sealsNothingIn(folder, atBrian);
    evil.lieNoMore();
    get(safe.items().add("board", secret("more")));
    assertThat(texts(get(of(carol, safe).items().contents()))).isEmpty();
  }

  /** What the server heard somebody get of a room, it gives to others too. */
  private static void givesAll(RoomId room) {
    givesChain(room);
    for (String what : List.of("/wraps", "/items/lookup")) {
      JsonObject answer = evil.last(path(room, what)).answer();
      evil.gives(path(room, what), (asked, body) -> answer.copy());
    }
  }

  private static void givesChain(RoomId room) {
    JsonObject whole = evil.last(path(room, "/statements\\?from=0.*")).answer();
    evil.gives(statements(room), (asked, body) -> from(asked, whole));
  }

  private static void lists(RoomId room) {
    JsonObject view =
        evil.last("/v1/rooms").answer().getJsonArray("rooms").stream()
            .map(JsonObject.class::cast)
            .filter(one -> one.getString("room").equals(room.toString()))
            .findFirst()
            .orElseThrow();
    evil.gives(path(room, ""), (asked, body) -> view.copy());
    evil.lies(
        "/v1/rooms",
        (asked, truth) -> truth.put("rooms", truth.getJsonArray("rooms").copy().add(view)));
  }

  @Test
  void aMemberOfAGroupWhoseSafeReadsGetsTheKeyOfAFolderOfNone() {
    Group group = group("of none", "brian");
    Safe safe = shared("closed to it", group);
    get(safe.sharing().share("carol", Role.READER));
    SafeFolder folder = folder(safe, Map.of("carol", FolderRight.READ));
    assertThat(texts(get(of(carol, safe).items().contents()))).containsExactly("minutes");
    givesAll(folder.id());
    lists(folder.id());

    Safe atBrian = of(brian, safe);
    assertThat(texts(get(atBrian.items().contents()))).isEmpty();
    assertThat(only(atBrian).isClosed()).isTrue();
    var asRoom = get(brian.session().room(folder.id()));
    assertThat(get(asRoom.role())).isEqualTo(Role.NONE);
    assertThat(problem(asRoom.name()).isLoud()).isTrue();
  }

  @Test
  void whoWasPutOutOfTheGroupReadsTheNextVersionInAFolderWithAllThatTheServerHas() {
    Group group = group("put out", "brian", "carol");
    Safe safe = shared("read on", group);
    // In the safe he stays, of the folder he knew as one of the group.
    get(safe.sharing().share("brian", Role.READER));
    SafeFolder folder = folder(safe, Map.of());
    get(safe.folders().setGroupRight(folder, group.id(), FolderRight.READ));
    Safe atBrian = of(brian, safe);
    assertThat(texts(get(atBrian.items().contents()))).containsExactly("minutes");
    get(group.remove("brian"));
    get(safe.items().add("board", secret("new")));
    assertThat(texts(get(of(carol, safe).items().contents()))).containsExactly("minutes", "new");
    givesAll(folder.id());
    lists(folder.id());
    givesChain(group.id());
    JsonObject wraps = evil.last(path(group.id(), "/wraps")).answer();
    evil.gives(path(group.id(), "/wraps"), (asked, body) -> wraps.copy());

    doesNotRead(atBrian, "new");
    // And once more on a device that knows nothing, with the wraps of the group as if they were
    // his.
    String self = brian.session().self().fingerprint().toString();
    wraps.getJsonArray("wraps").forEach(wrap -> ((JsonObject) wrap).put("recipient", self));
    try (Person again = BED.again("brian")) {
      doesNotRead(of(again, safe), "new");
    }
  }

  private static void doesNotRead(Safe at, String text) {
    List<String> read =
        at.items()
            .contents()
            .handle((found, failure) -> found == null ? null : texts(found))
            .join();
    assertThat(read == null ? List.<String>of() : read).doesNotContain(text);
  }

  @Test
  void theNewerChainOfAGroupIsWithheldFromAWriterOfAFolder() {
    Group group = group("withheld", "carol");
    Safe safe = shared("stale", group);
    get(safe.sharing().share("brian", Role.READER));
    SafeFolder folder = folder(safe, Map.of("brian", FolderRight.FULL));
    get(safe.folders().setGroupRight(folder, group.id(), FolderRight.READ));
    Safe atBrian = of(brian, safe);
    get(atBrian.items().add("board", secret("before")));
    int length = evil.last(statements(group.id())).answer().getInteger("length");
    get(get(carol.session().groups().group(group.id())).leave());
    evil.lies(
        statements(group.id()),
        (asked, truth) ->
            new JsonObject().put("statements", new JsonArray()).put("length", length));
    // His client cannot know; the authority that keeps the records refuses what is sealed so.
    assertThat(problem(atBrian.items().add("board", secret("for carol too"))).refusal())
        .isEqualTo("room-state");
    evil.lieNoMore();
    // As soon as he knows he does not try.
    int before = evil.all().size();
    assertThat(problem(atBrian.items().add("board", secret("for carol too"))).kind())
        .isEqualTo(Kind.GENERATION_OWED);
    assertThat(writes(folder, before)).isEmpty();
  }

  @Test
  void aMemberOfAGroupThatWritesAFolderTakesItOver() {
    Group group = group("taking over", "brian");
    Safe safe = shared("taken over", group);
    get(safe.sharing().share("carol", Role.READER));
    SafeFolder folder = folder(safe, Map.of("carol", FolderRight.FULL));
    get(safe.folders().setGroupRight(folder, group.id(), FolderRight.FULL));
    Safe atBrian = of(brian, safe);
    get(atBrian.items().add("board", secret("as he may")));
    SafeFolder seen = only(atBrian);
    assertThat(seen.administers()).isFalse();
    refused(atBrian.folders().setRight(seen, "carol", FolderRight.READ));
    refused(atBrian.folders().setRight(seen, "ada", FolderRight.NONE));
    refused(atBrian.folders().setGroupRight(seen, group.id(), FolderRight.READ));
    refused(atBrian.folders().setGroupRight(seen, group.id(), FolderRight.NONE));
    refused(atBrian.folders().create("board/own", Map.of()));
    refused(atBrian.folders().move(seen, atBrian, "elsewhere"));
    Safe own = get(brian.session().safes().create("his own"));
    refused(atBrian.folders().move(seen, own, "taken"));
    refused(atBrian.folders().remove(seen, true));
    assertThat(texts(get(safe.items().contents())))
        .containsExactlyInAnyOrder("minutes", "as he may");
    assertThat(only(safe).right()).isEqualTo(FolderRight.FULL);
    assertThat(get(safe.folders().members(folder))).hasSize(3);
  }
}
