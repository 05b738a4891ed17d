package dev.zamok.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.zamok.client.audit.AuditEvent;
import dev.zamok.client.group.Group;
import dev.zamok.client.problem.ClientProblem.Kind;
import dev.zamok.client.safe.FolderRight;
import dev.zamok.client.safe.Planter;
import dev.zamok.client.safe.Safe;
import dev.zamok.client.safe.SafeFolder;
import dev.zamok.client.safe.SafeItem;
import dev.zamok.crypto.account.Keyset;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.identity.Identity;
import dev.zamok.crypto.opening.Opening;
import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.Bytes;
import io.vertx.core.json.JsonArray;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An audit that its server drops from, or writes anew. */
class AuditAttackTest {
  private static final SecureRandom RANDOM = new SecureRandom();

  @RegisterExtension static final AttackBed BED = new AttackBed();

  private static EvilServer evil;
  private static Person ada;
  private static Person brian;

  private Safe hers;
  private SafeItem item;

  @BeforeAll
  static void register() {
    evil = BED.evil();
    ada = BED.deceivedWithProfile("ada");
    brian = BED.honest("brian");
  }

  /** A safe of ada, in which brian lists, opens and opens again. */
  @BeforeEach
  void start() {
    hers = Person.get(ada.session().safes().create("servers"));
    item = Person.get(hers.items().add("", Bytes.fromHex("01")));
    Person.get(hers.sharing().share("brian", Role.READER));
    Safe his = Person.get(brian.session().safes().safe(hers.id()));
    Person.get(his.audit().noteListed());
    Person.get(his.audit().noteOpened(item));
    Person.get(his.audit().noteOpened(item));
  }

  private void lies(UnaryOperator<JsonArray> change) {
    evil.lies(
        "/v1/rooms/" + hers.id() + "/openings.*",
        (asked, answer) -> answer.put("openings", change.apply(answer.getJsonArray("openings"))));
  }

  private Kind refused() {
    return Person.problem(hers.audit().events()).kind();
  }

  @Test
  void theAuditTellsWhoDidWhatWithoutContent() {
    List<AuditEvent> events = Person.get(hers.audit().events());
    assertThat(events)
        .extracting(AuditEvent::kind)
        .containsExactly(
            AuditEvent.Kind.CREATED,
            AuditEvent.Kind.NEW_SECRET,
            AuditEvent.Kind.WRITTEN,
            AuditEvent.Kind.SHARED,
            AuditEvent.Kind.LISTED,
            AuditEvent.Kind.OPENED,
            AuditEvent.Kind.OPENED);
    AuditEvent opened = events.get(5);
    assertThat(opened.author()).isNotNull().extracting("login").isEqualTo("brian");
    assertThat(opened.item()).isEqualTo(item.id());
    assertThat(opened.version()).isEqualTo(1);
    Safe his = Person.get(brian.session().safes().safe(hers.id()));
    assertThat(Person.problem(his.audit().events()).kind()).isEqualTo(Kind.NOT_ALLOWED);
  }

  @Test
  void anOpeningTakenOutOfTheMiddleOrTheBeginningShows() {
    lies(all -> dropped(all, 1));
    assertThat(refused()).isEqualTo(Kind.CHAIN_ALARM);
    evil.lieNoMore();
    lies(all -> dropped(all, 0));
    assertThat(refused()).isEqualTo(Kind.CHAIN_ALARM);
  }

  @Test
  void anEndThatWasSeenBeforeAndIsGoneShows() {
    Person.get(hers.audit().events());
    lies(all -> dropped(all, 2));
    assertThat(refused()).isEqualTo(Kind.CHAIN_ALARM);
    evil.lieNoMore();
    lies(all -> new JsonArray());
    assertThat(refused()).isEqualTo(Kind.CHAIN_ALARM);
    evil.lieNoMore();
    assertThat(Person.get(hers.audit().events())).hasSize(7);
  }

  @Test
  void anOpeningWrittenAnewOrInTheNameOfAnotherShows() {
    lies(all -> changed(all, 1));
    assertThat(refused()).isEqualTo(Kind.TAMPERED);
    evil.lieNoMore();
    // The server's own, by somebody who never was a member.
    Identity forger = Keyset.generate(RANDOM).firstIdentity(new AccountId(1, 2));
    lies(all -> all.copy().add(opening(forger).encoded().toBase64Url()));
    assertThat(refused()).isEqualTo(Kind.TAMPERED);
  }

  @Test
  void anOpeningIsInventedBySomebodyWhoNeverWasInAGroupOfTheSafe() {
    Group group = Person.get(ada.session().groups().create("operators"));
    Person.get(group.add("brian", false));
    Person.get(hers.sharing().shareWithGroup(group, Role.READER));
    assertThat(Person.get(hers.audit().events())).isNotEmpty();
    Ghost ghost = Ghost.make();
    evil.lies("/v1/cards/lookup", ghost::amongCards);
    lies(all -> all.copy().add(opening(ghost.identity()).encoded().toBase64Url()));
    assertThat(refused()).isEqualTo(Kind.TAMPERED);
  }

  @Test
  void whatBecomesOfAFolderIsToldToAnAdminWhoCannotReadIt() {
    Person.get(hers.sharing().share("brian", Role.ADMIN));
    SafeFolder folder = Person.get(hers.folders().create("hr", Map.of()));
    SafeItem salaries = Person.get(hers.items().add("hr", Bytes.fromHex("02")));
    Person.get(hers.audit().noteOpened(salaries));
    assertThat(inFolders(Person.get(hers.audit().events())))
        .extracting(AuditEvent::folder, AuditEvent::kind)
        .containsExactly(
            tuple("hr", AuditEvent.Kind.CREATED),
            tuple("hr", AuditEvent.Kind.NEW_SECRET),
            tuple("hr", AuditEvent.Kind.SHARED),
            tuple("hr", AuditEvent.Kind.WRITTEN),
            tuple("hr", AuditEvent.Kind.OPENED));
    Safe his = Person.get(brian.session().safes().safe(hers.id()));
    List<AuditEvent> seen = inFolders(Person.get(his.audit().events()));
    assertThat(seen).hasSize(5).allMatch(event -> event.folder().equals(folder.id().toString()));
    assertThat(seen.get(4).item()).isEqualTo(salaries.id());
  }

  @Test
  void aFolderThatIsHiddenIsMissedInTheAudit() {
    SafeFolder folder = Person.get(hers.folders().create("hr", Map.of()));
    Person.get(hers.items().add("hr", Bytes.fromHex("02")));
    assertThat(Person.get(hers.audit().events()))
        .noneMatch(event -> event.kind() == AuditEvent.Kind.FOLDER_WITHHELD);
    evil.lies("/v1/rooms", (asked, truth) -> RevokeAttackTest.without(truth, folder.id()));
    List<AuditEvent> events = Person.get(hers.audit().events());
    AuditEvent last = events.get(events.size() - 1);
    assertThat(last.kind()).isEqualTo(AuditEvent.Kind.FOLDER_WITHHELD);
    assertThat(last.room()).isEqualTo(folder.id());
  }

  @Test
  void somebodyWhoWritesInAFolderGivesAnItemOfHisTheIdOfOneThatIsOpened() {
    Person.get(hers.sharing().share("brian", Role.WRITER));
    Person.get(hers.folders().create("his desk", Map.of("brian", FolderRight.FULL)));
    Safe his = Person.get(brian.session().safes().safe(hers.id()));
    Person.get(Planter.plant(his, "his desk", item.id(), Bytes.fromHex("03")));
    List<AuditEvent> opened =
        Person.get(hers.audit().events()).stream()
            .filter(event -> event.kind() == AuditEvent.Kind.OPENED)
            .toList();
    assertThat(opened).hasSize(2).allMatch(AuditEvent::isAmbiguous);
    assertThat(opened).allMatch(event -> event.folder().isEmpty());
    assertThat(opened).allMatch(event -> item.id().equals(event.item()));
  }

  private static List<AuditEvent> inFolders(List<AuditEvent> events) {
    return events.stream().filter(event -> !event.folder().isEmpty()).toList();
  }

  private Opening opening(Identity by) {
    Opening.Place place = Opening.Place.first(hers.id(), by.fingerprint(), 7);
    return Opening.sign(place, 1_800_000_000_000L, Opening.What.LIST, null, 0, by);
  }

  private static JsonArray dropped(JsonArray all, int index) {
    JsonArray rest = all.copy();
    rest.remove(index);
    return rest;
  }

  private static JsonArray changed(JsonArray all, int index) {
    byte[] raw = Bytes.fromBase64Url(all.getString(index)).toByteArray();
    // A byte of the item, which the signature covers.
    raw[raw.length - 64 - 4 - 3] ^= 1;
    JsonArray rest = all.copy();
    rest.set(index, Bytes.wrap(raw).toBase64Url());
    return rest;
  }

  @Test
  void aHoleInTheChainOfTheSafeShows() {
    evil.lies(
        EvilServer.statements(hers),
        (asked, answer) -> {
          JsonArray statements = answer.getJsonArray("statements");
          if (statements.size() > 2) {
            statements.remove(2);
          }
          return answer;
        });
    assertThat(refused()).isEqualTo(Kind.CHAIN_ALARM);
  }
}
