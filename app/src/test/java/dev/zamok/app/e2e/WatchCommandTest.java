package dev.zamok.app.e2e;

import static dev.zamok.app.e2e.Person.get;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.zamok.app.safe.SafeCommands;
import dev.zamok.client.audit.AuditEvent;
import dev.zamok.client.safe.FolderRight;
import dev.zamok.client.safe.Safe;
import dev.zamok.client.safe.SafeFolder;
import dev.zamok.client.safe.SafeItem;
import dev.zamok.client.secret.Secret;
import dev.zamok.client.secret.SecretCodec;
import dev.zamok.client.secret.SecretText;
import dev.zamok.crypto.chain.Role;
import dev.zamok.protocol.Bytes;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ada changes things with one client; the command of Brian tells him, over WebSockets. */
class WatchCommandTest {
  private static final String VALUE = "the value that no line may show";

  private static CommandBed bed;
  private static EvilServer evil;
  private static Person ada;

  @BeforeAll
  static void serve(@TempDir Path place) {
    bed = new CommandBed(place);
    evil = EvilServer.before(bed.server(), place);
    bed.register("brian", "carol");
    ada = Person.register(Person.Way.to(bed.server()), "ada");
  }

  @AfterAll
  static void stop() {
    ada.close();
    evil.close();
    bed.close();
  }

  private static Safe shared(String name) {
    Safe safe = get(ada.session().safes().create(name));
    get(safe.sharing().share("brian", Role.READER));
    return safe;
  }

  private static Bytes secret(String name) {
    Secret secret = Secret.named(name).login(VALUE).password(SecretText.of(VALUE)).done();
    return Bytes.wrap(SecretCodec.encode(secret));
  }

  private static RunningCommand watch(String... arguments) {
    List<String> all = new ArrayList<>(List.of("watch"));
    all.addAll(List.of(arguments));
    return bed.start(
        SafeCommands.watching(Person.password("brian"), Person.master("brian")),
        "brian",
        all.toArray(String[]::new));
  }

  /** The kinds of lines, with what happened, in their order. */
  private static List<String> whats(RunningCommand watch) throws Exception {
    List<String> whats = new ArrayList<>();
    for (String line : watch.out.all().lines().toList()) {
      JsonNode json = new ObjectMapper().readTree(line);
      whats.add(json.path(json.has("what") ? "what" : "type").asText());
    }
    return whats;
  }

  private static JsonNode awaited(RunningCommand watch, String part) throws Exception {
    return new ObjectMapper().readTree(watch.out.await(part));
  }

  @Test
  void eachChangeOfASecretIsALineWithWhoDidWhat() throws Exception {
    Safe safe = shared("secrets");
    SafeItem there = get(safe.items().add("", secret("there before")));
    try (RunningCommand watch = watch("--json", "secrets")) {
      watch.out.await("\"watching\"");
      SafeItem first = get(safe.items().add("db", secret("prod")));
      JsonNode added = awaited(watch, "\"added\"");
      assertThat(added.path("secret").asText()).isEqualTo("db/prod");
      assertThat(added.path("author").asText()).isEqualTo("ada");
      assertThat(added.path("name").asText()).isEqualTo("secrets");
      assertThat(added.path("item").asText()).isEqualTo(first.id().toString());
      SafeItem second = get(safe.items().edit(first, "db", secret("production")));
      JsonNode changed = awaited(watch, "\"changed\"");
      assertThat(changed.path("secret").asText()).isEqualTo("db/production");
      assertThat(changed.path("formerly").asText()).isEqualTo("db/prod");
      assertThat(changed.path("version").asInt()).isEqualTo(2);
      SafeItem trashed = get(safe.items().trash(second));
      awaited(watch, "\"trashed\"");
      get(safe.items().restore(trashed));
      awaited(watch, "\"restored\"");
      get(safe.items().purge(there));
      assertThat(awaited(watch, "\"purged\"").path("secret").asText()).isEqualTo("there before");
      assertThat(whats(watch))
          .containsExactly("watching", "added", "changed", "trashed", "restored", "purged");
      assertThat(watch.out.all()).doesNotContain(VALUE);
      assertThat(watch.interrupt()).isZero();
      assertThat(watch.err.all()).doesNotContain(VALUE);
    }
  }

  @Test
  void sharesRevocationsAndFoldersAreLinesToo() throws Exception {
    Safe safe = shared("people");
    try (RunningCommand watch = watch("--json", "people")) {
      watch.out.await("\"watching\"");
      get(safe.sharing().share("carol", Role.WRITER));
      JsonNode shared = awaited(watch, "\"shared\"");
      assertThat(shared.path("member").asText()).isEqualTo("carol");
      assertThat(shared.path("role").asText()).isEqualTo("writer");
      get(safe.sharing().revoke("carol"));
      assertThat(awaited(watch, "\"removed\"").path("member").asText()).isEqualTo("carol");
      SafeFolder folder = get(safe.folders().create("db", Map.of("brian", FolderRight.READ)));
      assertThat(awaited(watch, "\"folder-opened\"").path("folder").asText()).isEqualTo("db");
      get(safe.items().add("db", secret("inside")));
      assertThat(awaited(watch, "\"db/inside\"").path("what").asText()).isEqualTo("added");
      get(safe.folders().setRight(folder, "brian", FolderRight.NONE));
      // What the safe says next: a folder that is taken away tells nobody who is out.
      get(safe.items().add("", secret("outside")));
      awaited(watch, "\"outside\"");
      JsonNode closed = awaited(watch, "\"folder-closed\"");
      assertThat(closed.path("folder").asText()).isEqualTo("db");
      get(safe.items().add("db", secret("no more for him")));
      get(safe.items().add("", secret("last")));
      awaited(watch, "\"last\"");
      assertThat(watch.out.all()).doesNotContain("no more for him").doesNotContain(VALUE);
    }
  }

  @Test
  void peopleReadLinesInWords() {
    Safe safe = shared("words");
    try (RunningCommand watch = watch("words")) {
      watch.err.await("zamok: watching words");
      SafeItem item = get(safe.items().add("", secret("first")));
      assertThat(watch.out.await("added")).matches("\\S+Z  words  ada  added  first");
      get(safe.items().edit(item, "db", secret("moved")));
      assertThat(watch.out.await("formerly"))
          .matches("\\S+Z  words  ada  changed  db/moved  formerly first");
      assertThat(watch.interrupt()).isZero();
    }
  }

  @Test
  void aLostConnectionIsToldAndWhatCameMeanwhileFollowsWhenItIsBack() throws Exception {
    Safe safe = shared("far away");
    try (CuttableProxy proxy = CuttableProxy.to(bed.server().port())) {
      bed.at(TestServer.uri(proxy.port()));
      try (RunningCommand watch = watch("--json", "far away")) {
        watch.out.await("\"watching\"");
        proxy.cut();
        watch.out.await("\"lost\"");
        get(safe.items().add("", secret("one")));
        get(safe.items().add("", secret("two")));
        assertThat(watch.out.all()).doesNotContain("\"one\"");
        proxy.mend();
        watch.out.await("\"two\"");
        assertThat(whats(watch))
            .containsExactly("watching", "connection", "connection", "added", "added");
        assertThat(watch.out.await("\"back\"")).contains("connection");
        assertThat(watch.interrupt()).isZero();
      } finally {
        bed.at(bed.server().uri());
      }
    }
  }

  @Test
  void withoutANameAllSafesAreWatchedAndThoseThatCome() throws Exception {
    Safe one = shared("first of all");
    Safe other = shared("second of all");
    try (CuttableProxy proxy = CuttableProxy.to(bed.server().port())) {
      bed.at(TestServer.uri(proxy.port()));
      try (RunningCommand watch = watch("--json")) {
        watch.out.await("\"first of all\"");
        watch.out.await("\"second of all\"");
        get(one.items().add("", secret("in the one")));
        get(other.items().add("", secret("in the other")));
        watch.out.await("\"in the one\"");
        watch.out.await("\"in the other\"");
        // They are looked for when the connection is back, too.
        proxy.cut();
        watch.out.await("\"lost\"");
        Safe third = shared("third of all");
        proxy.mend();
        watch.out.await("\"third of all\"");
        get(third.items().add("", secret("in the third")));
        watch.out.await("\"in the third\"");
        assertThat(watch.interrupt()).isZero();
      } finally {
        bed.at(bed.server().uri());
      }
    }
  }

  @Test
  void whoIsPutOutIsToldAndTheCommandEnds() throws Exception {
    Safe safe = shared("not for long");
    try (RunningCommand watch = watch("--json", "not for long")) {
      watch.out.await("\"watching\"");
      get(safe.sharing().revoke("brian"));
      assertThat(watch.code()).isEqualTo(5);
      assertThat(whats(watch)).contains("ended");
      assertThat(watch.err.all()).contains("you are not in that safe any more");
    }
  }

  @Test
  void aFolderThatDoesNotVerifyIsOneLineAndTheExitCodeSaysSo() throws Exception {
    Safe safe = shared("one folder");
    SafeFolder folder = get(safe.folders().create("hr", Map.of("brian", FolderRight.READ)));
    get(safe.items().add("hr", secret("pay")));
    evil.lies(
        "/v1/rooms/" + folder.id() + "/items/lookup",
        (asked, truth) -> truth.put("items", new JsonArray()));
    bed.at(evil.way(Person.Way.to(bed.server())).server());
    try (RunningCommand watch = watch("--json", "one folder")) {
      JsonNode broken = awaited(watch, "\"folder-that-does-not-verify\"");
      assertThat(broken.path("folder").asText()).isEqualTo(folder.id().toString());
      get(safe.items().add("", secret("first")));
      watch.out.await("\"first\"");
      get(safe.items().add("", secret("second")));
      watch.out.await("\"second\"");
      assertThat(watch.interrupt()).isEqualTo(6);
      assertThat(whats(watch))
          .containsExactly("watching", "folder-that-does-not-verify", "added", "added");
    } finally {
      evil.lieNoMore();
      bed.at(bed.server().uri());
    }
  }

  @Test
  void aSafeThatDoesNotVerifyIsToldOnceAndTriedAgain() throws Exception {
    Safe safe = shared("odd one");
    shared("plain one");
    get(safe.items().add("", secret("there before")));
    evil.lies(EvilServer.items(safe), (asked, truth) -> truth.put("items", new JsonArray()));
    int evilPort = evil.way(Person.Way.to(bed.server())).server().getPort();
    try (CuttableProxy proxy = CuttableProxy.to(evilPort)) {
      bed.at(TestServer.uri(proxy.port()));
      try (RunningCommand watch = watch("--json")) {
        String left = watch.out.await("\"could-not-be-looked-into\"");
        assertThat(left).contains(safe.id().toString());
        watch.out.await("\"plain one\"");
        evil.lieNoMore();
        proxy.cut();
        watch.out.await("\"lost\"");
        proxy.mend();
        watch.out.await("\"odd one\"");
        assertThat(watch.out.all().lines()).containsOnlyOnce(left);
        assertThat(watch.interrupt()).isEqualTo(6);
      }
    } finally {
      evil.lieNoMore();
      bed.at(bed.server().uri());
    }
  }

  @Test
  void aSafeThatNobodyIsLetJoinIsToldOnceAndNotNotedAsListed() throws Exception {
    Safe barred = shared("barred one");
    Safe plain = shared("joined one");
    evil.lies(
        "/v1/tickets",
        (asked, truth) -> {
          JsonArray rooms = new JsonArray();
          truth.getJsonArray("rooms").stream()
              .filter(room -> !((JsonObject) room).getString("room").equals(barred.id().toString()))
              .forEach(rooms::add);
          return truth.put("rooms", rooms);
        });
    bed.at(evil.way(Person.Way.to(bed.server())).server());
    try (RunningCommand watch = watch("--json")) {
      watch.out.await("\"joined one\"");
      String left = watch.out.await("\"could-not-be-looked-into\"");
      assertThat(left).contains(barred.id().toString());
      // After a look that tried it again.
      Safe third = shared("looked for again");
      watch.out.await("\"looked for again\"");
      get(third.items().add("", secret("told")));
      watch.out.await("\"told\"");
      assertThat(watch.interrupt()).isNotZero();
      assertThat(watch.out.all().lines()).containsOnlyOnce(left);
    } finally {
      evil.lieNoMore();
      bed.at(bed.server().uri());
    }
    assertThat(get(plain.audit().events()))
        .extracting(AuditEvent::kind)
        .contains(AuditEvent.Kind.LISTED);
    assertThat(get(barred.audit().events()))
        .extracting(AuditEvent::kind)
        .doesNotContain(AuditEvent.Kind.LISTED);
  }

  @Test
  void whatDoesNotVerifyIsToldLoudlyAndTheRestGoesOn() throws Exception {
    Safe safe = shared("altered");
    bed.at(evil.way(Person.Way.to(bed.server())).server());
    try (RunningCommand watch = watch("--json", "altered")) {
      watch.out.await("\"watching\"");
      evil.lies(
          EvilServer.items(safe),
          (asked, truth) -> truth.put("items", new JsonArray()).put("more", false));
      SafeItem hidden = get(safe.items().add("", secret("hidden")));
      JsonNode flawed = awaited(watch, "\"unverified\"");
      assertThat(flawed.path("item").asText()).isEqualTo(hidden.id().toString());
      watch.err.await("DANGER: altered: the line before could not be verified");
      evil.lieNoMore();
      get(safe.items().add("", secret("honest")));
      watch.out.await("\"honest\"");
      assertThat(watch.interrupt()).isEqualTo(6);
    } finally {
      evil.lieNoMore();
      bed.at(bed.server().uri());
    }
  }
}
