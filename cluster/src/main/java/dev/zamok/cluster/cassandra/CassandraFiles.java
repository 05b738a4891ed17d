package dev.zamok.cluster.cassandra;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The configuration files of a node, written from the templates in {@code conf/cassandra}, and the
 * command that starts it. Starts nothing.
 *
 * <p>The class path is in the file named by the system property {@value #CLASS_PATH}, else in
 * {@code cassandra-files/target/cassandra.classpath} of the checkout that {@value #HOME} names, or
 * that is around the working directory; the templates in the directory named by {@value
 * #TEMPLATES}, else in {@code conf/cassandra} of that checkout.
 */
public final class CassandraFiles {
  public static final String CLASS_PATH = "zamok.cassandra.classpath";
  public static final String TEMPLATES = "zamok.cassandra.conf";

  /** The checkout, as the {@code zamok} script names it. */
  private static final String HOME = "zamok.home";

  private static final String MAIN = "org.apache.cassandra.service.CassandraDaemon";
  private static final Pattern NAME = Pattern.compile("\\$\\{(\\w+)\\}");

  private CassandraFiles() {}

  /**
   * Writes {@code conf/} in the node's directory and yields the command.
   *
   * @param java the home of a JDK 17, see {@link CassandraJava}
   */
  public static List<String> write(CassandraSettings settings, Path java) {
    Path templates = find(TEMPLATES, Path.of("conf", "cassandra"));
    Path conf = settings.directory().resolve("conf");
    Map<String, String> values = settings.values();
    try {
      Files.createDirectories(conf);
      for (String name : List.of("cassandra.yaml", "jvm.options", "logback.xml")) {
        String text = Files.readString(templates.resolve(name));
        Files.writeString(conf.resolve(name), name.endsWith(".xml") ? text : fill(text, values));
      }
      return command(settings, java, conf);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the configuration of a Cassandra node", e);
    }
  }

  private static List<String> command(CassandraSettings settings, Path java, Path conf)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(java.resolve("bin").resolve("java").toString());
    for (String line : Files.readAllLines(conf.resolve("jvm.options"))) {
      if (line.startsWith("-")) {
        command.add(line.strip());
      }
    }
    command.add("-Dcassandra.config=" + conf.resolve("cassandra.yaml").toUri());
    command.add("-Dcassandra.storagedir=" + settings.directory());
    command.add("-Dlogback.configurationFile=" + conf.resolve("logback.xml"));
    command.add("-cp");
    command.add(Files.readString(classPath()).strip());
    command.add(MAIN);
    return command;
  }

  private static Path classPath() {
    return find(CLASS_PATH, Path.of("cassandra-files", "target", "cassandra.classpath"));
  }

  /** Puts values in the place of names; a name without a value is a mistake in the template. */
  static String fill(String template, Map<String, String> values) {
    StringBuilder out = new StringBuilder();
    for (String line : template.split("\n", -1)) {
      // Comments explain the names and keep them.
      out.append(line.startsWith("#") ? line : fillLine(line, values)).append('\n');
    }
    out.setLength(out.length() - 1);
    return out.toString();
  }

  private static String fillLine(String line, Map<String, String> values) {
    return NAME.matcher(line)
        .replaceAll(
            found -> {
              String value = values.get(found.group(1));
              if (value == null) {
                throw new IllegalArgumentException("no value for " + found.group());
              }
              return Matcher.quoteReplacement(value);
            });
  }

  private static Path find(String property, Path inCheckout) {
    String named = System.getProperty(property);
    if (named != null) {
      return present(Path.of(named), property);
    }
    String home = System.getProperty(HOME);
    if (home != null && Files.exists(Path.of(home).resolve(inCheckout))) {
      return Path.of(home).resolve(inCheckout);
    }
    Path working = Path.of("").toAbsolutePath();
    for (Path at = working; at != null; at = at.getParent()) {
      if (Files.exists(at.resolve(inCheckout))) {
        return at.resolve(inCheckout);
      }
    }
    throw new IllegalStateException(
        "no %s in %s or above it: build the module cassandra-files, or name the place by -D%s"
            .formatted(inCheckout, working, property));
  }

  private static Path present(Path path, String property) {
    if (!Files.exists(path)) {
      throw new IllegalStateException("%s, named by -D%s, is not there".formatted(path, property));
    }
    return path;
  }
}
