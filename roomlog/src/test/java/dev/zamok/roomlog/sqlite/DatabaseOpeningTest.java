package dev.zamok.roomlog.sqlite;

import static dev.zamok.roomlog.LogDriver.await;
import static dev.zamok.roomlog.LogDriver.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.roomlog.sqlite.Database.Options;
import dev.zamok.roomlog.sqlite.DatabaseProblem.Kind;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseOpeningTest {
  private static final Schema SCHEMA =
      new Schema("test", List.of(List.of("CREATE TABLE t (k INTEGER PRIMARY KEY, v TEXT) STRICT")));

  @TempDir Path parent;
  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() {
    await(vertx.close());
  }

  private Path directory() {
    return parent.resolve("data");
  }

  private Path file() {
    return directory().resolve("zamok.db");
  }

  private Database open() {
    return await(Database.open(vertx, Options.in(directory())));
  }

  /** A closed database of about 400 KB. */
  private void fill() {
    Database database = open();
    await(database.prepare(SCHEMA));
    for (int i = 0; i < 100; i++) {
      int key = i;
      await(database.write(s -> s.update("INSERT INTO t VALUES (?, ?)", key, "x".repeat(4000))));
    }
    await(database.close());
  }

  private void refused(Kind kind, String hint) {
    assertThat(failure(Database.open(vertx, Options.in(directory()))))
        .isInstanceOfSatisfying(
            DatabaseProblem.class,
            p -> {
              assertThat(p.kind()).isEqualTo(kind);
              assertThat(p).hasMessageContaining(hint);
            });
  }

  @Test
  void filesBelongToTheirOwnerAlone() throws IOException {
    Database database = open();
    await(database.prepare(SCHEMA));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory())))
        .isEqualTo("rwx------");
    try (Stream<Path> files = Files.list(directory())) {
      List<Path> all = files.toList();
      assertThat(all).extracting(path -> path.getFileName().toString()).contains("zamok.db-wal");
      for (Path path : all) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
            .as("%s", path)
            .isEqualTo("rw-------");
      }
    }
    await(database.close());
  }

  @Test
  void aSecondOpeningInThisProcessIsRefusedAndDoesNotDropTheLock() throws Exception {
    Database database = open();
    refused(Kind.LOCKED, "stop it first");
    refused(Kind.LOCKED, "stop it first");
    assertThat(openInAnotherProcess()).contains("LOCKED");
    await(database.close());
    await(open().close());
  }

  @Test
  void aSecondProcessIsRefused() throws Exception {
    Database database = open();
    assertThat(openInAnotherProcess()).contains("LOCKED");
    await(database.close());
    assertThat(openInAnotherProcess()).contains("opened");
  }

  private String openInAnotherProcess() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                OpeningChild.class.getName(),
                directory().toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes());
    process.waitFor();
    return output;
  }

  @Test
  void aDamagedFileIsRefusedAndLeftUntouched() throws IOException {
    fill();
    try (RandomAccessFile raw = new RandomAccessFile(file().toFile(), "rw")) {
      for (long page = 3; page < raw.length() / 4096; page += 2) {
        raw.seek(page * 4096);
        raw.write(new byte[] {77, 77, 77, 77, 77, 77, 77, 77, 77, 77, 77, 77});
      }
    }
    byte[] before = Files.readAllBytes(file());
    refused(Kind.DAMAGED, "restore a backup");
    refused(Kind.DAMAGED, "restore a backup");
    assertThat(Files.readAllBytes(file())).isEqualTo(before);
  }

  @Test
  void aTruncatedFileIsRefusedAndLeftUntouched() throws IOException {
    fill();
    byte[] whole = Files.readAllBytes(file());
    byte[] half = java.util.Arrays.copyOf(whole, whole.length / 2);
    Files.write(file(), half);
    refused(Kind.DAMAGED, "restore a backup");
    assertThat(Files.readAllBytes(file())).isEqualTo(half);
  }

  @Test
  void aFileThatIsNoDatabaseIsRefusedAndLeftUntouched() throws IOException {
    Files.createDirectories(directory());
    for (String content : List.of("", "my diary, do not overwrite")) {
      Files.writeString(file(), content);
      refused(Kind.DAMAGED, "not a database");
      assertThat(Files.readString(file())).isEqualTo(content);
    }
  }

  @Test
  void aDatabaseOfAnotherProgramIsRefused() throws Exception {
    Files.createDirectories(directory());
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file())) {
      connection.createStatement().executeUpdate("CREATE TABLE other (x)");
    }
    refused(Kind.DAMAGED, "another program");
  }

  /** SQLite would delete the write-ahead log that may hold the last commits. */
  @Test
  void aMissingFileBesideItsWriteAheadLogIsNotMadeAnew() throws IOException {
    Files.createDirectories(directory());
    Path wal = directory().resolve("zamok.db-wal");
    Files.writeString(wal, "what was committed last");
    refused(Kind.DAMAGED, "missing");
    assertThat(Files.readString(wal)).isEqualTo("what was committed last");
    assertThat(Files.exists(file())).isFalse();
  }

  @Test
  void aCreationThatWasInterruptedIsDoneAgain() throws IOException {
    Files.createDirectories(directory());
    Files.writeString(directory().resolve("zamok.db.new"), "half made");
    Database database = open();
    await(database.prepare(SCHEMA));
    await(database.close());
    assertThat(Files.exists(directory().resolve("zamok.db.new"))).isFalse();
  }

  @Test
  void aDirectoryThatCannotBeMadeIsNamed() throws IOException {
    Files.writeString(directory(), "in the way");
    refused(Kind.NOT_WRITABLE, directory().toString());
  }

  @Test
  void aRefusalLetsGoOfTheDirectory() throws IOException {
    Files.createDirectories(directory());
    Files.writeString(file(), "in the way");
    refused(Kind.DAMAGED, "not a database");
    Files.delete(file());
    await(open().close());
  }
}
