package dev.zamok.app.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zamok.app.UserError;
import dev.zamok.app.config.NodeSettings;
import dev.zamok.app.login.Asker;
import dev.zamok.authority.archive.ArchiveConfig;
import dev.zamok.authority.archive.ArchiveTables;
import dev.zamok.authority.archive.Archiver;
import dev.zamok.authority.epoch.Timers;
import dev.zamok.authority.keyring.KeyringSeal;
import dev.zamok.authority.lease.Leases;
import dev.zamok.authority.store.Row;
import dev.zamok.authority.store.SealedStore;
import dev.zamok.crypto.row.Keyring;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MessageId;
import dev.zamok.protocol.RoomId;
import dev.zamok.roomlog.Append;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class HistoryCommandTest {
  private static final RoomId ROOM = RoomId.of(Bytes.fromHex("01" + "ab".repeat(15)));

  @TempDir Path directory;
  private Path config;
  private Path saved;
  private String printed = "";

  @BeforeEach
  void aRoomWhoseArchiveWasAltered() throws Exception {
    config = directory.resolve("zamok.yaml");
    saved = directory.resolve("saved.json");
    Files.writeString(
        config,
        "data: " + directory.resolve("data") + "\nkeys: " + directory.resolve("keys") + "\n");
    NodeSettings settings = NodeSettings.read(config);
    SecureRandom random = new SecureRandom();
    Foreground.once(
        vertx ->
            Stores.openAll(vertx, settings.places(), Clock.systemUTC())
                .compose(
                    stores ->
                        stores
                            .keyring(random)
                            .compose(keyring -> archiveAndAlter(vertx, stores, keyring, random))
                            .compose(done -> stores.close())),
        60);
  }

  private static Future<Void> archiveAndAlter(
      Vertx vertx, Stores stores, Keyring keyring, SecureRandom random) {
    SealedStore store = new SealedStore(stores.store(), new KeyringSeal(keyring, random));
    Archiver.Policy policy =
        new Archiver.Policy() {
          @Override
          public Future<Archiver.Keeping> keeping(RoomId room) {
            return Future.succeededFuture(Archiver.Keeping.ARCHIVE);
          }

          @Override
          public void read(RoomId room, int messages) {}
        };
    return Leases.claim(store, stores.log())
        .compose(
            leases -> {
              Append rekey =
                  Append.rekey(
                      ROOM, 1, 1, leases.token(ROOM), new MessageId(1, 1), Bytes.fromHex("ab"));
              Archiver archiver =
                  new Archiver(
                      store,
                      stores.log(),
                      leases,
                      policy,
                      ArchiveConfig.DEFAULT,
                      new Archiver.Pace(Clock.systemUTC(), Timers.of(vertx)));
              long token = leases.token(ROOM);
              // The log is new: it counts as restored once its lease holder says so.
              return stores
                  .log()
                  .restoring(0)
                  .compose(restore -> stores.log().restored(0, token, restore))
                  .compose(done -> stores.log().append(rekey))
                  .compose(done -> archiver.run(0));
            })
        .compose(done -> stores.store().scan(ArchiveTables.MESSAGE, null, 10))
        .compose(
            rows -> {
              Row row = rows.get(0);
              return stores.store().reseal(row, row.body().slice(0, 20));
            })
        .mapEmpty();
  }

  private int run(Object command, String... arguments) {
    StringWriter out = new StringWriter();
    CommandLine line =
        new CommandLine(command)
            .setOut(new PrintWriter(out))
            .setExecutionExceptionHandler(
                (failure, at, parsed) -> {
                  throw failure;
                });
    String[] all = new String[arguments.length + 2];
    all[0] = "--config";
    all[1] = config.toString();
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    int code = line.execute(all);
    printed = out.toString();
    return code;
  }

  private HistoryRepairCommand repair() {
    return new HistoryRepairCommand(Asker.nobody());
  }

  @Test
  void whatDiffersIsShownAndRepairedAfterAYesAndSavedBefore() throws Exception {
    assertThat(run(new HistoryCheckCommand())).isEqualTo(1);
    assertThat(printed)
        .contains("room " + ROOM, "something that cannot be read, 20 bytes", "REKEY", "1 differ");

    assertThat(run(repair(), ROOM.toString(), "--save", saved.toString(), "--yes")).isZero();
    assertThat(printed).contains("1 put right; what the store had is in " + saved);
    assertThat(Files.readString(saved)).contains("UNREADABLE", ROOM.toString(), "\"sealed\"");

    assertThat(run(new HistoryCheckCommand(), ROOM.toString())).isZero();
    assertThat(printed).contains("1 room, 1 entries in the log, nothing differs");
  }

  @Test
  void withoutAYesAndWhereNothingCanBeSavedNothingIsChanged() throws Exception {
    HistoryRepairCommand alone = repair();
    new CommandLine(alone)
        .parseArgs("--config", config.toString(), ROOM.toString(), "--save", saved.toString());
    assertThatThrownBy(alone::call).isInstanceOf(UserError.class).hasMessageContaining("--yes");
    assertThat(saved).doesNotExist();

    Files.writeString(saved, "something else");
    HistoryRepairCommand sure = repair();
    new CommandLine(sure)
        .parseArgs(
            "--config", config.toString(), ROOM.toString(), "--save", saved.toString(), "--yes");
    assertThatThrownBy(sure::call)
        .isInstanceOf(UserError.class)
        .hasMessageContaining("is not replaced");
    assertThat(saved).hasContent("something else");
    assertThat(run(new HistoryCheckCommand())).isEqualTo(1);
  }
}
