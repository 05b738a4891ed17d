package dev.zamok.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zamok.protocol.MalformedException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
  @Test
  void valuesComeBackInTheirOrder() {
    String text =
        "{\"b\":[1,-9007199254740991,{\"x\":true}],\"a\":\"\u00e4\ud83d\ude00\",\"c\":false}";
    Map<String, Object> object = object(text);
    assertThat(object.keySet()).containsExactly("b", "a", "c");
    assertThat(object.get("b")).isEqualTo(List.of(1L, -9_007_199_254_740_991L, Map.of("x", true)));
    assertThat(new String(Json.write(object), StandardCharsets.UTF_8)).isEqualTo(text);
    assertThatThrownBy(() -> object.put("d", 1)).isInstanceOf(UnsupportedOperationException.class);
  }

  /**
   * ECMAScript's JSON.stringify: short escapes where there are some, else four lower-case digits.
   */
  @Test
  void textIsEscapedAsBrowsersDo() {
    String raw = "\"\\/\b\f\n\r\t\u0000\u001f\u007f\u2028\ufeff";
    assertThat(new String(Json.write(Map.of("t", raw)), StandardCharsets.UTF_8))
        .isEqualTo("{\"t\":\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0000\\u001f\u007f\u2028\ufeff\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "1",
        "[]",
        "\"a\"",
        "null",
        "{",
        "{}}",
        "{} {}",
        "{\"a\":1,}",
        "{,}",
        "{a:1}",
        "{'a':1}",
        "{\"a\":null}",
        "{\"a\":1.0}",
        "{\"a\":1e2}",
        "{\"a\":01}",
        "{\"a\":+1}",
        "{\"a\":NaN}",
        "{\"a\":9007199254740992}",
        "{\"a\":-9007199254740992}",
        "{\"a\":-9223372036854775808}",
        "{\"a\":1,\"a\":1}",
        "{\"a\":{\"b\":1,\"b\":2}}",
        "{\"a\":1,\"\\u0061\":2}",
        "{\"a\":\"\\ud800\"}",
        "{\"a\":\"\\udc00\\ud800\"}",
        "{\"\\ud800\":1}",
        "{\"a\":\"\n\"}",
        "{\"a\":\"\\x\"}",
        "/**/{}",
        "{}#",
        "\ufeff{}",
        "{\"a\":[[[[[[[[]]]]]]]]}"
      })
  void looseJsonIsRefused(String text) {
    assertThatThrownBy(() -> object(text)).isInstanceOf(MalformedException.class);
  }

  @Test
  void eightLevelsAreRead() {
    assertThat(object("{\"a\":[[[[[[[]]]]]]]}")).hasSize(1);
  }

  @Test
  void bytesThatAreNotUtf8AreRefused() {
    for (byte[] bytes :
        List.of(
            new byte[] {'{', '"', (byte) 0xc0, (byte) 0x80, '"', ':', '1', '}'},
            new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'},
            new byte[] {'{', '"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"', ':', '1', '}'},
            "{}".getBytes(StandardCharsets.UTF_16),
            "{}".getBytes(StandardCharsets.UTF_16LE))) {
      assertThatThrownBy(() -> Json.object(bytes)).isInstanceOf(MalformedException.class);
    }
  }

  @Test
  void halfACharacterIsNotWritten() {
    assertThatThrownBy(() -> Json.write(Map.of("a", "\ud800")))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void failureNamesNoContent() {
    assertThatThrownBy(() -> object("{\"secret\": secret}")).hasMessageNotContaining("secret");
  }

  private static Map<String, Object> object(String text) {
    return Json.object(text.getBytes(StandardCharsets.UTF_8));
  }
}
