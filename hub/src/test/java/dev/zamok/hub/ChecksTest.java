package dev.zamok.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code CHECKS.md} says what is checked: no more, no less, and by which tests. */
class ChecksTest {
  private static final Pattern NUMBER = Pattern.compile("H-[0-9]{3}");
  private static final Pattern TEST = Pattern.compile("`(?:\\w+Test\\.)?([a-z]\\w{14,})`");

  private static String sources(String root) throws IOException {
    try (Stream<Path> files = Files.walk(Path.of(root))) {
      StringBuilder all = new StringBuilder();
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        all.append(Files.readString(file)).append('\n');
      }
      return all.toString();
    }
  }

  private static Set<String> numbers(String text) {
    return NUMBER
        .matcher(text)
        .results()
        .map(match -> match.group())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void everyCheckIsInTheTableAndEveryRowInTheCode() throws IOException {
    Set<String> inCode = numbers(sources("src/main/java"));
    Set<String> inTable = numbers(Files.readString(Path.of("CHECKS.md")));
    assertThat(inTable).isEqualTo(inCode);
  }

  @Test
  void everyTestNamedInTheTableIsThere() throws IOException {
    String tests = sources("src/test/java");
    TEST.matcher(Files.readString(Path.of("CHECKS.md")))
        .results()
        .forEach(match -> assertThat(tests).contains("void " + match.group(1) + "("));
  }
}
