package dev.zamok.roomlog.sqlite;

import static dev.zamok.roomlog.LogDriver.await;
import static dev.zamok.roomlog.LogDriver.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.roomlog.sqlite.Database.Options;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Versions of tables, space and backups. */
class DatabaseUpkeepTest {
  private static final Schema SCHEMA =
      new Schema("test", List.of(List.of("CREATE TABLE t (k INTEGER PRIMARY KEY, v TEXT) STRICT")));

  @TempDir Path directory;
  private Vertx vertx;
  private Database database;

  @BeforeEach
  void open() {
    vertx = Vertx.vertx();
    open(Options.in(directory));
  }

  @AfterEach
  void close() {
    await(database.close());
    await(vertx.close());
  }

  private void open(Options options) {
    database = await(Database.open(vertx, options));
    await(database.prepare(SCHEMA));
  }

  private Future<Integer> put(int key, String value) {
    return database.write(s -> s.update("INSERT INTO t (k, v) VALUES (?, ?)", key, value));
  }

  private List<String> values() {
    return await(database.read(s -> s.query("SELECT v FROM t ORDER BY k", r -> r.getString(1))));
  }

  @Test
  void aComponentIsBroughtUpToDateStepByStep() {
    Schema later =
        new Schema(
            "test",
            List.of(
                SCHEMA.steps().get(0),
                List.of("ALTER TABLE t ADD COLUMN w TEXT", "UPDATE t SET w = v")));
    await(put(1, "a"));
    await(database.prepare(later));
    await(database.prepare(later));
    List<String> copied =
        await(database.read(s -> s.query("SELECT w FROM t", r -> r.getString(1))));
    assertThat(copied).containsExactly("a");
    assertThat(failure(database.prepare(SCHEMA)))
        .isInstanceOfSatisfying(
            DatabaseProblem.class,
            p -> assertThat(p.kind()).isEqualTo(DatabaseProblem.Kind.NEWER_SCHEMA));
  }

  @Test
  void spaceFreedByDeletionsIsGivenBack() {
    await(put(1, "x".repeat(2_000_000)));
    await(database.write(s -> s.update("DELETE FROM t")));
    int before = pages();
    await(
        database.<Void>write(
            s -> {
              s.shrink(0, 100);
              return null;
            }));
    assertThat(pages()).isEqualTo(before - 100);
  }

  @Test
  void aBackupHoldsWhatWasCommittedAndOpensAsADatabase() throws IOException {
    await(put(1, "a"));
    Path other = directory.resolve("other");
    Files.createDirectory(other);
    Path target = other.resolve("zamok.db");
    await(database.backup(target));
    await(put(2, "later"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(target)))
        .isEqualTo("rw-------");
    assertThat(failure(database.backup(target)))
        .as("nothing is overwritten")
        .isInstanceOf(DatabaseProblem.class);

    await(database.close());
    open(Options.in(other));
    assertThat(values()).containsExactly("a");
    await(put(2, "goes on"));
  }

  private int pages() {
    return await(database.read(s -> s.first("PRAGMA page_count", r -> r.getInt(1)).orElseThrow()));
  }
}
