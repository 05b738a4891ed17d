package dev.zamok.load.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.zamok.protocol.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResultTest {
  private static final Result.Account CLEAN = new Result.Account(0, 0);

  @Test
  void theRatioIsTheMedianOfTheRoundsNotTheRatioOfTheMedians() {
    Result result =
        Result.of(
            "fanout",
            "deliveries/CPU s",
            List.of(100.0, 300.0, 200.0),
            List.of(200.0, 100.0, 200.0),
            CLEAN,
            Map.of());
    assertThat(result.ours()).isEqualTo(200);
    assertThat(result.reference()).isEqualTo(200);
    assertThat(result.ratio()).isEqualTo(1.0);
    assertThat(result.ratioMin()).isEqualTo(0.5);
    assertThat(result.ratioMax()).isEqualTo(3.0);
  }

  @Test
  void theMedianOfAnEvenNumberLiesBetween() {
    assertThat(Result.median(List.of(4.0, 1.0, 3.0, 2.0))).isEqualTo(2.5);
  }

  @Test
  void jsonIsOneObjectWithTheNamedFields() {
    Result result =
        Result.of(
            "rooms",
            "deliveries/CPU s",
            List.of(2_000_000.0),
            List.of(1_000_000.0),
            new Result.Account(3, 1),
            Map.of("members", 5));
    Map<String, Object> read =
        Json.object(result.json().replace("2.000", "2").getBytes(StandardCharsets.UTF_8));
    assertThat(read)
        .containsEntry("scenario", "rooms")
        .containsEntry("ours", 2_000_000L)
        .containsEntry("reference", 1_000_000L)
        .containsEntry("ratio", 2L)
        .containsEntry("lost", 3L)
        .containsEntry("doubled", 1L)
        .containsEntry("unit", "deliveries/CPU s")
        .containsEntry("members", 5L)
        .containsKeys("ratioMin", "ratioMax");
  }

  @Test
  void aScenarioWithoutAReferenceHasNoRatio() {
    Result result = Result.of("x", "s", List.of(1.0), List.of(Double.NaN), CLEAN, Map.of());
    assertThat(result.json()).contains("\"reference\":null").contains("\"ratio\":null");
  }

  @Test
  void whetherItWasPinnedStandsBesideTheRest() {
    Result result =
        Result.of("x", "s", List.of(1.0), List.of(1.0), CLEAN, Map.of("members", 5))
            .with("pinned", false);
    assertThat(result.json()).contains("\"members\":5", "\"pinned\":false");
  }

  @Test
  void aSideThatMissesARoundIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Result.of("x", "s", List.of(1.0), List.of(), CLEAN, Map.of()));
  }
}
