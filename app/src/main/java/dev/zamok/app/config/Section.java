package dev.zamok.app.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One level of the configuration file. Reading a key gives its value, or the default and a noted
 * problem; {@link #end} notes the keys that nobody asked for.
 */
final class Section {
  private static final Pattern ADDRESS =
      Pattern.compile("(\\[[0-9a-fA-F:.]+]|[^:/\\s]+):[0-9]{1,5}");

  private final JsonNode node;
  private final String path;
  private final List<String> problems;
  private final Set<String> asked = new HashSet<>();

  private Section(JsonNode node, String path, List<String> problems) {
    this.node = node;
    this.path = path;
    this.problems = problems;
    if (!node.isMissingNode() && !node.isNull() && !node.isObject()) {
      problems.add((path.isEmpty() ? "the file" : path) + ": keys and values are wanted here");
    }
  }

  static Section root(JsonNode node, List<String> problems) {
    return new Section(node, "", problems);
  }

  Section section(String key) {
    return new Section(value(key), at(key), problems);
  }

  /** The elements of a list, each with keys of its own. */
  List<Section> sections(String key) {
    JsonNode value = value(key);
    List<Section> sections = new ArrayList<>();
    if (!absent(value) && !value.isArray()) {
      problem(key, "a list is wanted");
      return sections;
    }
    for (JsonNode element : value) {
      sections.add(new Section(element, at(key) + "[" + sections.size() + "]", problems));
    }
    return sections;
  }

  /** {@code host:port} each. */
  List<String> addresses(String key) {
    List<String> addresses = texts(key, List.of());
    for (String address : addresses) {
      if (!ADDRESS.matcher(address).matches()) {
        problem(key, address + " is not like redis-1.example.org:6379");
      }
    }
    return addresses;
  }

  @Nullable Path path(String key) {
    String text = text(key, "");
    return text.isEmpty() ? null : Path.of(text);
  }

  String text(String key, String defaultValue) {
    JsonNode value = value(key);
    if (absent(value)) {
      return defaultValue;
    }
    if (!value.isTextual()) {
      return wrong(key, "text is wanted", defaultValue);
    }
    return value.textValue();
  }

  List<String> texts(String key, List<String> defaultValue) {
    JsonNode value = value(key);
    if (absent(value)) {
      return defaultValue;
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode element : value) {
      texts.add(element.asText());
    }
    if (!value.isArray() || texts.contains("")) {
      return wrong(key, "a list of texts is wanted", defaultValue);
    }
    return texts;
  }

  boolean flag(String key, boolean defaultValue) {
    JsonNode value = value(key);
    if (absent(value)) {
      return defaultValue;
    }
    if (!value.isBoolean()) {
      return wrong(key, "true or false is wanted", defaultValue);
    }
    return value.booleanValue();
  }

  int number(String key, int defaultValue, int min, int max) {
    JsonNode value = value(key);
    if (absent(value)) {
      return defaultValue;
    }
    if (!value.isInt() || value.intValue() < min || value.intValue() > max) {
      return wrong(key, "a whole number from " + min + " to " + max + " is wanted", defaultValue);
    }
    return value.intValue();
  }

  /** {@code 250ms}, {@code 30s}, {@code 10m}, {@code 8h} or {@code 30d}. */
  Duration duration(String key, Duration defaultValue, Duration min, Duration max) {
    JsonNode value = value(key);
    if (absent(value)) {
      return defaultValue;
    }
    try {
      Duration duration = parse(value.asText());
      if (duration.compareTo(min) >= 0 && duration.compareTo(max) <= 0) {
        return duration;
      }
    } catch (DateTimeParseException | ArithmeticException e) {
      return wrong(key, "a time such as 250ms, 30s, 10m, 8h or 30d is wanted", defaultValue);
    }
    return wrong(key, "a time from " + show(min) + " to " + show(max) + " is wanted", defaultValue);
  }

  void problem(String key, String what) {
    problems.add(at(key) + ": " + what);
  }

  /** Notes every key that was not asked for: a misspelt one must not silently do nothing. */
  void end() {
    for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!asked.contains(name)) {
        problems.add(at(name) + ": unknown key");
      }
    }
  }

  private <T> T wrong(String key, String what, T defaultValue) {
    problem(key, what);
    return defaultValue;
  }

  private JsonNode value(String key) {
    asked.add(key);
    JsonNode value = node.get(key);
    return value == null ? MissingNode.getInstance() : value;
  }

  private static boolean absent(JsonNode value) {
    return value.isMissingNode() || value.isNull();
  }

  private String at(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private static Duration parse(String text) {
    String trimmed = text.strip().toUpperCase(Locale.ROOT);
    if (trimmed.endsWith("MS")) {
      String millis = trimmed.substring(0, trimmed.length() - 2);
      return Duration.parse("PT" + millis + "S").dividedBy(1000);
    }
    return Duration.parse(trimmed.endsWith("D") ? "P" + trimmed : "PT" + trimmed);
  }

  private static String show(Duration duration) {
    long millis = duration.toMillis();
    if (millis % 1000 != 0) {
      return millis + "ms";
    }
    long seconds = millis / 1000;
    if (seconds % 86_400 == 0) {
      return seconds / 86_400 + "d";
    }
    if (seconds % 3_600 == 0) {
      return seconds / 3_600 + "h";
    }
    return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
  }
}
