package dev.zamok.authority.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.authority.lease.NodeRow.Standing;
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
import java.util.stream.Collectors;
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
        Allotment made =
            Allotment.of(new Allotment.Scene(me, held(holders, me), rows(holders), serving(live)));
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

  private static Map<Long, Standing> serving(Set<Long> nodes) {
    return nodes.stream().collect(Collectors.toMap(node -> node, node -> Standing.SERVING));
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
            new Allotment.Scene(5, held(holders, 5), rows(holders), Map.of(5L, Standing.DRAINING)));
    assertThat(made.take()).isEmpty();
    assertThat(made.giveUp()).containsExactlyInAnyOrder(0, 1, 2, 3);
  }

  @Test
  void nothingIsGivenUpForSomebodyWhoDrains() {
    long[] holders = new long[8];
    Arrays.fill(holders, 5);
    Allotment made =
        Allotment.of(
            new Allotment.Scene(
                5,
                held(holders, 5),
                rows(holders),
                Map.of(5L, Standing.SERVING, 6L, Standing.DRAINING)));
    assertThat(made.giveUp()).isEmpty();
  }

  @Test
  void whoseBeatsComeLateTakesNothingAndKeepsWhatItHolds() {
    Map<Long, Standing> live = Map.of(1L, Standing.LATE, 2L, Standing.SERVING);
    long[] holders = new long[PARTITIONS];
    Arrays.fill(holders, 0, 10, 1);
    Set<Integer> held = Set.of(3, 5);

    Allotment late = Allotment.of(new Allotment.Scene(1, held, rows(holders), live));
    Allotment other = Allotment.of(new Allotment.Scene(2, Set.of(), rows(holders), live));

    assertThat(late.take()).isEmpty();
    assertThat(late.giveUp()).isEmpty();
    assertThat(late.release()).containsExactly(0, 1, 2, 4, 6, 7, 8, 9);
    assertThat(other.take()).hasSize(PARTITIONS - 10);
  }

  /** A store that is slow for everybody: no reason to move anything. */
  @Test
  void whereAllAreLateEachHasItsPart() {
    Map<Long, Standing> live = Map.of(1L, Standing.LATE, 2L, Standing.LATE, 3L, Standing.DRAINING);
    long[] holders = new long[PARTITIONS];
    Arrays.fill(holders, 0, PARTITIONS / 2, 1);

    Allotment made = Allotment.of(new Allotment.Scene(1, held(holders, 1), rows(holders), live));
    Allotment other = Allotment.of(new Allotment.Scene(2, Set.of(), rows(holders), live));

    assertThat(made.giveUp()).isEmpty();
    assertThat(other.take()).hasSize(PARTITIONS / 2);
  }

  /** One that lost everything while it held more than its part. */
  @Test
  void whatIsNotTakenAgainIsReleasedForOthers() {
    long[] holders = new long[PARTITIONS];
    Arrays.fill(holders, 1);

    Allotment made =
        Allotment.of(new Allotment.Scene(1, Set.of(), rows(holders), serving(Set.of(1L, 2L))));

    assertThat(made.take()).hasSize(PARTITIONS / 2);
    assertThat(made.release()).hasSize(PARTITIONS / 2).doesNotContainAnyElementsOf(made.take());
  }

  @Test
  void whoLeavesReleasesWhatItDoesNotHoldAnyMore() {
    long[] holders = new long[PARTITIONS];
    Arrays.fill(holders, 1);
    Set<Integer> held = Set.of(3, 5);

    Allotment made =
        Allotment.of(
            new Allotment.Scene(
                1, held, rows(holders), Map.of(1L, Standing.DRAINING, 2L, Standing.SERVING)));

    assertThat(made.giveUp()).containsExactlyInAnyOrderElementsOf(held);
    assertThat(made.release()).hasSize(PARTITIONS - held.size()).doesNotContainAnyElementsOf(held);
  }
}
