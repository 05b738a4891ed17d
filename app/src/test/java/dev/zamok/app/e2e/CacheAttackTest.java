package dev.zamok.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.client.Session;
import dev.zamok.client.ZamokClient;
import dev.zamok.client.problem.ClientProblem.Kind;
import dev.zamok.client.safe.Safe;
import dev.zamok.client.safe.SafeContents;
import dev.zamok.client.safe.SafeFolder;
import dev.zamok.client.safe.SafeItem;
import dev.zamok.client.trust.ServerTrust;
import dev.zamok.crypto.chain.Role;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.RoomId;
import io.vertx.core.json.JsonArray;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What a client keeps of a safe between runs: read, changed, put back, and opened by others. */
class CacheAttackTest {
  private static final String SECRET = "the content of the first secret";

  /** Nobody may log in often for long: the server's clock goes on with every run. */
  private static final Duration LOGIN_EVERY = Duration.ofSeconds(20);

  private static final MovingClock CLOCK = new MovingClock();

  @RegisterExtension static final AttackBed BED = AttackBed.serverAt(CLOCK);

  private static int times;

  @TempDir Path directory;
  private EvilServer evil;
  private String ada;
  private String brian;
  private Path profile;
  private RoomId safe;

  @BeforeEach
  void start() {
    times++;
    evil = BED.evil();
    ada = "ada" + times;
    brian = "brian" + times;
    profile = directory.resolve("ada");
    CLOCK.advance(Duration.ofMinutes(2));
    Person.register(BED.way(), ada).close();
    Person.register(BED.way(), brian).close();
    safe =
        with(
            session -> {
              Safe made = Person.get(session.safes().create("servers"));
              Person.get(made.items().add("", content(SECRET)));
              Person.get(made.items().add("", content("another")));
              Person.get(made.items().contents());
              return made.id();
            });
  }

  private static Bytes content(String text) {
    return Bytes.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A run of ada's program, through the evil server. */
  private <T> T with(Function<Session, T> work) {
    return with(profile, ada, work);
  }

  private <T> T with(Path place, String login, Function<Session, T> work) {
    CLOCK.advance(LOGIN_EVERY);
    URI uri = BED.evilWay().server();
    try (ZamokClient client =
        ZamokClient.builder()
            .server(uri)
            .trust(ServerTrust.pinned(BED.server().fingerprint()))
            .profile(place)
            .build()) {
      Session session =
          Person.get(
              client
                  .login(login, Person.password(login).toCharArray())
                  .thenCompose(locked -> locked.unlock(Person.master(login).toCharArray())));
      T result = work.apply(session);
      Person.get(session.logout());
      return result;
    }
  }

  private SafeContents contents(Session session) {
    return Person.get(session.safes().safe(safe).thenCompose(there -> there.items().contents()));
  }

  private Kind refused() {
    return with(
        session ->
            Person.problem(
                    session.safes().safe(safe).thenCompose(there -> there.items().contents()))
                .kind());
  }

  private Path cache() {
    return profile.resolve("room-" + safe + ".cache");
  }

  private List<String> texts(SafeContents contents) {
    return contents.items().stream()
        .map(item -> new String(item.content().toByteArray(), StandardCharsets.UTF_8))
        .toList();
  }

  private List<String> shown() {
    return with(session -> texts(contents(session)));
  }

  /** Lies that only a client who asks for everything anew would hear. */
  private void withhold() {
    evil.lies(
        "/v1/rooms/" + safe + "/items/lookup", (a, answer) -> answer.put("items", new JsonArray()));
  }

  @Test
  void whatWasVerifiedOnceIsNotAskedForAgain() {
    withhold();
    long before = fromTheStart();
    assertThat(shown()).containsExactly(SECRET, "another");
    assertThat(evil.last(statementsPath()).path()).contains("from=4");
    assertThat(fromTheStart()).isEqualTo(before);
  }

  private void share(String with) {
    with(
        session ->
            Person.get(
                session
                    .safes()
                    .safe(safe)
                    .thenCompose(there -> there.sharing().share(with, Role.READER))));
  }

  private List<String> members() {
    return with(
        session ->
            Person.get(session.safes().safe(safe).thenCompose(there -> there.members())).stream()
                .map(member -> member.contact().login() + member.contact().fingerprintText())
                .toList());
  }

  @Test
  void aCardThatWasProvenOnceIsNotAskedForAgain() {
    share(brian);
    List<String> before = members();
    long asked = evil.count("/v1/cards/lookup");
    assertThat(before).hasSize(2);
    assertThat(members()).isEqualTo(before);
    assertThat(evil.count("/v1/cards/lookup")).isEqualTo(asked);
  }

  @Test
  void aNameThatWasChangedInThePinsIsNotTakenFromTheFileNorFromTheServer() throws IOException {
    share(brian);
    assertThat(members()).hasSize(2);
    Path contacts = profile.resolve("contacts.json");
    String pins = Files.readString(contacts);
    assertThat(pins).contains(brian);
    Files.writeString(contacts, pins.replace(brian, "carol"));
    Kind kind =
        with(
            session ->
                Person.problem(session.safes().safe(safe).thenCompose(there -> there.members()))
                    .kind());
    assertThat(kind).isEqualTo(Kind.CARD_CHANGED);
  }

  @Test
  void aCardThatIsNotThePinnedOneAnyMoreIsAskedForAgain() throws IOException {
    share(brian);
    List<String> before = members();
    Files.delete(profile.resolve("contacts.json"));
    long asked = evil.count("/v1/cards/lookup");
    assertThat(members()).isEqualTo(before);
    assertThat(evil.count("/v1/cards/lookup")).isEqualTo(asked + 1);
  }

  @Test
  void whatWasVerifiedOfAFolderIsNotAskedForAgain() {
    RoomId folder =
        with(
            session -> {
              Safe there = Person.get(session.safes().safe(safe));
              SafeFolder made = Person.get(there.folders().create("db", Map.of()));
              Person.get(there.items().add("db", content("in the folder")));
              Person.get(there.items().contents());
              return made.id();
            });
    assertThat(profile.resolve("room-" + folder + ".cache")).exists();
    String lookups = "/v1/rooms/" + folder + "/items/lookup";
    long asked = evil.count(lookups);
    assertThat(shown()).containsExactly(SECRET, "another", "in the folder");
    assertThat(evil.count(lookups)).isEqualTo(asked);
    assertThat(evil.last("/v1/rooms/" + folder + "/statements.*").path()).doesNotContain("from=0");
    with(
        session -> {
          Safe there = Person.get(session.safes().safe(safe));
          SafeFolder gone = Person.get(there.folders().list()).get(0);
          Person.get(there.folders().remove(gone, true));
          return Person.get(session.safes().list());
        });
    assertThat(profile.resolve("room-" + folder + ".cache")).doesNotExist();
  }

  /** How often everything was asked for. */
  private long fromTheStart() {
    return evil.count("/v1/rooms/" + safe + "/statements.from=0");
  }

  private String statementsPath() {
    return "/v1/rooms/" + safe + "/statements.*";
  }

  @Test
  void theFileHoldsNothingInTheClearAndOnlyItsOwnerReadsIt() throws IOException {
    String raw = Files.readString(cache(), StandardCharsets.ISO_8859_1);
    assertThat(raw).doesNotContain(SECRET).doesNotContain("zamok/v1/");
    assertThat(raw.charAt(0)).isEqualTo((char) 2);
    assertThat(Files.getPosixFilePermissions(cache())).hasSize(2);
  }

  @Test
  void aChangedFileIsNotBelievedAndEverythingIsVerifiedAnew() throws IOException {
    byte[] raw = Files.readAllBytes(cache());
    for (int at : new int[] {0, 10, 40, 70, raw.length / 2, raw.length - 1}) {
      byte[] changed = raw.clone();
      changed[at] ^= 1;
      Files.write(cache(), changed);
      long before = fromTheStart();
      assertThat(shown()).containsExactly(SECRET, "another");
      assertThat(fromTheStart()).as("byte %d", at).isEqualTo(before + 1);
    }
    Files.write(cache(), new byte[0]);
    assertThat(shown()).containsExactly(SECRET, "another");
  }

  /** The two parts of a file. */
  private static byte[][] parts(Path file) throws IOException {
    byte[] raw = Files.readAllBytes(file);
    int end = raw.length - 4;
    int at = ByteBuffer.wrap(raw).getInt(end);
    return new byte[][] {Arrays.copyOf(raw, at), Arrays.copyOfRange(raw, at, end)};
  }

  private void write(byte[] first, byte[] second) throws IOException {
    ByteBuffer raw = ByteBuffer.allocate(first.length + second.length + 4);
    Files.write(cache(), raw.put(first).put(second).putInt(first.length).array());
  }

  @Test
  void thePartsOfAFileDoNotOpenInEachOthersPlace() throws IOException {
    byte[][] parts = parts(cache());
    write(parts[0], parts[1]);
    long before = fromTheStart();
    assertThat(shown()).containsExactly(SECRET, "another");
    assertThat(fromTheStart()).isEqualTo(before);
    write(parts[1], parts[0]);
    assertThat(shown()).containsExactly(SECRET, "another");
    assertThat(fromTheStart()).isEqualTo(before + 1);
    write(parts[0], parts[0]);
    assertThat(shown()).containsExactly(SECRET, "another");
    assertThat(fromTheStart()).isEqualTo(before + 2);
    write(parts[0], new byte[0]);
    assertThat(shown()).containsExactly(SECRET, "another");
    assertThat(fromTheStart()).isEqualTo(before + 3);
    for (int size : new int[] {-1, Integer.MAX_VALUE, 0}) {
      byte[] raw = Files.readAllBytes(cache());
      ByteBuffer.wrap(raw).putInt(raw.length - 4, size);
      Files.write(cache(), raw);
      long asked = fromTheStart();
      assertThat(shown()).containsExactly(SECRET, "another");
      assertThat(fromTheStart()).as("size %d", size).isEqualTo(asked + 1);
    }
  }

  @Test
  void olderItemsBesideANewerChainAreFetchedAnew() throws IOException {
    byte[][] old = parts(cache());
    with(
        session -> {
          Safe there = Person.get(session.safes().safe(safe));
          SafeItem first = Person.get(there.items().contents()).items().get(0);
          Person.get(there.items().edit(first, "", content("changed since")));
          Person.get(there.items().contents());
          return null;
        });
    byte[][] newer = parts(cache());
    write(newer[0], old[1]);
    assertThat(shown()).containsExactly("changed since", "another");
    write(old[0], newer[1]);
    assertThat(shown()).containsExactly("changed since", "another");
  }

  @Test
  void anOlderFileHidesNothingThatHappenedSince() throws IOException {
    Path old = directory.resolve("old");
    Files.copy(cache(), old);
    with(
        session -> {
          Safe there = Person.get(session.safes().safe(safe));
          SafeItem first = Person.get(there.items().contents()).items().get(0);
          Person.get(there.items().edit(first, "", content("changed since")));
          Person.get(there.items().contents());
          return null;
        });
    Files.copy(old, cache(), StandardCopyOption.REPLACE_EXISTING);
    assertThat(shown()).containsExactly("changed since", "another");
    // With the server's help it goes no further back than what is remembered apart from it.
    Files.copy(old, cache(), StandardCopyOption.REPLACE_EXISTING);
    evil.lies(
        statementsPath(),
        (asked, answer) -> answer.put("statements", new JsonArray()).put("length", 4));
    assertThat(refused()).isEqualTo(Kind.CHAIN_ALARM);
  }

  @Test
  void theFileOfAnotherSafeOrAnotherAccountOpensNothing() throws IOException {
    RoomId other =
        with(
            session -> {
              Safe made = Person.get(session.safes().create("other"));
              Person.get(made.items().add("", content("in the other safe")));
              Person.get(made.items().contents());
              return made.id();
            });
    Files.copy(
        profile.resolve("room-" + other + ".cache"), cache(), StandardCopyOption.REPLACE_EXISTING);
    assertThat(shown()).containsExactly(SECRET, "another");
    share(brian);
    Path his = directory.resolve("brian");
    with(his, brian, session -> texts(contents(session)));
    Files.copy(
        his.resolve("room-" + safe + ".cache"), cache(), StandardCopyOption.REPLACE_EXISTING);
    long before = fromTheStart();
    assertThat(shown()).containsExactly(SECRET, "another");
    assertThat(fromTheStart()).isEqualTo(before + 1);
  }

  @Test
  void whoIsShutOutKeepsNoFileOfTheSafe() {
    Path his = directory.resolve("brian");
    share(brian);
    with(his, brian, session -> texts(contents(session)));
    assertThat(his.resolve("room-" + safe + ".cache")).exists();
    with(
        session ->
            Person.get(
                session.safes().safe(safe).thenCompose(there -> there.sharing().revoke(brian))));
    with(his, brian, session -> Person.get(session.safes().list()));
    assertThat(his.resolve("room-" + safe + ".cache")).doesNotExist();
  }
}
