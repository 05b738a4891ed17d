package dev.zamok.load.bench.scenario;

import dev.zamok.load.bench.Bench;
import dev.zamok.load.bench.Result;
import dev.zamok.load.bench.drive.Drive;
import dev.zamok.load.bench.drive.Hall;
import dev.zamok.load.bench.drive.Layout;
import dev.zamok.load.bench.drive.OpenLoop;
import dev.zamok.load.bench.process.Heap;
import dev.zamok.load.bench.server.Hub;
import dev.zamok.load.bench.server.Launch;
import dev.zamok.load.bench.wire.Peer;
import dev.zamok.load.bench.wire.Seat;
import dev.zamok.protocol.ticket.Algorithm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The 99th percentile in a room of 1,000 of which one does not read, against the same room of which
 * all read: the hub is its own reference here. His kernel takes little for him, so that the hub
 * must keep or forget the rest. After each round he reads again, and must get everything. A round
 * in which he did not fall behind fails the run: it compares nothing.
 *
 * <p>A round has as many messages as it takes for the 99th percentile not to be that of the worst
 * message alone.
 *
 * <p>Memory is compared at the end of the rounds, while he is still stuck: what is alive on the
 * heap, plus what is resident beside it, in a heap that is touched and of fixed size.
 */
public final class SlowReader implements Scenario {
  private static final int MESSAGES_PER_SECOND = 50;

  /** Of a round: its 99th percentile lies above the worst four messages. */
  private static final int MESSAGES_MIN = 400;

  private static final int RECEIVE_BYTES = 4_096;
  private static final double NANOS_PER_MICRO = 1_000;
  private static final List<String> MEMORY =
      List.of("-XX:+UseSerialGC", "-Xmn64m", "-Xms256m", "-Xmx256m", "-XX:+AlwaysPreTouch");

  private final int connections;
  private final int bodyBytes;
  private final int perSecond;

  public SlowReader(Bench.Size size) {
    this.connections = size.connections(1_000);
    this.bodyBytes = size.bodyBytes(4_096);
    this.perSecond = size.inFlight(MESSAGES_PER_SECOND);
  }

  /**
   * @param timesSlow that the hub stopped pushing to somebody until the latency was read
   */
  private record Round(double p99Micros, long memoryBytes, long timesSlow) {}

  @Override
  public int connections() {
    return connections;
  }

  @Override
  public boolean needsJdk() {
    return true;
  }

  @Override
  public Result run(Bench bench) {
    Hall hall = new Hall(Layout.of(1, connections), bodyBytes);
    List<String> options = new ArrayList<>(MEMORY);
    options.addAll(bench.launch().javaOptions());
    Launch launch = bench.launch().withJavaOptions(options);
    Hub hub = Hub.start(launch, new Hub.Options(false, Algorithm.HS256));
    Warming.withMany(bench, hub.renamed());
    List<Seat> seats = new ArrayList<>(hub.seats(hall.layout()));
    seats.set(connections - 1, seats.get(connections - 1).withReceiveBytes(RECEIVE_BYTES));
    try (Side side = Side.of(bench, hub, hall, seats)) {
      Metrics metrics = new Metrics(hub);
      Bench.Plan plan = bench.plan();
      Function<Hall, Drive> drives = any -> new OpenLoop(bench.generator().loop(), any, perSecond);
      if (plan.warmSeconds() > 0) {
        side.round(drives, plan.warmSeconds() * 1_000L);
      }
      List<Double> slow = new ArrayList<>();
      List<Double> even = new ArrayList<>();
      List<Double> memory = new ArrayList<>();
      for (int i = 0; i < plan.rounds(); i++) {
        Pair<Round> round =
            Pair.inTurn(
                i,
                () -> stuckRound(bench, side, drives, metrics),
                () -> round(bench, side, drives, metrics, true));
        slow.add(round.ours().p99Micros());
        even.add(round.reference().p99Micros());
        memory.add((double) (round.ours().memoryBytes() - round.reference().memoryBytes()));
        bench
            .note()
            .accept(
                String.format(
                    "p99 %,.0f µs, %,.0f µs; memory %+,.0f B",
                    slow.get(i), even.get(i), memory.get(i)));
      }
      Map<String, Object> more = new LinkedHashMap<>();
      more.put("members", connections);
      more.put("bodyBytes", bodyBytes);
      more.put("messagesPerSecond", perSecond);
      more.put("memoryGrowthBytes", Result.median(memory));
      more.put("messagesOfARound", millis(plan) * perSecond / 1_000);
      more.put("roundsInWhichHeFellBehind", plan.rounds());
      more.put("catchUpsFromMemory", metrics.counter("catch_ups_ring"));
      more.put("catchUpsFromLog", metrics.counter("catch_ups_log"));
      return Result.of("catchup", "µs p99", slow, even, side.account(), more);
    }
  }

  private long millis(Bench.Plan plan) {
    return Math.max(plan.seconds(), (MESSAGES_MIN + perSecond - 1) / perSecond) * 1_000L;
  }

  private Round stuckRound(Bench bench, Side side, Function<Hall, Drive> drives, Metrics metrics) {
    Round round = round(bench, side, drives, metrics, false);
    if (round.timesSlow() == 0) {
      throw new IllegalStateException(
          "he did not fall behind: what was sent fits what hub and kernels hold for him;"
              + " a larger --body or --in-flight is needed");
    }
    return round;
  }

  private Round round(
      Bench bench, Side side, Function<Hall, Drive> drives, Metrics metrics, boolean reading) {
    Peer slow = side.hall().peers().get(side.hall().peers().size() - 1);
    long[] memory = new long[1];
    long[] timesSlow = {-metrics.counter("slow")};
    side.onLoop(() -> stand(side.hall(), slow, reading));
    Side.Round round =
        side.round(
            drives,
            millis(bench.plan()),
            () -> {
              // first: he is behind by what was said, not by how long the heap is collected
              timesSlow[0] += metrics.counter("slow");
              memory[0] = memory(side);
              side.onLoop(() -> stand(side.hall(), slow, true));
            });
    side.onLoop(
        () -> {
          side.hall().leaveOut(null);
          return true;
        });
    return new Round(
        round.latency().getValueAtPercentile(99) / NANOS_PER_MICRO, memory[0], timesSlow[0]);
  }

  /** His own latency is none of the others', in either kind of round. */
  private static boolean stand(Hall hall, Peer slow, boolean reading) {
    hall.leaveOut(slow);
    slow.setReading(reading);
    return reading;
  }

  private static long memory(Side side) {
    long pid = side.server().process().pid();
    Heap.collect(pid);
    return Heap.usedBytes(pid) + side.server().process().figures().rssBytes();
  }
}
