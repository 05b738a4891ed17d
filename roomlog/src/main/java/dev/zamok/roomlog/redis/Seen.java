package dev.zamok.roomlog.redis;

import dev.zamok.protocol.Position;
import dev.zamok.protocol.Unavailable;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.IntConsumer;

/** The highest position this process ever saw in each partition. Thread-safe. */
final class Seen {
  private final AtomicLongArray positions;
  private final IntConsumer onGeneration;
  private final IntConsumer onDoubt;

  /**
   * @param onGeneration called with a partition whose generation rose
   * @param onDoubt called with a partition that may lack something
   */
  Seen(int partitions, IntConsumer onGeneration, IntConsumer onDoubt) {
    this.positions = new AtomicLongArray(partitions);
    this.onGeneration = onGeneration;
    this.onDoubt = onDoubt;
  }

  /** A call was refused for that: yields what its caller is told. */
  Unavailable doubt(int partition, int generation) {
    saw(partition, generation, 0);
    onDoubt.accept(partition);
    return new Unavailable("the lease holder looks whether the room log is complete", false);
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
