package dev.zamok.roomlog.sqlite;

import dev.zamok.roomlog.sqlite.DatabaseProblem.Kind;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Copies a database in use. Blocks: not for event loops. */
final class Backup {
  private Backup() {}

  static void write(DatabaseFile file, Path target) {
    try {
      if (Files.exists(target)) {
        throw new DatabaseProblem(
            Kind.NOT_WRITABLE, target + " exists: nothing is overwritten, choose another name");
      }
      // VACUUM INTO accepts an empty file, and leaves its mode.
      OwnerOnly.createFile(target);
      try {
        copy(file, target);
      } catch (IOException | RuntimeException e) {
        Files.deleteIfExists(target);
        throw e;
      }
    } catch (IOException e) {
      throw Problems.of(e, target);
    }
  }

  private static void copy(DatabaseFile file, Path target) throws IOException {
    try {
      Session session = file.openReader();
      try {
        session.update("VACUUM INTO ?", target.toString());
      } finally {
        session.close();
      }
    } catch (StatementFailure e) {
      throw Problems.of(e, target);
    }
    try (FileChannel channel = FileChannel.open(target, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Path parent = target.getParent();
    if (parent != null) {
      OwnerOnly.sync(parent);
    }
  }
}
