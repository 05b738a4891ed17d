package dev.zamok.cluster.cassandra;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The Java that Cassandra 5.0 runs on: 17, whatever this program runs on.
 *
 * <p>Taken from, in this order: the system property {@value #PROPERTY}, the environment variable
 * {@value #VARIABLE} (both name the home of a JDK), this program's own, {@code /usr/lib/jvm/*}.
 */
public final class CassandraJava {
  public static final String PROPERTY = "zamok.cassandra.java";
  public static final String VARIABLE = "ZAMOK_CASSANDRA_JAVA";

  private static final int FEATURE = 17;
  private static final Path INSTALLED = Path.of("/usr/lib/jvm");

  private CassandraJava() {}

  /** Its home. Fails with {@link IllegalStateException} that says what to do. */
  public static Path find() {
    return find(
        System.getProperty(PROPERTY, System.getenv(VARIABLE)),
        Path.of(System.getProperty("java.home")),
        INSTALLED);
  }

  static Path find(@Nullable String named, Path own, Path installed) {
    if (named != null) {
      if (!isRight(Path.of(named))) {
        throw new IllegalStateException(
            "%s is not the home of a Java %d, which Cassandra needs".formatted(named, FEATURE));
      }
      return Path.of(named);
    }
    return Stream.concat(Stream.of(own), homes(installed).stream())
        .filter(CassandraJava::isRight)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    ("Cassandra needs Java %d, and there is none in %s: install one, or name its"
                            + " home by -D%s or %s")
                        .formatted(FEATURE, installed, PROPERTY, VARIABLE)));
  }

  private static List<Path> homes(Path installed) {
    if (!Files.isDirectory(installed)) {
      return List.of();
    }
    try (Stream<Path> found = Files.list(installed)) {
      return found.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isRight(Path home) {
    Path release = home.resolve("release");
    if (!Files.isReadable(release) || !Files.isExecutable(home.resolve("bin").resolve("java"))) {
      return false;
    }
    Properties properties = new Properties();
    try (var in = Files.newBufferedReader(release)) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String version = properties.getProperty("JAVA_VERSION", "").replace("\"", "");
    return version.equals(Integer.toString(FEATURE)) || version.startsWith(FEATURE + ".");
  }
}
