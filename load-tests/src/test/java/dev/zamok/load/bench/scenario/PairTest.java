package dev.zamok.load.bench.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class PairTest {
  private final List<String> order = new ArrayList<>();

  private Supplier<String> run(String name) {
    return () -> {
      order.add(name);
      return name;
    };
  }

  @Test
  void eachSideIsFirstInEveryOtherRoundAndTheFiguresStayWithTheirSides() {
    for (int round = 0; round < 3; round++) {
      assertThat(Pair.inTurn(round, run("ours"), run("reference")))
          .isEqualTo(new Pair<>("ours", "reference"));
    }
    assertThat(order)
        .containsExactly("ours", "reference", "reference", "ours", "ours", "reference");
  }
}
