package dev.zamok.roomlog.redis;

import dev.zamok.cluster.redis.RedisServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** What a server had on its disk at an earlier moment. */
final class Earlier {
  private static final String APPEND_ONLY = "appendonlydir";
  private static final String DUMP = "dump.rdb";

  private final RedisServer server;
  private final Path kept;

  private Earlier(RedisServer server, Path kept) {
    this.server = server;
    this.kept = kept;
  }

  /** As it is now; the server is stopped for it. */
  static Earlier of(RedisServer server, Path kept) {
    Earlier earlier = new Earlier(server, kept);
    server.stop();
    copy(server.directory(), kept);
    server.restart();
    return earlier;
  }

  /** Everything since then is lost, on all that follow it too. */
  void comesBack() {
    server.stop();
    delete(server.directory().resolve(APPEND_ONLY));
    delete(server.directory().resolve(DUMP));
    copy(kept, server.directory());
    server.restart();
  }

  private static void copy(Path from, Path to) {
    try (var all = Files.walk(from)) {
      for (Path path : all.toList()) {
        Path relative = from.relativize(path);
        boolean data = relative.startsWith(APPEND_ONLY) || relative.startsWith(DUMP);
        if (data && Files.isDirectory(path)) {
          Files.createDirectories(to.resolve(relative));
        } else if (data) {
          Files.createDirectories(to);
          Files.copy(path, to.resolve(relative));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path directory) {
    if (!Files.exists(directory)) {
      return;
    }
    try (var all = Files.walk(directory)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
