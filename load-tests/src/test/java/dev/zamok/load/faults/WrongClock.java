package dev.zamok.load.faults;

import dev.zamok.cluster.cassandra.CassandraJava;
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
 */
final class WrongClock {
  private static final Path LIBRARIES = Path.of("/usr/lib");
  private static final String NAME = "libfaketimeMT.so.1";
  private static final Path SHARED = Path.of("/dev/shm");

  private WrongClock() {}

  /** What goes before a command. */
  static List<String> ahead(Duration offset) {
    return List.of(
        "env",
        "LD_PRELOAD=" + library(),
        "FAKETIME=%+d".formatted(offset.toSeconds()),
        "FAKETIME_DONT_FAKE_MONOTONIC=1",
        "FAKETIME_FORCE_MONOTONIC_FIX=0");
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
   * A Java home whose {@code java} starts Cassandra's with the clock that {@link #set} says then.
   */
  static Path javaHome(Path directory) {
    Path real = CassandraJava.find();
    Path java = directory.resolve("bin/java");
    try {
      Files.createDirectories(java.getParent());
      Files.copy(real.resolve("release"), directory.resolve("release"));
      Files.writeString(
          java,
          """
          #!/bin/sh
          exec $(cat '%s') '%s' "$@"
          """
              .formatted(prefix(directory), real.resolve("bin/java")));
      Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwx------"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    set(directory, Duration.ZERO);
    return directory;
  }

  /** From the next start of {@link #javaHome} on; a clock that is right is left alone. */
  static void set(Path javaHome, Duration offset) {
    List<String> before = offset.isZero() ? List.of() : ahead(offset);
    try {
      Files.writeString(prefix(javaHome), String.join(" ", before));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path prefix(Path javaHome) {
    return javaHome.resolve("prefix");
  }
}
