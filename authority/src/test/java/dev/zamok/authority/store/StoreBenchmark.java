package dev.zamok.authority.store;

import static dev.zamok.authority.Await.await;

import dev.zamok.authority.store.cassandra.BenchmarkRing;
import dev.zamok.authority.store.local.LocalStore;
import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;
import dev.zamok.roomlog.sqlite.Database;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/**
 * Measures the stores one after the other: the embedded one, a ring of one node, a ring of three.
 * Started by hand, see {@code authority/STORE.md}.
 */
public final class StoreBenchmark {
  private static final Table NOTES = Table.versioned("notes");
  private static final Table EVENTS = Table.immutable("events");
  private static final int BODY_BYTES = 300;
  private static final int ROWS_PER_BATCH = 200;

  private final Store store;
  private final Bytes body = Bytes.wrap(new byte[BODY_BYTES]);

  private StoreBenchmark(Store store) {
    this.store = store;
  }

  /** Arguments: seconds per measurement. */
  public static void main(String[] arguments) throws Exception {
    long seconds = Long.parseLong(arguments[0]);
    Path directory = Files.createTempDirectory(Path.of("target"), "benchmark");
    Vertx vertx = Vertx.vertx();
    Database database = await(Database.open(vertx, Database.Options.in(directory)));
    run("local", await(LocalStore.open(vertx, database, Clock.systemUTC())), seconds);
    await(database.close());
    for (int nodes : new int[] {1, 3}) {
      try (BenchmarkRing ring = BenchmarkRing.start(directory, nodes)) {
        run(nodes + (nodes == 1 ? " node" : " nodes"), ring.open(vertx), seconds);
      }
    }
    await(vertx.close());
  }

  private static void run(String name, Store store, long seconds) {
    StoreBenchmark benchmark = new StoreBenchmark(store);
    benchmark.measure(1, 1, benchmark::change); // warm-up
    print(
        name,
        "rows inserted, batches of 200, 4 in flight",
        ROWS_PER_BATCH,
        benchmark.measure(seconds, 4, benchmark::insertMany));
    print(
        name,
        "rows inserted one by one, 64 in flight",
        1,
        benchmark.measure(seconds, 64, i -> benchmark.insert(i, 1)));
    print(
        name, "compare-and-sets, 1 in flight", 1, benchmark.measure(seconds, 1, benchmark::change));
    print(
        name,
        "compare-and-sets, 64 in flight",
        1,
        benchmark.measure(seconds, 64, benchmark::change));
    print(
        name,
        "reads of one row, 64 in flight",
        1,
        benchmark.measure(seconds, 64, i -> store.get(NOTES.key(number(1)))));
    await(store.close());
  }

  private Future<?> insertMany(int i) {
    return insert(i, ROWS_PER_BATCH);
  }

  private Future<?> insert(int i, int rows) {
    List<Change> changes = new ArrayList<>();
    for (int k = 0; k < rows; k++) {
      changes.add(Change.insert(number(k), body));
    }
    return store
        .batch(EVENTS, new ByteWriter(8).u32(rows).u32(i).toBytes(), changes)
        .map(Outcome::applied);
  }

  private final AtomicInteger partitions = new AtomicInteger();

  private Future<?> change(int i) {
    return store
        .batch(
            NOTES, number(partitions.incrementAndGet()), List.of(Change.insert(Bytes.EMPTY, body)))
        .map(Outcome::applied);
  }

  private static Bytes number(int i) {
    return new ByteWriter(4).u32(i).toBytes();
  }

  /** Nanoseconds of each, and of all. */
  private record Result(long[] each, long total) {}

  private final AtomicInteger numbers = new AtomicInteger();

  private Result measure(long seconds, int inFlight, IntFunction<Future<?>> task) {
    List<Long> times = java.util.Collections.synchronizedList(new ArrayList<>());
    long start = System.nanoTime();
    List<Future<Void>> lanes = new ArrayList<>();
    for (int i = 0; i < inFlight; i++) {
      lanes.add(lane(start + seconds * 1_000_000_000L, task, times));
    }
    await(Future.all(lanes));
    long total = System.nanoTime() - start;
    long[] each = times.stream().mapToLong(Long::longValue).toArray();
    Arrays.sort(each);
    return new Result(each, total);
  }

  private Future<Void> lane(long end, IntFunction<Future<?>> task, List<Long> times) {
    long began = System.nanoTime();
    if (began > end) {
      return Future.succeededFuture();
    }
    return task.apply(numbers.incrementAndGet())
        .compose(
            done -> {
              times.add(System.nanoTime() - began);
              return lane(end, task, times);
            });
  }

  private static void print(String store, String what, int rows, Result result) {
    int count = result.each.length;
    System.out.printf(
        "| %s | %s | %,.0f/s | %.1f ms | %.1f ms |%n",
        store,
        what,
        1e9 * rows * count / result.total,
        result.each[count / 2] / 1e6,
        result.each[(int) (count * 0.99)] / 1e6);
  }
}
