package dev.zamok.load.bench.scenario;

import java.util.function.Supplier;

/** One round of each side. */
record Pair<T>(T ours, T reference) {
  /**
   * Runs both, one after the other. Who is first changes from round to round: what the first leaves
   * to the second (a busy disk, a warm kernel) falls to each as often.
   */
  static <T> Pair<T> inTurn(int round, Supplier<T> ours, Supplier<T> reference) {
    if (round % 2 == 0) {
      T first = ours.get();
      return new Pair<>(first, reference.get());
    }
    T first = reference.get();
    return new Pair<>(ours.get(), first);
  }
}
