package dev.zamok.cluster.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;

/** The program {@code redis-server}, which is the sentinel too. */
public record RedisBinary(Path path) {
  private static final String NAME = "redis-server-7.0.15";

  /** The one on the class path (a static build with TLS), unpacked into {@code directory}. */
  public static RedisBinary unpack(Path directory) {
    String resource = "/" + NAME + "-" + os() + "-" + architecture();
    Path target = directory.resolve(NAME);
    try (InputStream from = RedisBinary.class.getResourceAsStream(resource)) {
      if (from == null) {
        throw new IllegalStateException(
            "no Redis for this machine (" + resource + "): name an installed one");
      }
      Files.createDirectories(directory);
      // Another process may be starting the one that is there: replace it in one step.
      Path part = Files.createTempFile(directory, NAME, ".part");
      Files.copy(from, part, StandardCopyOption.REPLACE_EXISTING);
      Files.setPosixFilePermissions(part, PosixFilePermissions.fromString("rwx------"));
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot unpack Redis", e);
    }
    return new RedisBinary(target);
  }

  private static String os() {
    String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    return name.contains("mac") ? "darwin" : "linux";
  }

  private static String architecture() {
    String name = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    return switch (name) {
      case "amd64", "x86_64" -> "amd64";
      case "aarch64", "arm64" -> "arm64";
      default -> name;
    };
  }
}
