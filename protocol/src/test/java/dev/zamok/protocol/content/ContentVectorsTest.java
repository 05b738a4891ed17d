package dev.zamok.protocol.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.Vectors;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs the file that every implementation of {@code CONTENT.md} runs. */
class ContentVectorsTest {
  private static final String REF = "[\"0NHS09TV1tc\",\"wMHCw8TFxsfIycrLzM3Ozw\"]";

  static Stream<Map<String, Object>> good() {
    return Vectors.cases("content.json", "good").stream();
  }

  static Stream<Map<String, Object>> bad() {
    return Vectors.cases("content.json", "bad").stream();
  }

  @ParameterizedTest
  @MethodSource("good")
  void goodContentIsReadAndHasThisOneSpelling(Map<String, Object> vector) {
    Bytes json = bytes((String) vector.get("json"));
    Content content = ContentCodec.decode(json, carrier(vector));
    assertThat(content instanceof Content.Unknown).isEqualTo(vector.get("unknown"));
    assertThat((long) content.extra().members().size()).isEqualTo(vector.get("extra"));
    assertThat(ContentCodec.encode(content, carrier(vector))).isEqualTo(json);
  }

  @ParameterizedTest
  @MethodSource("bad")
  void badContentBreaksTheNamedCheck(Map<String, Object> vector) {
    String text = (String) vector.get("json");
    if (vector.get("repeat") instanceof Long times) {
      text = text.replace("%", "a".repeat(times.intValue()));
    }
    Bytes json = bytes(text);
    assertThatThrownBy(() -> ContentCodec.decode(json, carrier(vector)))
        .isInstanceOf(MalformedException.class)
        .hasMessageStartingWith(vector.get("check") + " ");
  }

  @Test
  void everyKindOccurs() {
    List<Class<?>> kinds = new ArrayList<>();
    good()
        .map(vector -> ContentCodec.decode(bytes((String) vector.get("json")), carrier(vector)))
        .forEach(content -> kinds.add(content.getClass()));
    assertThat(kinds).contains(Content.class.getPermittedSubclasses());
  }

  @Test
  void fileIsWhatTheSamplesMake() {
    Map<String, Object> file = new LinkedHashMap<>();
    file.put(
        "about",
        "Contents as JSON text. good: decoding and encoding again gives the same text, with so many"
            + " unknown members. bad: decoding fails at check, a number of CONTENT.md; where repeat"
            + " is given, % stands for that many letters a.");
    List<Object> good = new ArrayList<>();
    Kinds.messages().forEach((name, content) -> good.add(good(name, content, Carrier.MESSAGE)));
    Kinds.signals().forEach((name, content) -> good.add(good(name, content, Carrier.SIGNAL)));
    file.put("good", good);
    file.put("bad", bads());
    Vectors.check("content.json", file);
  }

  private static Map<String, Object> good(String name, Content content, Carrier carrier) {
    Map<String, Object> vector = new LinkedHashMap<>();
    vector.put("name", name);
    vector.put("carrier", carrier.name());
    vector.put("unknown", content instanceof Content.Unknown);
    vector.put("extra", (long) content.extra().members().size());
    byte[] json = ContentCodec.encode(content, carrier).toByteArray();
    vector.put("json", new String(json, StandardCharsets.UTF_8));
    return vector;
  }

  private static List<Object> bads() {
    List<Object> all = new ArrayList<>();
    all.add(bad("C-001", "{\"kind\":\"x\",\"a\":\"%\"}", 60_000));
    all.add(bad("C-002", "", 0));
    all.add(bad("C-002", "[]", 0));
    all.add(bad("C-002", "\ufeff{\"kind\":\"x\"}", 0));
    all.add(bad("C-002", "{\"kind\":\"x\",\"a\":1,\"a\":2}", 0));
    all.add(bad("C-002", "{\"kind\":\"x\",\"a\":null}", 0));
    all.add(bad("C-002", "{\"kind\":\"x\",\"a\":0.5}", 0));
    all.add(bad("C-002", "{\"kind\":\"x\",\"a\":9007199254740992}", 0));
    all.add(bad("C-002", "{\"kind\":\"x\",\"a\":[[[[[[[[]]]]]]]]}", 0));
    all.add(bad("C-002", "{\"kind\":\"text\",\"text\":\"\\ud800\"}", 0));
    all.add(bad("C-003", "{\"kind\":\"removal\", \"of\":" + REF + "}", 0));
    all.add(bad("C-003", "{\"of\":" + REF + ",\"kind\":\"removal\"}", 0));
    all.add(bad("C-003", "{\"kind\":\"text\",\"text\":\"\\u0061\"}", 0));
    all.add(bad("C-003", "{\"kind\":\"x\",\"a\":-0}", 0));
    all.add(bad("C-004", "{\"kind\":\"x\",\"__proto__\":{}}", 0));
    all.add(bad("C-004", "{\"kind\":\"x\",\"a\":{\"1\":1}}", 0));
    all.add(bad("C-005", "{\"kind\":\"Text\"}", 0));
    all.add(bad("C-006", "{}", 0));
    all.add(bad("C-006", "{\"kind\":\"text\"}", 0));
    all.add(bad("C-006", "{\"kind\":\"reaction\",\"to\":" + REF + ",\"emoji\":\"a\",\"on\":1}", 0));
    all.add(bad("C-007", "{\"kind\":\"text\",\"text\":\"\"}", 0));
    all.add(bad("C-007", "{\"kind\":\"text\",\"text\":\"%\"}", 16_001));
    all.add(bad("C-008", "{\"kind\":\"text\",\"text\":\"\\u001b[2J\"}", 0));
    all.add(bad("C-008", "{\"kind\":\"text\",\"text\":\"\u009b2J\"}", 0));
    all.add(bad("C-008", "{\"kind\":\"text\",\"text\":\"a\\r\\nb\"}", 0));
    all.add(bad("C-009", "{\"kind\":\"text\",\"text\":\"a\",\"mentions\":[]}", 0));
    all.add(bad("C-009", "{\"kind\":\"text\",\"text\":\"a\",\"mentions\":[\"AAAAAAAAAAA\"]}", 0));
    all.add(bad("C-010", "{\"kind\":\"removal\",\"of\":[\"0NHS09TV1tc\"]}", 0));
    all.add(
        bad("C-010", "{\"kind\":\"edit\",\"id\":\"" + "A".repeat(22) + "\",\"text\":\"a\"}", 0));
    all.add(
        bad(
            "C-011",
            "{\"kind\":\"reaction\",\"to\":" + REF + ",\"emoji\":\"a b\",\"on\":true}",
            0));
    all.add(bad("C-012", "{\"kind\":\"read\",\"upTo\":\"0-0\"}", 0));
    all.add(bad("C-012", "{\"kind\":\"read\",\"upTo\":\"3-042\"}", 0));
    all.add(
        bad("C-013", "{\"kind\":\"item\",\"item\":\"EBESExQVFhcYGRobHB0eHw\",\"version\":0}", 0));
    all.add(bad("C-014", "{\"kind\":\"typing\",\"on\":true}", 0));
    return all;
  }

  private static Map<String, Object> bad(String check, String json, int repeat) {
    Map<String, Object> vector = new LinkedHashMap<>();
    vector.put("check", check);
    vector.put("carrier", Carrier.MESSAGE.name());
    vector.put("json", json);
    if (repeat > 0) {
      vector.put("repeat", (long) repeat);
    }
    return vector;
  }

  private static Carrier carrier(Map<String, Object> vector) {
    return Carrier.valueOf((String) vector.get("carrier"));
  }

  private static Bytes bytes(String json) {
    return Bytes.wrap(json.getBytes(StandardCharsets.UTF_8));
  }
}
