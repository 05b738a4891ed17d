package dev.zamok.authority.keyring;

import static dev.zamok.authority.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zamok.authority.Authority;
import dev.zamok.authority.Node;
import dev.zamok.authority.User;
import dev.zamok.authority.store.Row;
import dev.zamok.authority.store.RowKey;
import dev.zamok.authority.store.RowSeal;
import dev.zamok.authority.store.Table;
import dev.zamok.crypto.row.Keyring;
import dev.zamok.protocol.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyringTest {
  @TempDir Path directory;
  private Node node;

  @BeforeEach
  void start() {
    node = new Node(directory).start();
  }

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  void theFirstStartMakesAKeyringForItsOwnerAlone() throws IOException {
    assertThat(permissions(node.keyringPath())).isEqualTo("rw-------");
    assertThat(permissions(node.keyringPath().getParent())).isEqualTo("rwx------");
    assertThat(Keyring.parse(Files.readString(node.keyringPath())).ids()).containsExactly(1);
    node.stop();
    String before = Files.readString(node.keyringPath());
    node.start();
    assertThat(Files.readString(node.keyringPath())).isEqualTo(before);
  }

  @Test
  void aLostKeyringRefusesToStartAndLeavesEverythingUntouched() throws IOException {
    User ada = User.registered(node, "ada");
    node.stop();
    byte[] keyring = Files.readAllBytes(node.keyringPath());
    byte[] database = Files.readAllBytes(node.data().resolve("zamok.db"));
    Files.delete(node.keyringPath());
    assertThatThrownBy(node::start)
        .isInstanceOf(KeyringProblem.class)
        .hasMessageContaining(node.keyringPath().toString())
        .hasMessageContaining("missing")
        .hasMessageContaining("key 1")
        .hasMessageContaining("Restore");
    assertThat(node.keyringPath()).doesNotExist();
    assertThat(Files.readAllBytes(node.data().resolve("zamok.db"))).hasSameSizeAs(database);
    Files.write(node.keyringPath(), keyring);
    Files.setPosixFilePermissions(node.keyringPath(), PosixFilePermissions.fromString("rw-------"));
    node.start();
    ada.logIn();
  }

  @Test
  void anotherKeyOfTheSameIdRefusesToStart() {
    node.stop();
    file().replace(Keyring.generate(node.random));
    assertThatThrownBy(node::start)
        .isInstanceOf(KeyringProblem.class)
        .hasMessageContaining("key 1")
        .hasMessageContaining("not the one");
  }

  @Test
  void aKeyringThatLacksAKeyRefusesToStartAndNamesIt() throws IOException {
    node.stop();
    Keyring two = Keyring.parse(Files.readString(node.keyringPath())).rotate(node.random);
    file().replace(two.without(1));
    assertThatThrownBy(node::start)
        .isInstanceOf(KeyringProblem.class)
        .hasMessageContaining("lacks key 1");
    file().replace(two);
    node.start();
  }

  @Test
  void aDamagedKeyringIsNamedAndKept() throws IOException {
    node.stop();
    Files.writeString(node.keyringPath(), "active 1\n1 short\n");
    assertThatThrownBy(node::start)
        .isInstanceOf(KeyringProblem.class)
        .hasMessageContaining("damaged")
        .hasMessageNotContaining("short");
    assertThat(Files.readString(node.keyringPath())).contains("short");
  }

  @Test
  void aKeyringThatOthersMayReadIsRefused() throws IOException {
    node.stop();
    Files.setPosixFilePermissions(node.keyringPath(), PosixFilePermissions.fromString("rw-r-----"));
    assertThatThrownBy(node::start)
        .isInstanceOf(KeyringProblem.class)
        .hasMessageContaining("chmod 600");
  }

  @Test
  void aKeyringBesideTheDataIsRefused() {
    assertThatThrownBy(() -> new KeyringFile(node.data().resolve("keyring"), node.data()))
        .isInstanceOf(KeyringProblem.class)
        .hasMessageContaining("data directory");
    Path around = node.data().resolve("x").resolve("..").resolve("keyring");
    assertThatThrownBy(() -> new KeyringFile(around, node.data()))
        .isInstanceOf(KeyringProblem.class);
  }

  @Test
  void theEnvironmentNamesTheKeyring() {
    Path configured = Path.of("/configured");
    assertThat(KeyringFile.choose(Map.of(), configured)).isEqualTo(configured);
    assertThat(KeyringFile.choose(Map.of("ZAMOK_KEYRING", "/secret"), configured))
        .isEqualTo(Path.of("/secret"));
  }

  @Test
  void afterARotationAndARewrapTheOldKeyIsNotNeeded() throws IOException {
    User ada = User.loggedIn(node, "ada");
    node.stop();
    Keyring old = Keyring.parse(Files.readString(node.keyringPath()));
    file().replace(old.rotate(node.random));
    node.start();
    assertThat(ada.get("/v1/account").statusCode()).isEqualTo(200);
    User.registered(node, "bob");
    Keyring both = Keyring.parse(Files.readString(node.keyringPath()));
    KeyringSeal seal = new KeyringSeal(both, node.random);
    assertThat(stale(seal)).isNotEmpty();
    Rewrap rewrap = new Rewrap(node.store(), seal, both);
    assertThat(await(rewrap.run(Authority.tables()))).isPositive();
    assertThat(stale(seal)).isEmpty();
    assertThat(await(rewrap.run(Authority.tables()))).as("again").isZero();
    node.stop();
    file().replace(both.without(1));
    node.start();
    assertThat(ada.get("/v1/account").statusCode()).isEqualTo(200);
    ada.logIn();
  }

  @Test
  void aRotationSealsEverythingUnderTheNewKeyAndKeepsTheOldOneForBackups() throws IOException {
    User ada = User.loggedIn(node, "ada");
    Keyring old = Keyring.parse(Files.readString(node.keyringPath()));
    Keyrings keyrings = new Keyrings(node.vertx, node.store(), file(), node.clock, node.random);
    Keyring next = await(keyrings.rotate(old, Authority.tables()));
    assertThat(next.activeId()).isEqualTo(2);
    assertThat(stale(new KeyringSeal(next, node.random))).isEmpty();
    node.stop();
    Keyring kept = Keyring.parse(Files.readString(node.keyringPath()));
    assertThat(kept.ids()).containsExactly(2, 1);
    file().replace(kept.without(1));
    node.start();
    assertThat(ada.get("/v1/account").statusCode()).isEqualTo(200);
  }

  /** As authorities do one after the other: at no time is there a row that one cannot read. */
  @Test
  void aKeyIsAddedActivatedAndTakesEverythingOverWhileAllRun() throws IOException {
    User ada = User.loggedIn(node, "ada");
    Keyring old = await(keyrings().open());
    Keyring added = await(keyrings().add(old));
    assertThat(added.activeId()).isEqualTo(1);
    assertThat(await(keyrings().add(added))).as("again").isSameAs(added);
    assertThat(Keyring.parse(Files.readString(node.keyringPath())).ids()).containsExactly(2, 1);
    assertThat(await(keyrings().marked())).containsExactly(1);
    node.stop();
    node.start();

    Keyring active = await(keyrings().activate(added));
    assertThat(active.activeId()).isEqualTo(2);
    assertThat(await(keyrings().activate(active))).as("again").isSameAs(active);
    assertThat(await(keyrings().marked())).containsExactly(2, 1);
    User.registered(node, "bob");
    assertThat(ada.get("/v1/account").statusCode()).as("sealed under the old one").isEqualTo(200);
    node.stop();
    node.start();
    User.registered(node, "carol");
    assertThat(ada.get("/v1/account").statusCode()).isEqualTo(200);

    assertThat(await(keyrings().rewrap(active, Authority.tables()))).isPositive();
    assertThat(await(keyrings().rewrap(active, Authority.tables()))).isZero();
    assertThat(await(keyrings().marked())).containsExactly(2);
    node.stop();
    file().replace(active.without(1));
    node.start();
    ada.logIn();
  }

  /** Fault: somebody added a key on two machines, and copied neither. */
  @Test
  void anotherKeyOfTheSameNumberIsRefusedWhereItIsAdded() throws IOException {
    Keyring old = await(keyrings().open());
    KeyringFile elsewhere = elsewhere(old);
    Keyrings others = keyrings(elsewhere);
    Keyring here = await(keyrings().add(old));
    assertThatThrownBy(() -> await(others.add(await(others.open()))))
        .isInstanceOf(KeyringProblem.class)
        .hasMessageContaining("another key 2 was added");
    assertThat(elsewhere.read().orElseThrow().ids()).as("nothing was changed").containsExactly(1);
    assertThat(await(others.open()).ids()).as("and it starts").containsExactly(1);

    elsewhere.replace(old.adding(node.random));
    assertThatThrownBy(() -> await(others.open()))
        .as("nor does an authority start with it")
        .isInstanceOf(KeyringProblem.class)
        .hasMessageContaining("another key 2 was added");
    elsewhere.replace(here);
    assertThat(await(others.add(await(others.open()))).newestId()).isEqualTo(2);
  }

  /** Fault: the keyring with the new key is lost before it was copied. */
  @Test
  void afterADayAnotherKeyMayBeAddedAndStillOnlyOneIsActivated() throws IOException {
    Keyring old = await(keyrings().open());
    Keyring here = await(keyrings().add(old));
    node.clock.advance(Keyrings.ADDED);
    KeyringFile elsewhere = elsewhere(old);
    Keyrings others = keyrings(elsewhere);
    Keyring there = await(others.add(await(others.open())));
    assertThat(there.newestId()).isEqualTo(here.newestId());

    await(keyrings().activate(here));
    assertThatThrownBy(() -> await(others.activate(there)))
        .isInstanceOf(KeyringProblem.class)
        .hasMessageContaining("key 2")
        .hasMessageContaining("not the one");
    assertThat(elsewhere.read().orElseThrow().activeId()).as("nothing was changed").isEqualTo(1);
    assertThatThrownBy(() -> await(others.open())).isInstanceOf(KeyringProblem.class);
  }

  private KeyringFile elsewhere(Keyring keyring) throws IOException {
    KeyringFile file =
        new KeyringFile(directory.resolve("elsewhere").resolve("keyring"), node.data());
    file.replace(keyring);
    return file;
  }

  private Keyrings keyrings(KeyringFile file) {
    return new Keyrings(node.vertx, node.store(), file, node.clock, node.random);
  }

  private Keyrings keyrings() {
    return new Keyrings(node.vertx, node.store(), file(), node.clock, node.random);
  }

  /** Fault: an authority was not restarted yet, and goes on under the old key. */
  @Test
  void theMarkOfAnOldKeyStaysWhileSomebodySealsUnderIt() throws IOException {
    User.registered(node, "ada");
    Keyring old = await(keyrings().open());
    Keyring active = await(keyrings().activate(await(keyrings().add(old))));
    KeyringSeal before = new KeyringSeal(old, node.random);
    KeyringSeal now = new KeyringSeal(active, node.random);
    RowSeal mixed =
        new RowSeal() {
          @Override
          public Bytes seal(RowKey key, long version, Bytes body) {
            return before.seal(key, version, body);
          }

          @Override
          public Bytes open(RowKey key, long version, Bytes sealed) {
            return now.open(key, version, sealed);
          }

          @Override
          public boolean isCurrent(Bytes sealed) {
            return now.isCurrent(sealed);
          }
        };
    assertThat(await(new Rewrap(node.store(), mixed, active).run(Authority.tables()))).isPositive();
    assertThat(await(keyrings().marked())).containsExactly(2, 1);
  }

  /** Attack: who reaches the store writes into one row. */
  @Test
  void aRowThatDoesNotOpenKeepsNoOtherFromTheNewKey() throws IOException {
    User.registered(node, "ada");
    Keyring active = await(keyrings().activate(await(keyrings().add(await(keyrings().open())))));
    KeyringSeal seal = new KeyringSeal(active, node.random);
    Row broken = stale(seal).get(0);
    byte[] bytes = broken.body().toByteArray();
    bytes[bytes.length - 1] ^= 1;
    assertThat(await(node.store().reseal(broken, Bytes.wrap(bytes)))).isTrue();

    assertThatThrownBy(() -> await(keyrings().rewrap(active, Authority.tables())))
        .isInstanceOf(KeyringProblem.class)
        .hasMessageContaining("1 rows do not open")
        .hasMessageContaining(broken.key().table().name());
    assertThat(stale(seal)).hasSize(1);
    assertThat(await(keyrings().marked())).containsExactly(2, 1);
  }

  @Test
  void aRewrapThatWouldMissATableFails() throws IOException {
    Keyring keyring = Keyring.parse(Files.readString(node.keyringPath()));
    Rewrap rewrap = new Rewrap(node.store(), new KeyringSeal(keyring, node.random), keyring);
    List<Table> fewer = new ArrayList<>(Authority.tables());
    fewer.remove(ServerTables.SERVER);
    assertThatThrownBy(() -> await(rewrap.run(fewer)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("server");
  }

  @Test
  void serverSecretsStayAndShowNothing() {
    ServerSecrets first = await(ServerSecrets.open(node.sealed(), node.random));
    assertThat(await(ServerSecrets.open(node.sealed(), node.random))).isEqualTo(first);
    assertThat(first.toString()).isEqualTo("ServerSecrets[]");
    assertThat(first.control()).isNotEqualTo(first.ticket());
  }

  private List<Row> stale(KeyringSeal seal) {
    List<Row> stale = new ArrayList<>();
    for (Table table : Authority.tables()) {
      if (!table.equals(ServerTables.KEK)) {
        await(node.store().scan(table, null, 1_000)).stream()
            .filter(row -> !seal.isCurrent(row.body()))
            .forEach(stale::add);
      }
    }
    return stale;
  }

  private KeyringFile file() {
    return new KeyringFile(node.keyringPath(), node.data());
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
