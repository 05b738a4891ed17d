package dev.zamok.load.faults;

import dev.zamok.cluster.cassandra.CassandraJava;
import dev.zamok.cluster.redis.RedisBinary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * Starts processes whose wall clock is wrong, by libfaketime; their monotonic clock goes on as it
 * is, as it would on a machine whose time was set.
 *
 * <p>libfaketime by itself takes a workaround for old versions of glibc for needed, by which every
 * timed wait of a Java program ends at once: its threads spin, and it never gets to serve anybody.
 * And jemalloc, which Debian's Redis is linked with, asks for the time before the library can tell:
 * the allocator of libc goes before it.
 */
final class WrongClock {
  private static final Path LIBRARIES = Path.of("/usr/lib");
  private static final String NAME = "libfaketimeMT.so.1";
  private static final Path SHARED = Path.of("/dev/shm");

  /** One that is linked with libc, as libfaketime needs it; the second is the same program. */
  private static final List<Path> REDIS =
      List.of(Path.of("/usr/bin/redis-server"), Path.of("/usr/bin/redis-check-rdb"));

  private WrongClock() {}

  /** What goes before a command. */
  static List<String> ahead(Duration offset) {
    return List.of(
        "env",
        "LD_PRELOAD=" + library() + ":libc.so.6",
        "FAKETIME=%+d".formatted(offset.toSeconds()),
        "FAKETIME_DONT_FAKE_MONOTONIC=1",
        "FAKETIME_FORCE_MONOTONIC_FIX=0");
  }

  /** Fails when it is not installed: then nothing was tested. */
  private static Path library() {
    try (Stream<Path> found =
        Files.find(LIBRARIES, 3, (path, attributes) -> path.endsWith("faketime/" + NAME))) {
      return found
          .findFirst()
          .orElseThrow(
              () ->
                  new IllegalStateException(
                      "no faketime/%s below %s: install libfaketime (Debian: apt-get install libfaketime)"
                          .formatted(NAME, LIBRARIES)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A Java home for Cassandra nodes; each starts with the clock of its directory ({@link #set}).
   */
  static Path javaHome(Path directory) {
    Path real = CassandraJava.find();
    Path java = directory.resolve("bin/java");
    try {
      Files.createDirectories(java.getParent());
      Files.copy(real.resolve("release"), directory.resolve("release"));
      writeStarter(java, real.resolve("bin/java"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return directory;
  }

  /** A Redis; each server starts with the clock of its directory ({@link #set}). */
  static RedisBinary redis(Path directory) {
    Path installed =
        REDIS.stream()
            .filter(Files::isExecutable)
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "none of %s: install Redis (Debian: apt-get install redis-tools)"
                            .formatted(REDIS)));
    Path starter = directory.resolve("redis");
    try {
      Files.createDirectories(directory);
      Path named = Files.createSymbolicLink(directory.resolve("redis-server"), installed);
      writeStarter(starter, named);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new RedisBinary(starter);
  }

  private static void writeStarter(Path starter, Path program) throws IOException {
    Files.writeString(
        starter,
        """
        #!/bin/sh
        exec $(cat clock 2>/dev/null) '%s' "$@"
        """
            .formatted(program));
    Files.setPosixFilePermissions(starter, PosixFilePermissions.fromString("rwx------"));
  }

  /** What is started in {@code directory} from now on has this clock. */
  static void set(Path directory, Duration offset) {
    Path clock = directory.resolve("clock");
    try {
      if (offset.isZero()) {
        Files.deleteIfExists(clock);
      } else {
        Files.writeString(clock, String.join(" ", ahead(offset)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * What a killed process with a wrong clock leaves, and the next one that is given its id would
   * fail over.
   */
  static void clear(long pid) {
    try {
      Files.deleteIfExists(SHARED.resolve("faketime_shm_" + pid));
      Files.deleteIfExists(SHARED.resolve("sem.faketime_sem_" + pid));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
