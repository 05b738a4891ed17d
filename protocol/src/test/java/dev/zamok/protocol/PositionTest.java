package dev.zamok.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PositionTest {
  private static final Position LAST = Position.of(Position.GENERATION_MAX, Position.COUNTER_MAX);

  @Test
  void generationComesBeforeCounter() {
    assertThat(Position.of(2, 0)).isGreaterThan(Position.of(1, Position.COUNTER_MAX));
    assertThat(Position.of(1, 2)).isGreaterThan(Position.of(1, 1));
  }

  @Test
  void generationsWithTheHighestBitAreStillLater() {
    Position high = Position.of(1 << 23, 0);
    assertThat(high.packed()).isNegative();
    assertThat(high).isGreaterThan(Position.of((1 << 23) - 1, 7));
    assertThat(high.isAfter(Position.ZERO)).isTrue();
    assertThat(Position.ZERO.isAfter(high)).isFalse();
    assertThat(LAST.isAfter(high)).isTrue();
    assertThat(LAST.isAfter(LAST)).isFalse();
  }

  @Test
  void partsComeBackAtTheirLimits() {
    assertThat(LAST.packed()).isEqualTo(-1);
    assertThat(LAST.generation()).isEqualTo(16_777_215);
    assertThat(LAST.counter()).isEqualTo(1_099_511_627_775L);
    assertThat(Position.parse(LAST.toString())).isEqualTo(LAST);
    assertThat(Position.ZERO).hasToString("0-0");
    ByteWriter writer = new ByteWriter();
    Position.of(0x010203, 0x0405060708L).write(writer);
    assertThat(writer.toBytes().toHex()).isEqualTo("0102030405060708");
  }

  @Test
  void partsPastTheirLimitsAreRefused() {
    assertThatThrownBy(() -> Position.of(Position.GENERATION_MAX + 1, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Position.of(0, Position.COUNTER_MAX + 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Position.of(-1, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Position.of(0, -1)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        "1",
        "1-",
        "-1",
        "01-2",
        "1-02",
        "+1-2",
        "1--2",
        "1-2-3",
        " 1-2",
        "1-2 ",
        "16777216-0",
        "0-1099511627776",
        "1-99999999999999999999",
        "\u0661-2"
      })
  void otherSpellingsAreRefused(String text) {
    assertThatThrownBy(() -> Position.parse(text)).isInstanceOf(MalformedException.class);
  }
}
