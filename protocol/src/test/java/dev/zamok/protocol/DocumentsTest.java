package dev.zamok.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.protocol.frame.CloseCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages and code tell the same. */
class DocumentsTest {
  private static final Path MAIN = Path.of("src/main/java");
  private static final Path TESTS = Path.of("src/test/java");

  @ParameterizedTest
  @CsvSource({"PROTOCOL.md, P", "CONTENT.md, C"})
  void everyNumberedCheckIsInThePageInTheCodeAndInATest(Path page, String letter)
      throws IOException {
    Set<String> written = numbers("^\\| (" + letter + "-\\d{3}) \\|", Files.readString(page));
    Set<String> coded = numbers("\\b(" + letter + "-[01]\\d{2})\\b", sources(MAIN));
    Set<String> tested = new TreeSet<>();
    Matcher annotations = Pattern.compile("@Checks\\(([^)]*)\\)").matcher(sources(TESTS));
    while (annotations.find()) {
      tested.addAll(numbers("\"(" + letter + "-\\d{3})\"", annotations.group(1)));
    }
    assertThat(written).isNotEmpty();
    assertThat(coded).as("in the code").isEqualTo(written);
    assertThat(tested).as("in tests").isEqualTo(written);
  }

  @Test
  void everyCheckOfAFrameHasAVector() throws IOException {
    Set<String> frames = numbers("^\\| (P-0\\d{2}) \\|", Files.readString(Path.of("PROTOCOL.md")));
    Set<String> broken = new TreeSet<>();
    for (String list : List.of("client", "hub")) {
      Vectors.cases("malformed-frames.json", list)
          .forEach(vector -> broken.add((String) vector.get("check")));
    }
    assertThat(broken).isEqualTo(frames);
  }

  @Test
  void everyCheckOfTicketsKeysAndContentsHasAVector() throws IOException {
    Set<String> tokens = numbers("^\\| (P-1\\d{2}) \\|", Files.readString(Path.of("PROTOCOL.md")));
    Set<String> broken = new TreeSet<>();
    for (String list : List.of("tickets", "keySets")) {
      Vectors.cases("tickets.json", list)
          .forEach(vector -> broken.add(String.valueOf(vector.get("check"))));
    }
    assertThat(broken).containsAll(tokens);
    Set<String> broke = new TreeSet<>();
    Vectors.cases("content.json", "bad").forEach(vector -> broke.add((String) vector.get("check")));
    assertThat(broke)
        .isEqualTo(numbers("^\\| (C-\\d{3}) \\|", Files.readString(Path.of("CONTENT.md"))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"frame/ClientFrames.java", "frame/HubFrames.java", "ticket/Tickets.java"})
  void diagramsOfTheCodecsStandInThePage(String file) throws IOException {
    assertDiagram(file, Files.readString(Path.of("PROTOCOL.md")));
  }

  @Test
  void shapesOfContentsStandInThePage() throws IOException {
    assertDiagram("content/ContentCodec.java", Files.readString(Path.of("CONTENT.md")));
  }

  @Test
  void errorCodesStandInThePage() throws IOException {
    List<String> expected =
        Arrays.stream(ErrorCode.values())
            .map(c -> c.number() + " | " + c.name() + " | " + (c.retry() ? "yes" : "no"))
            .toList();
    assertThat(rows("(\\d{1,2} \\| [A-Z_]+ \\| (?:yes|no))")).isEqualTo(expected);
  }

  @Test
  void closeCodesStandInThePage() throws IOException {
    List<String> expected =
        Arrays.stream(CloseCode.values())
            .map(c -> c.number() + " | " + c.name() + " | " + (c.reconnect() ? "yes" : "no"))
            .toList();
    assertThat(rows("(4\\d{3} \\| [A-Z_]+ \\| (?:yes|no))")).isEqualTo(expected);
  }

  @Test
  void kindsOfEntriesStandInThePage() throws IOException {
    List<String> expected =
        Arrays.stream(EntryKind.values()).map(k -> k.code() + " | " + k.name()).toList();
    assertThat(rows("(\\d \\| [A-Z]+) \\| (?:members|authority)[^|]*")).isEqualTo(expected);
  }

  private static List<String> rows(String row) throws IOException {
    List<String> found = new ArrayList<>();
    Matcher matcher =
        Pattern.compile("^\\| " + row + " \\|", Pattern.MULTILINE)
            .matcher(Files.readString(Path.of("PROTOCOL.md")));
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }

  private static void assertDiagram(String file, String page) throws IOException {
    String source = Files.readString(MAIN.resolve("dev/zamok/protocol").resolve(file));
    String diagram = source.substring(source.indexOf("<pre>") + 5, source.indexOf("</pre>"));
    assertThat(page).contains(diagram.replaceAll("(?m)^ \\* ?", "").strip());
  }

  private static Set<String> numbers(String pattern, String text) {
    Set<String> found = new TreeSet<>();
    Matcher matcher = Pattern.compile(pattern, Pattern.MULTILINE).matcher(text);
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }

  private static String sources(Path root) throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        all.append(Files.readString(file)).append('\n');
      }
    }
    return all.toString();
  }
}
