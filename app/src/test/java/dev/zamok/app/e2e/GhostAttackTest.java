package dev.zamok.app.e2e;

import static dev.zamok.app.e2e.Person.get;
import static dev.zamok.app.e2e.Person.problem;
import static dev.zamok.app.e2e.SafeTest.of;
import static dev.zamok.app.e2e.SafeTest.secret;
import static dev.zamok.app.e2e.SafeTest.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.client.group.Group;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.problem.ClientProblem.Kind;
import dev.zamok.client.safe.Safe;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.identity.Fingerprint;
import dev.zamok.crypto.identity.Identity;
import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.ItemId;
import dev.zamok.protocol.RoomId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server that puts somebody of its own into the chain of a safe or of a group, or shows another
 * ending of it. Brian hears everything from the evil one; Carol signs what it wants.
 */
class GhostAttackTest {
  private static final int MEMBER = 1;
  private static final int WRITER = 2;

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

  private static ForgedRoom room(RoomId room) {
    return new ForgedRoom(evil, room, ada, brian, carol);
  }

  private static Bytes asWriter(Identity member) {
    Fingerprint self = member.fingerprint();
    return new ByteWriter().bytes(self.bytes()).u8(WRITER).u64(4711).toBytes();
  }

  private static void tampered(CompletableFuture<?> future, String how) {
    ClientProblem problem = problem(future);
    assertThat(problem.kind()).isEqualTo(Kind.TAMPERED);
    assertThat(problem).hasMessageContaining(how);
  }

  @Test
  void aGhostIsPutIntoTheChainOfAGroup() {
    Group group = get(ada.session().groups().create("haunted"));
    get(group.add("brian", false));
    get(group.add("carol", true));
    Safe safe = get(ada.session().safes().create("of the haunted"));
    get(safe.sharing().shareWithGroup(group, Role.WRITER));
    get(get(carol.session().groups().group(group.id())).members());
    Ghost ghost = Ghost.make();
    evil.lies("/v1/cards/lookup", ghost::amongCards);
    Bytes joins = asWriter(ghost.identity());
    Fingerprint owner = ada.session().self().fingerprint();

    // By an admin of the group it is believed: so it is the signature that is missed below.
    try (Person again = BED.again("brian")) {
      room(group.id()).says(insider, MEMBER, joins).serve();
      assertThat(get(get(again.session().groups().group(group.id())).members())).hasSize(4);
    }
    for (Person victim : new Person[] {brian, carol}) {
      room(group.id()).says(owner, ghost.identity(), MEMBER, joins).serve();
      tampered(
          victim.session().groups().group(group.id()).thenCompose(Group::members),
          "does not verify");
      tampered(of(victim, safe).items().add("", secret("for a ghost")), "does not verify");
    }
    try (Person again = BED.again("brian")) {
      room(group.id()).says(ghost.identity(), MEMBER, joins).serve();
      tampered(
          again.session().groups().group(group.id()).thenCompose(Group::members),
          "holds what it must not");
    }
  }

  @Test
  void aGhostIsPutIntoTheChainOfASafe() {
    Safe safe = get(ada.session().safes().create("haunted safe"));
    get(safe.sharing().share("brian", Role.ADMIN));
    get(safe.items().add("", secret("before")));
    assertThat(texts(get(of(brian, safe).items().contents()))).containsExactly("before");
    Ghost ghost = Ghost.make();
    evil.lies("/v1/cards/lookup", ghost::amongCards);
    Fingerprint owner = ada.session().self().fingerprint();
    room(safe.id()).says(owner, ghost.identity(), MEMBER, asWriter(ghost.identity())).serve();
    int before = evil.all().size();
    Safe atBrian = of(brian, safe);
    tampered(atBrian.items().add("", secret("for a ghost")), "does not verify");
    // Nor does he make a secret for him.
    tampered(atBrian.sharing().revoke("ada"), "does not verify");
    assertThat(evil.all().subList(before, evil.all().size()))
        .noneMatch(one -> one.request().containsKey("wraps"));
  }

  @Test
  void aMemberSignsTwoEndingsAndTheServerShowsTheOtherOneLater(@TempDir Path profile)
      throws IOException {
    Safe safe = get(ada.session().safes().create("two endings"));
    get(safe.sharing().share("brian", Role.WRITER));
    get(safe.sharing().share("carol", Role.WRITER));
    Safe atCarol = of(carol, safe);
    get(atCarol.items().contents());
    int common = room(safe.id()).length();
    get(atCarol.items().add("", secret("as ada sees it")));
    Person.Way way = BED.evilWay().withProfile(profile);
    try (Person first = Person.login(way, "brian")) {
      Safe seen = of(first, safe);
      assertThat(texts(get(seen.items().contents()))).containsExactly("as ada sees it");
      ForgedRoom other = otherEnding(safe, common);
      // In the same run what follows does not follow what was seen.
      alarmed(seen, "continues differently");
      assertThat(other.length()).isGreaterThan(common + 1);
    }
    evil.lieNoMore();
    // Another run that remembers nothing but the pin, and gets a chain that is good in itself.
    for (Path file : Files.list(profile).toList()) {
      if (file.toString().endsWith(".cache")) {
        Files.delete(file);
      }
    }
    otherEnding(safe, common);
    try (Person later = Person.login(way, "brian")) {
      alarmed(of(later, safe), "differs from the one seen before");
    }
    // Whoever comes for the first time cannot know.
    try (Person fresh = BED.again("brian")) {
      assertThat(texts(get(of(fresh, safe).items().contents())))
          .containsExactly("as brian sees it", "and on");
    }
  }

  private static ForgedRoom otherEnding(Safe safe, int common) {
    ForgedRoom other = room(safe.id());
    var known = other.secret(insider, 1);
    other.cutTo(common);
    ItemId unused = other.item(insider, known, secret("as brian sees it"));
    ItemId also = other.item(insider, known, secret("and on"));
    assertThat(unused).isNotEqualTo(also);
    other.serve();
    return other;
  }

  private static void alarmed(Safe safe, String how) {
    ClientProblem problem = problem(safe.items().contents());
    assertThat(problem.kind()).isEqualTo(Kind.CHAIN_ALARM);
    assertThat(problem).hasMessageContaining(how);
  }
}
