package dev.zamok.app.e2e;

import static dev.zamok.app.e2e.Person.get;
import static dev.zamok.app.e2e.Person.say;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.client.Readmitted;
import dev.zamok.client.Room;
import dev.zamok.client.Session;
import dev.zamok.client.group.Group;
import dev.zamok.client.room.Readmission;
import dev.zamok.client.room.RoomMember;
import dev.zamok.client.safe.Parcels;
import dev.zamok.client.safe.Safe;
import dev.zamok.crypto.chain.History;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.identity.Fingerprint;
import dev.zamok.protocol.content.Content;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody replaces his keys, and goes on in rooms, folders and with what was sent to him. */
class ReplacedKeysTest {
  private static TestServer server;

  @BeforeAll
  static void serve(@TempDir Path place) {
    server = TestServer.start(place);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Person person(String login) {
    return Person.register(Person.Way.to(server), login);
  }

  private static Session replaced(Person who, String login) {
    return get(
        who.session()
            .replaceKeys(
                Person.password(login).toCharArray(), Person.master(login).toCharArray(), null));
  }

  private static List<RoomMember> of(String login, Room room) {
    return get(room.members()).stream()
        .filter(member -> member.contact().login().equals(login))
        .toList();
  }

  @Test
  void roomsGoOnByTheFormerKeysUntilTheirAdminsAddHimAgainAndByTheNewOnesFromThen() {
    try (Person ada = person("ada");
        Person brian = person("brian")) {
      Room plans = get(ada.session().createPrivate("plans", History.FROM_JOIN));
      get(plans.invite("brian", Role.WRITER));
      Room direct = get(ada.session().direct("brian"));
      Heard heard = ada.listen(plans);

      Session next = replaced(brian, "brian");

      Readmitted waits = get(next.readmit());
      assertThat(waits.rooms())
          .allSatisfy(
              place -> {
                assertThat(place.how()).isEqualTo(Readmission.WAITS);
                assertThat(place.admins()).containsExactly("ada");
              })
          .extracting(Readmitted.Place::room)
          .containsExactlyInAnyOrder(plans.id(), direct.id());
      say(get(next.room(plans.id())), "by the former keys");
      heard.awaitTexts("by the former keys");

      get(plans.invite("brian", Role.WRITER));
      assertThat(of("brian", plans))
          .extracting(member -> member.contact().fingerprint())
          .containsExactly(next.self().fingerprint());
      assertThat(get(ada.session().direct("brian")).id()).isEqualTo(direct.id());
      assertThat(of("brian", direct))
          .extracting(member -> member.contact().fingerprint())
          .containsExactly(next.self().fingerprint());
      assertThat(get(next.readmit()).rooms()).isEmpty();
      get(next.close());
      try (Person again = Person.login(Person.Way.to(server), "brian")) {
        say(again.room(plans.id()), "by the new keys");
        heard.awaitTexts("by the new keys");
      }
    }
  }

  @Test
  void whoAdministersARoomWithoutHistoryAdmitsHimselfAndIsHeard() {
    try (Person carol = person("carol");
        Person dora = person("dora")) {
      Room plans = get(carol.session().createPrivate("plans", History.FROM_JOIN));
      get(plans.invite("dora", Role.WRITER));
      Heard heard = dora.listen(dora.room(plans.id()));
      Session next = replaced(carol, "carol");
      assertThat(get(next.readmit()).rooms())
          .extracting(Readmitted.Place::how)
          .containsExactly(Readmission.DONE);
      get(get(next.room(plans.id())).publish(Content.text("new keys")));
      heard.awaitTexts("new keys");
      assertThat(of("carol", dora.room(plans.id()))).hasSize(1);
      get(next.close());
    }
  }

  @Test
  void foldersAndCopiesThatWereSentBeforeAreReadAsBefore() {
    try (Person erin = person("erin");
        Person fay = person("fay")) {
      Safe safe = get(erin.session().safes().create("servers"));
      get(safe.folders().create("inner", Map.of()));
      get(safe.items().add("inner", SafeTest.secret("deep")));
      get(
          fay.session()
              .safes()
              .parcels()
              .send(
                  get(fay.session().lookup("erin")),
                  SafeTest.secret("sent before"),
                  Duration.ofDays(1)));

      Session next = replaced(erin, "erin");

      assertThat(get(next.readmit()).rooms())
          .hasSize(2)
          .extracting(Readmitted.Place::how)
          .containsOnly(Readmission.DONE);
      Safe anew = get(next.safes().safe(safe.id()));
      assertThat(SafeTest.texts(get(anew.items().contents()))).containsExactly("deep");
      Parcels parcels = next.safes().parcels();
      assertThat(get(parcels.take(get(parcels.pending()).received().get(0))).content())
          .isEqualTo(SafeTest.secret("sent before"));
      get(next.close());
    }
  }

  @Test
  void aGroupAndItsSafeHaveNewSecretsAtOnceWhereHeAdministersBoth() {
    try (Person greta = person("greta");
        Person henry = person("henry")) {
      Group ops = get(greta.session().groups().create("ops"));
      get(ops.add("henry", false));
      Safe safe = get(greta.session().safes().create("servers"));
      get(safe.sharing().shareWithGroup(ops, Role.WRITER));

      Session next = replaced(greta, "greta");

      Readmitted all = get(next.readmit());
      assertThat(all.stale()).isEmpty();
      assertThat(all.rooms())
          .extracting(Readmitted.Place::how)
          .containsExactly(Readmission.DONE, Readmission.DONE);
      Safe atHenry = SafeTest.of(henry, safe);
      get(atHenry.items().add("", SafeTest.secret("by the group")));
      Safe anew = get(next.safes().safe(safe.id()));
      assertThat(SafeTest.texts(get(anew.items().contents()))).containsExactly("by the group");

      // Who does not administer the group waits, reads on, and is added again.
      Session other = replaced(henry, "henry");
      assertThat(get(other.readmit()).rooms())
          .singleElement()
          .matches(place -> place.room().equals(ops.id()))
          .matches(place -> place.how() == Readmission.WAITS);
      get(get(other.safes().safe(safe.id())).items().add("", SafeTest.secret("by former keys")));
      Group again = get(next.groups().group(ops.id()));
      get(again.add("henry", false));
      assertThat(get(again.settle())).isEmpty();
      assertThat(get(other.readmit()).rooms()).isEmpty();
      assertThat(SafeTest.texts(get(get(other.safes().safe(safe.id())).items().contents())))
          .containsExactlyInAnyOrder("by the group", "by former keys");
      get(other.close());
      get(next.close());
    }
  }

  @Test
  void aKeptDeviceStaysKeptAndKeysCanBeReplacedAgain(@TempDir Path profile) {
    Person.Way way = Person.Way.to(server).withProfile(profile);
    Safe safe;
    Fingerprint last;
    try (Person irene = Person.register(way, "irene")) {
      get(irene.session().keepDevice());
      safe = get(irene.session().safes().create("own"));
      get(safe.items().add("", SafeTest.secret("old")));
      Session next = replaced(irene, "irene");
      assertThat(next.isKept()).isTrue();
      get(next.readmit());
      char[] master = Person.master("irene").toCharArray();
      Session third = get(next.replaceKeys(Person.password("irene").toCharArray(), master, null));
      get(third.readmit());
      last = third.self().fingerprint();
      assertThat(third.self().card().seq()).isEqualTo(3);
      get(third.close());
    }
    try (Person irene = Person.resume(way)) {
      assertThat(irene.session().self().fingerprint()).isEqualTo(last);
      assertThat(SafeTest.texts(get(SafeTest.of(irene, safe).items().contents())))
          .containsExactly("old");
    }
  }
}
