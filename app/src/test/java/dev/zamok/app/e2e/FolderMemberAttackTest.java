package dev.zamok.app.e2e;

import static dev.zamok.app.e2e.FolderAttackTest.closed;
import static dev.zamok.app.e2e.Person.get;
import static dev.zamok.app.e2e.Person.problem;
import static dev.zamok.app.e2e.RevokeAttackTest.logins;
import static dev.zamok.app.e2e.SafeTest.of;
import static dev.zamok.app.e2e.SafeTest.secret;
import static dev.zamok.app.e2e.SafeTest.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.client.problem.ClientProblem.Kind;
import dev.zamok.client.safe.FolderRight;
import dev.zamok.client.safe.Invitation;
import dev.zamok.client.safe.InviteLink;
import dev.zamok.client.safe.Safe;
import dev.zamok.client.safe.SafeFolder;
import dev.zamok.client.safe.SafeItem;
import dev.zamok.crypto.chain.Role;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What members of a safe try with its folders beyond their rights. */
class FolderMemberAttackTest {
  @RegisterExtension static final AttackBed BED = new AttackBed();

  private static Person ada;
  private static Person brian;
  private static Person carol;
  private static Person dora;

  @BeforeAll
  static void register() {
    ada = BED.honest("ada");
    carol = BED.honest("carol");
    brian = BED.honest("brian");
    dora = BED.honest("dora");
  }

  private static Safe safe(String name, Role ofBrian) {
    Safe safe = get(ada.session().safes().create(name));
    get(safe.sharing().share("brian", ofBrian));
    get(safe.sharing().share("dora", Role.READER));
    return safe;
  }

  @Test
  void whoWritesInAFolderMovesItWhereHeIsAdmin() {
    Safe safe = safe("robbed", Role.WRITER);
    get(safe.folders().create("full", Map.of("brian", FolderRight.FULL)));
    get(safe.items().add("full", secret("stays")));
    Safe atBrian = of(brian, safe);
    Safe own = get(brian.session().safes().create("own"));
    SafeFolder seen = get(atBrian.folders().list()).get(0);
    assertThat(problem(atBrian.folders().move(seen, own, "loot")).kind())
        .isEqualTo(Kind.NOT_ALLOWED);
    assertThat(get(own.folders().list())).isEmpty();
    assertThat(texts(get(own.items().contents()))).isEmpty();
    assertThat(texts(get(safe.items().contents()))).containsExactly("stays");
  }

  @Test
  void aStewardMovesAFolderWhereHeIsAdmin() {
    Safe safe = safe("carried off", Role.ADMIN);
    get(safe.folders().create("board", Map.of()));
    get(safe.items().add("board", secret("minutes")));
    Safe atBrian = of(brian, safe);
    Safe own = get(brian.session().safes().create("own"));
    SafeFolder seen = get(atBrian.folders().list()).get(0);
    assertThat(seen.administers()).isTrue();
    assertThat(problem(atBrian.folders().move(seen, own, "loot")).kind())
        .isIn(Kind.NOT_ALLOWED, Kind.REFUSED);
    assertThat(texts(get(safe.items().contents()))).containsExactly("minutes");
  }

  @Test
  void aStewardGivesHimselfReading() {
    Safe safe = safe("himself", Role.ADMIN);
    SafeFolder folder = get(safe.folders().create("board", Map.of("dora", FolderRight.READ)));
    get(safe.items().add("board", secret("minutes")));
    Safe atBrian = of(brian, safe);
    SafeFolder seen = get(atBrian.folders().list()).get(0);
    assertThat(get(atBrian.folders().setRight(seen, "brian", FolderRight.FULL)).proposed())
        .isTrue();
    // A new secret, made by somebody who reads, is none for him either.
    get(atBrian.folders().setRight(seen, "dora", FolderRight.NONE));
    assertThat(texts(get(safe.items().contents()))).containsExactly("minutes");
    get(safe.items().add("board", secret("under the next secret")));
    assertThat(texts(get(atBrian.items().contents()))).isEmpty();
    assertThat(closed(atBrian)).extracting(SafeFolder::id).containsExactly(folder.id());
  }

  @Test
  void aStewardLetsAnAccompliceRead() {
    Safe safe = safe("accomplice", Role.ADMIN);
    get(safe.folders().create("board", Map.of()));
    get(safe.items().add("board", secret("minutes")));
    Safe atBrian = of(brian, safe);
    SafeFolder seen = get(atBrian.folders().list()).get(0);
    assertThat(get(atBrian.folders().setRight(seen, "dora", FolderRight.READ)).proposed()).isTrue();
    get(safe.items().add("board", secret("more")));
    assertThat(texts(get(of(dora, safe).items().contents()))).isEmpty();
    assertThat(closed(of(dora, safe))).hasSize(1);
  }

  @Test
  void aFolderIsPlantedUnderThePathOfOneThatItsMakerCannotRead() {
    Safe safe = safe("planted", Role.ADMIN);
    get(safe.folders().create("board", Map.of()));
    SafeItem kept = get(safe.items().add("board", secret("minutes")));
    Safe atBrian = of(brian, safe);
    get(atBrian.folders().create("board", Map.of("ada", FolderRight.FULL)));

    assertThat(problem(safe.items().add("board", secret("for Ada alone"))).refusal())
        .isEqualTo("folder-contested");
    assertThat(get(safe.folders().list())).hasSize(2).allMatch(SafeFolder::contested);
    assertThat(texts(get(safe.items().contents()))).containsExactly("minutes");
    SafeFolder own =
        get(safe.folders().list()).stream()
            .filter(f -> f.id().equals(kept.place().room()))
            .findFirst()
            .orElseThrow();
    get(safe.folders().move(own, safe, "real board"));
    get(safe.items().add("real board", secret("for Ada alone")));
    assertThat(texts(get(atBrian.items().contents()))).isEmpty();
  }

  @Test
  void whoWasPutOutOfAFolderReadsWhatComesAfter() {
    Safe safe = safe("put out", Role.WRITER);
    SafeFolder folder = get(safe.folders().create("ops", Map.of("brian", FolderRight.FULL)));
    get(safe.items().add("ops", secret("known")));
    Safe atBrian = of(brian, safe);
    assertThat(texts(get(atBrian.items().contents()))).containsExactly("known");
    get(safe.folders().setRight(folder, "brian", FolderRight.NONE));
    get(safe.items().add("ops", secret("after")));
    assertThat(texts(get(atBrian.items().contents()))).isEmpty();
    assertThat(problem(atBrian.items().add("ops", secret("planted"))).refusal())
        .isEqualTo("folder-closed");
  }

  @Test
  void whoeverAnAdminByInvitationShutsOutStaysInTheFoldersThatWereThereBefore() {
    Safe safe = safe("by invitation", Role.READER);
    SafeFolder folder = get(safe.folders().create("board", Map.of("dora", FolderRight.READ)));
    get(safe.items().add("board", secret("minutes")));
    Invitation invitation = get(safe.invitations().invite(Role.ADMIN, Duration.ofDays(1), null));
    get(
        carol
            .session()
            .safes()
            .accept(InviteLink.parse(invitation.link().toString()), invitation.code()));
    get(safe.members());
    Safe atCarol = of(carol, safe);
    assertThat(get(atCarol.folders().list())).hasSize(1).allMatch(SafeFolder::administers);

    get(atCarol.sharing().revoke("dora"));

    assertThat(logins(safe, folder)).containsExactlyInAnyOrder("ada", "carol");
    get(safe.items().add("board", secret("under the next secret")));
    assertThat(problem(dora.session().room(folder.id())).kind())
        .isIn(Kind.REFUSED, Kind.NOT_ALLOWED);
  }
}
