package dev.zamok.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.protocol.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/**
 * The vector files that Java and TypeScript share, {@code src/test/resources/vectors/*.json}.
 *
 * <p>They are made from the samples of the tests, from fixed keys, one fixed moment and no
 * randomness, and a test compares them with what is checked in. After an intended change write them
 * anew with {@code ./mvnw -pl protocol test -Dtest='*Vectors*' -Dzamok.vectors.write=true} and read
 * the difference.
 */
public final class Vectors {
  private Vectors() {}

  /** A file as it is checked in; fails when it is missing. */
  public static Map<String, Object> read(String name) {
    return Json.object(bytes(name));
  }

  /** The cases of one list of a file, of which there is at least one. */
  @SuppressWarnings("unchecked") // cases are objects; anything else fails when it is used
  public static List<Map<String, Object>> cases(String name, String list) {
    List<?> cases = Json.list(read(name), list);
    assertThat(cases).as(list).isNotEmpty();
    return (List<Map<String, Object>>) cases;
  }

  /** Fails unless the file holds exactly this; or writes it, when asked to. */
  public static void check(String name, Map<String, Object> content) {
    String text = layOut(content);
    if (Boolean.getBoolean("zamok.vectors.write")) {
      try {
        Files.writeString(Path.of("src/test/resources/vectors").resolve(name), text);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return;
    }
    assertThat(new String(bytes(name), StandardCharsets.UTF_8)).isEqualTo(text);
  }

  /** One case a line, so that a change shows as the lines it touches. */
  private static String layOut(Map<String, Object> content) {
    StringJoiner members = new StringJoiner(",\n", "{\n", "\n}\n");
    content.forEach(
        (name, value) -> {
          StringBuilder member = new StringBuilder("  ").append(json(name)).append(": ");
          if (value instanceof List<?> cases) {
            StringJoiner lines = new StringJoiner(",\n    ", "[\n    ", "\n  ]");
            cases.forEach(one -> lines.add(json(one)));
            members.add(member.append(lines));
          } else {
            members.add(member.append(json(value)));
          }
        });
    return members.toString();
  }

  private static String json(Object value) {
    return new String(Json.write(value), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String name) {
    try (InputStream in = Vectors.class.getResourceAsStream("/vectors/" + name)) {
      assertThat(in).as("vector file " + name).isNotNull();
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
