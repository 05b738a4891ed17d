package dev.zamok.authority.lease;

import dev.zamok.authority.lease.NodeRow.Standing;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Who should hold which leases: as many for each as for any other, give or take one. Every
 * authority comes to its own conclusion from the same rows; where two want the same, the row
 * decides.
 *
 * @param take partitions to take now
 * @param giveUp partitions to hand over
 * @param release partitions that name this authority, which neither holds them nor takes them:
 *     nobody else takes what is another's who lives
 */
record Allotment(List<Integer> take, List<Integer> giveUp, List<Integer> release) {
  /**
   * What is known when it is decided.
   *
   * @param me this authority
   * @param held by this one, in truth: a row that names it without this is left from before
   * @param rows one per partition, in order
   * @param live how each authority that beats stands by its last beat, this one included
   */
  record Scene(long me, Set<Integer> held, List<LeaseRow> rows, Map<Long, Standing> live) {}

  static Allotment of(Scene scene) {
    Set<Integer> lost =
        scene.rows().stream()
            .filter(row -> row.holder() == scene.me())
            .map(LeaseRow::partition)
            .filter(partition -> !scene.held().contains(partition))
            .collect(Collectors.toCollection(TreeSet::new));
    List<Long> takers = takers(scene.live());
    if (!takers.contains(scene.me())) {
      boolean leaving = scene.live().get(scene.me()) == Standing.DRAINING;
      return new Allotment(
          List.of(), leaving ? List.copyOf(scene.held()) : List.of(), List.copyOf(lost));
    }
    List<Integer> free = new ArrayList<>();
    Map<Long, Integer> counts = new HashMap<>();
    for (LeaseRow row : scene.rows()) {
      if (lost.contains(row.partition()) || !scene.live().containsKey(row.holder())) {
        free.add(row.partition());
      } else {
        counts.merge(row.holder(), 1, Integer::sum);
      }
    }
    Quotas quotas = new Quotas(scene.rows().size(), takers);
    int wanted = quotas.of(scene.me()) - scene.held().size();
    if (wanted >= 0) {
      List<Integer> take = first(free, wanted, quotas.offset(scene.me()));
      return new Allotment(take, List.of(), without(lost, take));
    }
    int missing = -free.size();
    for (long other : takers) {
      if (other != scene.me()) {
        missing += Math.max(0, quotas.of(other) - counts.getOrDefault(other, 0));
      }
    }
    int surplus = Math.min(-wanted, Math.max(0, missing));
    return new Allotment(List.of(), last(scene.held(), surplus), List.copyOf(lost));
  }

  /**
   * Who serves; where nobody does, those whose beats come late, who are as good as each other then.
   * In an order that is everybody's.
   */
  private static List<Long> takers(Map<Long, Standing> live) {
    List<Long> serving = all(live, Standing.SERVING);
    return serving.isEmpty() ? all(live, Standing.LATE) : serving;
  }

  private static List<Long> all(Map<Long, Standing> live, Standing standing) {
    return live.entrySet().stream()
        .filter(node -> node.getValue() == standing)
        .map(Map.Entry::getKey)
        .sorted(Long::compareUnsigned)
        .toList();
  }

  private static List<Integer> without(Set<Integer> all, List<Integer> some) {
    Set<Integer> out = Set.copyOf(some);
    return all.stream().filter(one -> !out.contains(one)).toList();
  }

  /** Each begins at another place, so that few want the same at once. */
  private static List<Integer> first(List<Integer> free, int wanted, int offset) {
    List<Integer> ordered = new ArrayList<>();
    free.stream().filter(partition -> partition >= offset).forEach(ordered::add);
    free.stream().filter(partition -> partition < offset).forEach(ordered::add);
    return List.copyOf(ordered.subList(0, Math.min(wanted, ordered.size())));
  }

  private static List<Integer> last(Collection<Integer> held, int count) {
    List<Integer> sorted = held.stream().sorted().toList();
    return sorted.subList(sorted.size() - count, sorted.size());
  }

  private record Quotas(int partitions, List<Long> takers) {
    int of(long node) {
      int index = takers.indexOf(node);
      return partitions / takers.size() + (index < partitions % takers.size() ? 1 : 0);
    }

    int offset(long node) {
      return (int) ((long) partitions * takers.indexOf(node) / takers.size());
    }
  }
}
