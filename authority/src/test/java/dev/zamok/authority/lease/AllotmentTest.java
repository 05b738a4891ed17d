package dev.zamok.authority.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.protocol.Position;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class AllotmentTest {
  private static final int PARTITIONS = 256;

  /** Lets everyone decide in turn until nobody changes anything. */
  private static Map<Long, Integer> settle(long[] holders, Set<Long> live, Random random) {
    for (int round = 0; round < 20; round++) {
      boolean changed = false;
      List<Long> order = new ArrayList<>(new TreeSet<>(live));
      java.util.Collections.shuffle(order, random);
      for (long me : order) {
        Set<Long> others = new HashSet<>(live);
        others.remove(me);
        Allotment made =
            Allotment.of(
                new Allotment.Scene(me, held(holders, me), rows(holders), others, Set.of()), false);
        for (int partition : made.take()) {
          holders[partition] = me;
          changed = true;
        }
        for (int partition : made.giveUp()) {
          holders[partition] = LeaseRow.NOBODY;
          changed = true;
        }
      }
      if (!changed) {
        break;
      }
    }
    Map<Long, Integer> counts = new HashMap<>();
    for (long holder : holders) {
      counts.merge(holder, 1, Integer::sum);
    }
    return counts;
  }

  private static Set<Integer> held(long[] holders, long me) {
    Set<Integer> held = new HashSet<>();
    for (int i = 0; i < holders.length; i++) {
      if (holders[i] == me) {
        held.add(i);
      }
    }
    return held;
  }

  private static List<LeaseRow> rows(long[] holders) {
    List<LeaseRow> rows = new ArrayList<>();
    for (int i = 0; i < holders.length; i++) {
      rows.add(new LeaseRow(i, 1, holders[i], Position.ZERO, 1));
    }
    return rows;
  }

  @Test
  void whoeverComesAndGoesLeasesEndUpEvenAndWithTheLiving() {
    Random random = new Random(11);
    long[] holders = new long[PARTITIONS];
    Set<Long> live = new HashSet<>();
    for (int step = 0; step < 200; step++) {
      if (live.size() > 1 && random.nextBoolean()) {
        live.remove(new ArrayList<>(live).get(random.nextInt(live.size())));
      } else if (live.size() < 9) {
        live.add(random.nextLong() | 1);
      }
      Map<Long, Integer> counts = settle(holders, live, random);
      assertThat(counts.keySet()).isEqualTo(live);
      assertThat(counts.values())
          .allMatch(n -> n >= PARTITIONS / live.size() && n <= PARTITIONS / live.size() + 1);
    }
  }

  @Test
  void whoDrainsGivesUpAllAndTakesNothing() {
    long[] holders = new long[8];
    Arrays.fill(holders, 0, 4, 5);
    Allotment made =
        Allotment.of(
            new Allotment.Scene(5, held(holders, 5), rows(holders), Set.of(), Set.of()), true);
    assertThat(made.take()).isEmpty();
    assertThat(made.giveUp()).containsExactlyInAnyOrder(0, 1, 2, 3);
  }

  @Test
  void nothingIsGivenUpForSomebodyWhoDrains() {
    long[] holders = new long[8];
    Arrays.fill(holders, 5);
    Allotment made =
        Allotment.of(
            new Allotment.Scene(5, held(holders, 5), rows(holders), Set.of(6L), Set.of(6L)), false);
    assertThat(made.giveUp()).isEmpty();
  }

  /** One that lost everything while it held more than its part. */
  @Test
  void whatIsNotTakenAgainIsReleasedForOthers() {
    long[] holders = new long[PARTITIONS];
    Arrays.fill(holders, 1);

    Allotment made =
        Allotment.of(new Allotment.Scene(1, Set.of(), rows(holders), Set.of(2L), Set.of()), false);

    assertThat(made.take()).hasSize(PARTITIONS / 2);
    assertThat(made.release()).hasSize(PARTITIONS / 2).doesNotContainAnyElementsOf(made.take());
  }

  @Test
  void whoLeavesReleasesWhatItDoesNotHoldAnyMore() {
    long[] holders = new long[PARTITIONS];
    Arrays.fill(holders, 1);
    Set<Integer> held = Set.of(3, 5);

    Allotment made =
        Allotment.of(new Allotment.Scene(1, held, rows(holders), Set.of(2L), Set.of()), true);

    assertThat(made.giveUp()).containsExactlyInAnyOrderElementsOf(held);
    assertThat(made.release()).hasSize(PARTITIONS - held.size()).doesNotContainAnyElementsOf(held);
  }
}
