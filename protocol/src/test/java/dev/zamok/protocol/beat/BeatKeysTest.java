package dev.zamok.protocol.beat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.Vectors;
import dev.zamok.protocol.json.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BeatKeysTest {
  private static final String ONE = "ab".repeat(32);
  private static final String OTHER = "CD".repeat(32);
  private static final Bytes STATEMENT = Bytes.fromHex("0501");

  @Test
  void macsAreThoseOfTheVectors() {
    for (Map<String, Object> one : Vectors.cases("hub-beats.json", "cases")) {
      BeatKeys keys = BeatKeys.parse(Json.text(one, "key"));
      Bytes statement = Bytes.fromHex(Json.text(one, "statement"));
      Bytes mac = Bytes.fromHex(Json.text(one, "mac"));
      assertThat(keys.sign(statement)).isEqualTo(mac);
      assertThat(keys.verify(statement, mac)).isTrue();
    }
  }

  @Test
  void theFirstKeySignsAndEachVerifies() {
    BeatKeys before = BeatKeys.parse(ONE + "\n");
    BeatKeys between = BeatKeys.parse(OTHER + "\n" + ONE + "\n\n");
    BeatKeys afterwards = BeatKeys.parse(OTHER);
    assertThat(between.verify(STATEMENT, before.sign(STATEMENT))).isTrue();
    assertThat(between.verify(STATEMENT, afterwards.sign(STATEMENT))).isTrue();
    assertThat(afterwards.verify(STATEMENT, between.sign(STATEMENT))).isTrue();
    assertThat(before.verify(STATEMENT, between.sign(STATEMENT))).isFalse();
  }

  @Test
  void anotherStatementAnotherKeyAndATruncatedMacAreRefused() {
    BeatKeys keys = BeatKeys.parse(ONE);
    Bytes mac = keys.sign(STATEMENT);
    assertThat(keys.verify(Bytes.fromHex("0502"), mac)).isFalse();
    assertThat(BeatKeys.parse(OTHER).verify(STATEMENT, mac)).isFalse();
    assertThat(keys.verify(STATEMENT, mac.slice(0, 16))).isFalse();
    assertThat(keys.verify(STATEMENT, Bytes.EMPTY)).isFalse();
  }

  @Test
  void whatIsNoKeyIsRefusedWithoutATraceOfItAndKeysAreNotPrinted() {
    String five = String.join("\n", List.of(ONE, ONE, ONE, ONE, ONE));
    for (String text : List.of("", "\n", "secret", ONE + "0", ONE.substring(1), five)) {
      assertThatThrownBy(() -> BeatKeys.parse(text))
          .isInstanceOf(MalformedException.class)
          .hasMessageNotContainingAny("secret", "abab");
    }
    assertThat(BeatKeys.parse(ONE).toString()).doesNotContain("ab".repeat(2));
  }
}
