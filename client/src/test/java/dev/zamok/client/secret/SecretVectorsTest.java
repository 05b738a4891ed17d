package dev.zamok.client.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs the file that every implementation of {@code SECRET.md} runs. After an intended change write
 * it anew with {@code -Dzamok.vectors.write=true} and read the difference.
 */
class SecretVectorsTest {
  static Stream<Map<String, Object>> good() {
    return cases("good");
  }

  static Stream<Map<String, Object>> bad() {
    return cases("bad");
  }

  @ParameterizedTest
  @MethodSource("good")
  void goodBodyIsReadAndHasThisOneSpelling(Map<String, Object> vector) {
    byte[] body = padded((String) vector.get("json"));
    assertThat((long) body.length).isEqualTo(vector.get("size"));
    Secret secret = SecretCodec.decode(body);
    assertThat((long) secret.extra().members().size()).isEqualTo(vector.get("extra"));
    assertThat(SecretCodec.encode(secret)).isEqualTo(body);
  }

  @ParameterizedTest
  @MethodSource("bad")
  void badBodyBreaksTheNamedCheck(Map<String, Object> vector) {
    String text = (String) vector.get("json");
    if (vector.get("repeat") instanceof Long times) {
      text = text.replace("%", "a".repeat(times.intValue()));
    }
    byte[] body =
        vector.get("padded").equals(true) ? padded(text) : text.getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> SecretCodec.decode(body))
        .isInstanceOf(MalformedException.class)
        .hasMessageStartingWith(vector.get("check") + " ");
  }

  @Test
  void fileIsWhatTheSamplesMake() throws IOException {
    StringJoiner file = new StringJoiner(",\n", "{\n", "\n}\n");
    file.add(
        "  \"about\": "
            + json(
                "Bodies of items as JSON text without the spaces behind it. good: decoding and"
                    + " encoding again gives the same bytes, size of them with the spaces, with so"
                    + " many unknown members. bad: decoding fails at check, a number of SECRET.md;"
                    + " where repeat is given, % stands for that many letters a; padded tells"
                    + " whether spaces are to be added."));
    List<Map<String, Object>> good = new ArrayList<>();
    Samples.all().forEach((name, secret) -> good.add(good(name, secret)));
    file.add(lines("good", good));
    file.add(lines("bad", BadBodies.all()));
    if (Boolean.getBoolean("zamok.vectors.write")) {
      Files.writeString(Path.of("src/test/resources/vectors/secret.json"), file.toString());
    } else {
      assertThat(new String(bytes(), StandardCharsets.UTF_8)).isEqualTo(file.toString());
    }
  }

  private static String lines(String name, List<Map<String, Object>> cases) {
    StringJoiner lines = new StringJoiner(",\n    ", "  \"" + name + "\": [\n    ", "\n  ]");
    cases.forEach(one -> lines.add(json(one)));
    return lines.toString();
  }

  private static Map<String, Object> good(String name, Secret secret) {
    Map<String, Object> vector = new LinkedHashMap<>();
    byte[] body = SecretCodec.encode(secret);
    vector.put("name", name);
    vector.put("extra", (long) secret.extra().members().size());
    vector.put("size", (long) body.length);
    vector.put("json", new String(body, StandardCharsets.UTF_8).stripTrailing());
    return vector;
  }

  static byte[] padded(String json) {
    byte[] utf8 = json.getBytes(StandardCharsets.UTF_8);
    byte[] body = Arrays.copyOf(utf8, (utf8.length + 255) / 256 * 256);
    Arrays.fill(body, utf8.length, body.length, (byte) ' ');
    return body;
  }

  @SuppressWarnings("unchecked") // cases are objects; anything else fails when it is used
  private static Stream<Map<String, Object>> cases(String list) {
    List<?> cases = Json.list(Json.object(bytes()), list);
    assertThat(cases).as(list).isNotEmpty();
    return ((List<Map<String, Object>>) cases).stream();
  }

  private static String json(Object value) {
    return new String(Json.write(value), StandardCharsets.UTF_8);
  }

  private static byte[] bytes() {
    try (InputStream in = SecretVectorsTest.class.getResourceAsStream("/vectors/secret.json")) {
      assertThat(in).as("vectors/secret.json").isNotNull();
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
