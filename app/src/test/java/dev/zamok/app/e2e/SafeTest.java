package dev.zamok.app.e2e;

import static dev.zamok.app.e2e.Person.get;
import static dev.zamok.app.e2e.Person.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.safe.Revoked;
import dev.zamok.client.safe.Safe;
import dev.zamok.client.safe.SafeContents;
import dev.zamok.client.safe.SafeItem;
import dev.zamok.client.safe.SafeItems;
import dev.zamok.crypto.chain.Role;
import dev.zamok.protocol.Bytes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Safes of real clients at a real server. */
class SafeTest {
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

  static Bytes secret(String text) {
    return Bytes.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  static List<String> texts(SafeContents contents) {
    return contents.live().stream().map(SafeTest::text).toList();
  }

  static String text(SafeItem item) {
    return new String(item.content().toByteArray(), StandardCharsets.UTF_8);
  }

  static Safe of(Person person, Safe safe) {
    return get(person.session().safes().safe(safe.id()));
  }

  @Test
  void aSecretIsPutSharedEditedRestoredTrashedAndPurged() {
    try (Person ada = person("ada");
        Person brian = person("brian")) {
      Safe safe = get(ada.session().safes().create("servers"));
      SafeItem first = get(safe.items().add("db/prod", secret("one")));
      assertThat(first.version()).isEqualTo(1);
      get(safe.sharing().share("brian", Role.WRITER));

      Safe atBrian = get(brian.session().safes().list()).get(0);
      assertThat(get(atBrian.name())).contains("servers");
      SafeItem seen = get(atBrian.items().contents()).items().get(0);
      assertThat(seen).isEqualTo(first);
      SafeItem second = get(atBrian.items().edit(seen, "db/prod", secret("two")));
      assertThat(second.author().login()).isEqualTo("brian");
      assertThat(texts(get(safe.items().contents()))).containsExactly("two");

      List<SafeItem> versions = get(safe.items().versions(first.id()));
      assertThat(versions).extracting(SafeTest::text).containsExactly("one", "two");
      SafeItem third = get(safe.items().restore(second, versions.get(0)));
      assertThat(texts(get(atBrian.items().contents()))).containsExactly("one");

      SafeItem trashed = get(safe.items().trash(third));
      assertThat(get(atBrian.items().contents()).live()).isEmpty();
      SafeItem back = get(atBrian.items().restore(trashed));
      assertThat(texts(get(safe.items().contents()))).containsExactly("one");

      get(safe.items().purge(back));
      assertThat(get(atBrian.items().contents()).items()).isEmpty();
      assertThat(get(atBrian.items().versions(first.id()))).isEmpty();
      assertThat(problem(atBrian.items().edit(back, "", secret("late"))).refusal())
          .isEqualTo("version-conflict");
    }
  }

  @Test
  void ofTwoWhoEditOneVersionTheSecondIsToldAndNothingIsLost() {
    try (Person carol = person("carol");
        Person again = Person.login(Person.Way.to(server), "carol")) {
      Safe safe = get(carol.session().safes().create("shared"));
      Safe other = of(again, safe);
      SafeItem seen = get(safe.items().add("", secret("start")));
      get(other.items().contents());
      get(safe.items().edit(seen, "", secret("mine")));

      ClientProblem conflict = problem(other.items().edit(seen, "", secret("theirs")));

      assertThat(conflict.refusal()).isEqualTo("version-conflict");
      assertThat(texts(get(other.items().contents()))).containsExactly("mine");
      SafeItem now = get(other.items().contents()).items().get(0);
      get(other.items().edit(now, "", secret("merged")));
      assertThat(get(safe.items().versions(seen.id())))
          .extracting(SafeTest::text)
          .containsExactly("start", "mine", "merged");
    }
  }

  @Test
  void manyWriteAtOnceAndEachWriteIsThere() {
    try (Person dora = person("dora");
        Person again = Person.login(Person.Way.to(server), "dora")) {
      Safe safe = get(dora.session().safes().create("busy"));
      Safe other = of(again, safe);
      var writes = new ArrayList<java.util.concurrent.CompletableFuture<SafeItem>>();
      for (int i = 0; i < 8; i++) {
        writes.add(safe.items().add("", secret("a" + i)));
        writes.add(other.items().add("", secret("b" + i)));
      }
      writes.forEach(Person::get);
      assertThat(texts(get(safe.items().contents()))).hasSize(16).doesNotHaveDuplicates();
      assertThat(texts(get(other.items().contents())))
          .isEqualTo(texts(get(safe.items().contents())));
    }
  }

  @Test
  void changesArriveLive() throws InterruptedException {
    try (Person erin = person("erin");
        Person frank = person("frank")) {
      Safe safe = get(erin.session().safes().create("live"));
      get(safe.sharing().share("frank", Role.READER));
      Safe atFrank = of(frank, safe);
      assertThat(get(atFrank.items().contents()).items()).isEmpty();
      LinkedBlockingQueue<Boolean> told = new LinkedBlockingQueue<>();
      get(atFrank.listen(() -> told.add(true)));
      told.clear();

      get(safe.items().add("", secret("new")));

      assertThat(told.poll(Heard.SECONDS_MAX, TimeUnit.SECONDS)).isNotNull();
      assertThat(texts(get(atFrank.items().contents()))).containsExactly("new");
    }
  }

  @Test
  void whoIsRevokedReadsNothingNewAndTheRemoverLearnsWhatToRotate() {
    try (Person gina = person("gina");
        Person harry = person("harry")) {
      Safe safe = get(gina.session().safes().create("payroll"));
      SafeItem old = get(safe.items().add("", secret("old")));
      get(safe.sharing().share("harry", Role.WRITER));
      Safe atHarry = of(harry, safe);
      get(atHarry.items().contents());

      Revoked revoked = get(safe.sharing().revoke("harry"));

      assertThat(revoked.isWhole()).isTrue();
      assertThat(revoked.open()).extracting(SafeItem::id).containsExactly(old.id());
      assertThat(get(safe.upkeep().reseal())).isEqualTo(1);
      SafeItem resealed = get(safe.items().contents()).items().get(0);
      assertThat(resealed.place().generation()).isEqualTo(2);
      assertThat(resealed.place().resealed()).isTrue();
      assertThat(text(resealed)).isEqualTo("old");
      assertThat(get(safe.upkeep().reseal())).isZero();
      assertThat(problem(atHarry.items().contents()).kind())
          .isIn(ClientProblem.Kind.NOT_ALLOWED, ClientProblem.Kind.REFUSED);
      assertThat(problem(atHarry.items().add("", secret("still here"))).kind())
          .isIn(ClientProblem.Kind.NOT_ALLOWED, ClientProblem.Kind.REFUSED);
      assertThat(get(harry.session().safes().list())).isEmpty();
    }
  }

  @Test
  void theTrashIsPurgedAfterItsTime() {
    try (Person ida = person("ida")) {
      Safe safe = get(ida.session().safes().create("bin"));
      SafeItem kept = get(safe.items().add("", secret("kept")));
      get(safe.items().trash(get(safe.items().add("", secret("gone")))));
      assertThat(get(safe.upkeep().purgeTrash(Duration.ofDays(1)))).isZero();
      assertThat(get(safe.upkeep().purgeTrash(Duration.ZERO))).isEqualTo(1);
      assertThat(get(safe.items().contents()).items())
          .extracting(SafeItem::id)
          .containsExactly(kept.id());
    }
  }

  @Test
  void manySecretsAreAddedInBatches() {
    try (Person jane = person("jane");
        Person again = Person.login(Person.Way.to(server), "jane")) {
      Safe safe = get(jane.session().safes().create("import"));
      List<SafeItems.NewItem> items = new ArrayList<>();
      for (int i = 0; i < 250; i++) {
        items.add(new SafeItems.NewItem("folder " + i % 7, secret("secret " + i)));
      }
      List<Integer> written = new CopyOnWriteArrayList<>();
      assertThat(get(safe.items().addAll(items, written::add))).isEqualTo(250);
      assertThat(written).containsExactly(100, 100, 50);
      assertThat(texts(get(of(again, safe).items().contents())))
          .isEqualTo(
              items.stream()
                  .map(i -> new String(i.content().toByteArray(), StandardCharsets.UTF_8))
                  .toList());
    }
  }
}
