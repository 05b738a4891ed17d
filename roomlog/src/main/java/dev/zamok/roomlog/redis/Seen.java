package dev.zamok.roomlog.redis;

import dev.zamok.protocol.Position;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.IntConsumer;

/** The highest position this process ever saw in each partition. Thread-safe. */
final class Seen {
  private final AtomicLongArray positions;
  private final IntConsumer onGeneration;

  /**
   * @param onGeneration called with a partition whose generation rose
   */
  Seen(int partitions, IntConsumer onGeneration) {
    this.positions = new AtomicLongArray(partitions);
    this.onGeneration = onGeneration;
  }

  int generation(int partition) {
    return new Position(positions.get(partition)).generation();
  }

  long counter(int partition) {
    return new Position(positions.get(partition)).counter();
  }

  void saw(int partition, Position position) {
    saw(partition, position.generation(), position.counter());
  }

  /** Generation and counter rise on their own: a new generation may begin at a lower counter. */
  void saw(int partition, int generation, long counter) {
    long before =
        positions.getAndUpdate(
            partition,
            packed -> {
              Position old = new Position(packed);
              return Position.of(
                      Math.max(old.generation(), generation), Math.max(old.counter(), counter))
                  .packed();
            });
    int old = new Position(before).generation();
    if (generation > old && old > 0) {
      onGeneration.accept(partition);
    }
  }
}
