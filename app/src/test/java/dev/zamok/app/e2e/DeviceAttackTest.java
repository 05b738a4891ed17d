package dev.zamok.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.app.account.AccountCommands;
import dev.zamok.app.device.DeviceCommands;
import dev.zamok.app.login.Asker;
import dev.zamok.app.safe.SafeCommands;
import dev.zamok.client.DeviceLogin;
import dev.zamok.client.Session;
import dev.zamok.client.ZamokClient;
import dev.zamok.client.device.DeviceKeeper;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.problem.ClientProblem.Kind;
import dev.zamok.client.trust.ServerTrust;
import dev.zamok.protocol.Bytes;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A device that is kept: what thieves of its files and a server gone bad get of it. */
class DeviceAttackTest {
  @TempDir Path directory;
  private TestServer server;
  private final MovingClock clock = new MovingClock();

  @BeforeEach
  void start() {
    server = TestServer.start(directory, clock);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Path place(String name) {
    return directory.resolve(name);
  }

  private ZamokClient client(URI uri, Path profile) {
    return ZamokClient.builder()
        .server(uri)
        .trust(ServerTrust.pinned(server.fingerprint()))
        .profile(profile)
        .clock(clock)
        .build();
  }

  private ZamokClient client(Path profile) {
    return client(server.uri(), profile);
  }

  /** Ada's device, kept. */
  private void keep(Path profile) {
    Person.register(Person.Way.to(server), "ada").close();
    try (ZamokClient ada = client(profile)) {
      Session session =
          Person.get(
              ada.login("ada", Person.password("ada").toCharArray())
                  .thenCompose(locked -> locked.unlock(Person.master("ada").toCharArray())));
      Person.get(session.keepDevice());
      Person.get(session.close());
    }
  }

  private static Path copy(Path from, Path to) {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
      return to;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void resumes(Path profile) {
    try (ZamokClient client = client(profile)) {
      Session session = Person.get(client.resume());
      assertThat(session.isKept()).isTrue();
      Person.get(session.close());
    }
  }

  private ClientProblem refused(URI uri, Path profile) {
    try (ZamokClient client = client(uri, profile)) {
      return Person.problem(client.resume());
    }
  }

  private ClientProblem refused(Path profile) {
    return refused(server.uri(), profile);
  }

  @Test
  void aStolenProfileOpensNothingOnceTheDeviceWasForgottenFromAnother() {
    keep(place("ada"));
    resumes(place("ada"));
    Path stolen = copy(place("ada"), place("stolen"));
    try (Person ada = Person.login(Person.Way.to(server), "ada")) {
      DeviceLogin lost =
          Person.get(ada.session().logins()).stream()
              .filter(DeviceLogin::kept)
              .findFirst()
              .orElseThrow();
      Person.get(ada.session().revoke(lost.session()));
    }
    assertThat(refused(stolen).kind()).isEqualTo(Kind.LOGGED_OUT);
    assertThat(refused(place("ada")).kind()).isEqualTo(Kind.LOGGED_OUT);
    // What is over is not kept: there is nothing more to be stolen.
    assertThat(stolen.resolve("kept.json")).doesNotExist();
  }

  @Test
  void aStolenProfileOpensNothingOnceItsSessionIsOver() {
    keep(place("ada"));
    Path stolen = copy(place("ada"), place("stolen"));
    clock.advance(Duration.ofDays(15));
    assertThat(refused(stolen).kind()).isEqualTo(Kind.LOGGED_OUT);
  }

  @Test
  void aCopyFromBeforeAChangeOfTheHalvesOpensNothingThoughTheSessionLives() {
    keep(place("ada"));
    Path backup = copy(place("ada"), place("backup"));
    clock.advance(DeviceKeeper.CHANGE_AFTER);
    resumes(place("ada"));
    assertThat(refused(backup).refusal()).isEqualTo(DeviceKeeper.CHANGED);
    resumes(place("ada"));
  }

  @Test
  void theOwnerIsToldWhenSomebodyElseUsedACopyFirst() {
    keep(place("ada"));
    Path stolen = copy(place("ada"), place("stolen"));
    clock.advance(DeviceKeeper.CHANGE_AFTER);
    resumes(stolen);
    ClientProblem told = refused(place("ada"));
    assertThat(told.refusal()).isEqualTo(DeviceKeeper.CHANGED);
    assertThat(told).hasMessageContaining("somebody else uses a copy");
  }

  @Test
  void aServerThatGivesAnotherHalfOpensNothing() {
    keep(place("ada"));
    try (EvilServer evil = EvilServer.before(server, directory)) {
      evil.lies(
          "/v1/device/code",
          (asked, answer) -> {
            JsonObject code = answer.getJsonArray("codes").getJsonObject(0);
            code.put("code", Bytes.wrap(new byte[32]).toBase64Url());
            return answer;
          });
      URI uri = evil.way(Person.Way.to(server)).server();
      assertThat(refused(uri, copy(place("ada"), place("copy"))).refusal())
          .isEqualTo(DeviceKeeper.CHANGED);
    }
    resumes(place("ada"));
  }

  @Test
  void parametersOfTheMasterPasswordLoweredOrRaisedAreNotFollowed() {
    Person.register(Person.Way.to(server), "ada").close();
    try (EvilServer evil = EvilServer.before(server, directory)) {
      for (String bad : new String[] {"m=8,t=1,p=1", "m=65536,t=1,p=1", "m=4194304,t=3,p=1"}) {
        evil.lies("/v1/keyset", (asked, answer) -> firstWrap(answer, wrap -> recipe(wrap, bad)));
        assertThat(login(evil).kind()).as(bad).isEqualTo(Kind.TAMPERED);
        evil.lieNoMore();
      }
    }
  }

  @Test
  void keysOfAnUnknownSuiteOrADowngradedOneAreNotOpened() {
    keep(place("ada"));
    try (EvilServer evil = EvilServer.before(server, directory)) {
      URI uri = evil.way(Person.Way.to(server)).server();
      for (int suite : new int[] {0, 1, 3, 255}) {
        evil.lies(
            "/v1/keyset",
            (asked, answer) -> {
              byte[] sealed = Bytes.fromBase64Url(answer.getString("sealed")).toByteArray();
              sealed[0] = (byte) suite;
              return answer.put("sealed", Bytes.wrap(sealed).toBase64Url());
            });
        assertThat(login(evil).kind()).isEqualTo(Kind.WRONG_PASSWORD);
        assertThat(refused(uri, copy(place("ada"), place("copy" + suite))).refusal())
            .isEqualTo("keys-replaced");
        evil.lieNoMore();
      }
    }
  }

  private static JsonObject firstWrap(JsonObject keyset, UnaryOperator<byte[]> change) {
    JsonObject unlock = keyset.getJsonArray("unlocks").getJsonObject(0);
    byte[] wrap = Bytes.fromBase64Url(unlock.getString("wrap")).toByteArray();
    unlock.put("wrap", Bytes.wrap(change.apply(wrap)).toBase64Url());
    return keyset;
  }

  /** The wrap with other costs in its recipe. */
  private static byte[] recipe(byte[] wrap, String costs) {
    int size = (wrap[5] & 0xff) << 8 | (wrap[6] & 0xff);
    String params = new String(wrap, 7, size, java.nio.charset.StandardCharsets.US_ASCII);
    byte[] other =
        params
            .replaceFirst("m=[0-9]+,t=[0-9]+,p=[0-9]+", costs)
            .getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    java.nio.ByteBuffer out =
        java.nio.ByteBuffer.allocate(7 + other.length + wrap.length - 7 - size);
    out.put(wrap, 0, 5).putShort((short) other.length).put(other);
    return out.put(wrap, 7 + size, wrap.length - 7 - size).array();
  }

  private static ClientProblem login(EvilServer evil, TestServer server) {
    Person.Way way = evil.way(Person.Way.to(server));
    try (ZamokClient client =
        ZamokClient.builder()
            .server(way.server())
            .trust(ServerTrust.pinned(server.fingerprint()))
            .build()) {
      return Person.problem(
          client
              .login("ada", Person.password("ada").toCharArray())
              .thenCompose(locked -> locked.unlock(Person.master("ada").toCharArray())));
    }
  }

  private ClientProblem login(EvilServer evil) {
    return login(evil, server);
  }

  @Test
  void noSecretIsInAnAddressOrAnOption() {
    keep(place("ada"));
    try (EvilServer evil = EvilServer.before(server, directory)) {
      URI uri = evil.way(Person.Way.to(server)).server();
      try (ZamokClient client = client(uri, place("ada"))) {
        Person.get(client.resume().thenCompose(Session::close));
      }
      EvilServer.Heard heard = evil.last("/v1/device/code");
      String code = heard.answer().getJsonArray("codes").getJsonObject(0).getString("code");
      assertThat(code).hasSize(43);
      assertThat(heard.path()).isEqualTo("/v1/device/code");
      assertThat(heard.request().encode()).doesNotContain(code);
    }
    for (CommandLine command :
        new CommandLine[] {
          DeviceCommands.commandLine(Map.of(), Asker.nobody()),
          AccountCommands.commandLine(Map.of(), Asker.nobody()),
          SafeCommands.commandLine(Map.of(), Asker.nobody())
        }) {
      assertThat(options(command))
          .noneMatch(name -> name.matches(".*(token|secret|code-value|master).*"))
          .noneMatch(name -> name.endsWith("password"));
    }
  }

  private static Stream<String> options(CommandLine command) {
    return Stream.concat(
        // A flag carries nothing.
        command.getCommandSpec().options().stream()
            .filter(option -> option.arity().max() > 0)
            .map(option -> option.longestName().toLowerCase(Locale.ROOT)),
        command.getSubcommands().values().stream().flatMap(DeviceAttackTest::options));
  }
}
