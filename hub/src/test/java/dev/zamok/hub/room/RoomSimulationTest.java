package dev.zamok.hub.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.hub.metrics.Counter;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Rooms under a seeded simulator: clients join, leave, talk, stop reading and vanish; the log
 * answers late and in any order, forgets, fails, and loses notifications. Whatever happens, every
 * client sees every entry exactly once and in order, or is told of the gap.
 */
class RoomSimulationTest {
  private static final int SEEDS = 60;
  static final int STEPS = 1_500;

  @Test
  void everyClientSeesEveryEntryOnceInOrderOrIsToldOfTheGap() {
    Map<Counter, Long> seen = new EnumMap<>(Counter.class);
    for (long seed = 1; seed <= SEEDS; seed++) {
      RoomSimulation simulation = new RoomSimulation(seed);
      try {
        simulation.run();
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + seed + ", step " + simulation.step, e);
      }
      for (Counter counter : Counter.values()) {
        seen.merge(counter, simulation.metrics.value(counter), Long::sum);
      }
    }
    // a simulation that never gets into these would prove nothing
    for (Counter counter :
        List.of(
            Counter.SLOW,
            Counter.CATCH_UPS_RING,
            Counter.CATCH_UPS_LOG,
            Counter.GAPS,
            Counter.REREADS,
            Counter.EVICTIONS,
            Counter.ROOMS_CLOSED)) {
      assertThat(seen.get(counter)).as(counter.name()).isGreaterThan(SEEDS / 10);
    }
    assertThat(seen.get(Counter.BUGS)).isZero();
  }
}
