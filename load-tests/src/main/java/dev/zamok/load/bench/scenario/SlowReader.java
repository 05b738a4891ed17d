package dev.zamok.load.bench.scenario;

import dev.zamok.load.bench.Bench;
import dev.zamok.load.bench.Result;
import dev.zamok.load.bench.drive.Drive;
import dev.zamok.load.bench.drive.Hall;
import dev.zamok.load.bench.drive.Layout;
import dev.zamok.load.bench.drive.OpenLoop;
import dev.zamok.load.bench.server.Hub;
import dev.zamok.load.bench.wire.Peer;
import dev.zamok.protocol.ticket.Algorithm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * The 99th percentile in a room of 1,000 of which one does not read, against the same room of which
 * all read: the hub is its own reference here. After each round he reads again, and must get
 * everything.
 */
public final class SlowReader implements Scenario {
  private static final int MESSAGES_PER_SECOND = 20;
  private static final double NANOS_PER_MICRO = 1_000;

  private final int connections;
  private final int bodyBytes;

  public SlowReader(Bench.Size size) {
    this.connections = size.connections(1_000);
    this.bodyBytes = size.bodyBytes(8_192);
  }

  @Override
  public Result run(Bench bench) {
    Hall hall = new Hall(Layout.of(1, connections), bodyBytes);
    Hub hub = Hub.start(bench.launch(), new Hub.Options(false, Algorithm.HS256));
    try (Side side = Side.of(bench, hub, hall)) {
      Metrics metrics = new Metrics(hub);
      Bench.Plan plan = bench.plan();
      Function<Hall, Drive> drives =
          any -> new OpenLoop(bench.generator().loop(), any, MESSAGES_PER_SECOND);
      if (plan.warmSeconds() > 0) {
        side.round(drives, plan.warmSeconds() * 1_000L);
      }
      List<Double> slow = new ArrayList<>();
      List<Double> even = new ArrayList<>();
      List<Double> memory = new ArrayList<>();
      for (int i = 0; i < plan.rounds(); i++) {
        even.add(p99(side.round(drives, plan.seconds() * 1_000L)));
        long before = hub.process().figures().rssBytes();
        Side.Round round = withSlowReader(bench, side, drives);
        slow.add(p99(round));
        memory.add((double) (round.rssBytes() - before));
        bench.note().accept(String.format("p99 %,.0f µs, %,.0f µs", slow.get(i), even.get(i)));
      }
      Map<String, Object> more = new LinkedHashMap<>();
      more.put("members", connections);
      more.put("bodyBytes", bodyBytes);
      more.put("messagesPerSecond", MESSAGES_PER_SECOND);
      more.put("rssGrowthBytes", Result.median(memory));
      more.put("timesSlow", metrics.counter("slow"));
      more.put("catchUpsFromMemory", metrics.counter("catch_ups_ring"));
      more.put("catchUpsFromLog", metrics.counter("catch_ups_log"));
      return Result.of("slowreader", "µs p99", slow, even, side.account(), more);
    }
  }

  private static Side.Round withSlowReader(Bench bench, Side side, Function<Hall, Drive> drives) {
    Peer slow = side.hall().peers().get(side.hall().peers().size() - 1);
    long millis = bench.plan().seconds() * 1_000L;
    bench.generator().loop().execute(() -> slow.setReading(false));
    // reads again a moment before the round ends, which waits for all to have everything
    var unused =
        bench
            .generator()
            .loop()
            .schedule(() -> slow.setReading(true), millis + 200, TimeUnit.MILLISECONDS);
    return side.roundWithout(drives, millis, slow);
  }

  private static double p99(Side.Round round) {
    return round.latency().getValueAtPercentile(99) / NANOS_PER_MICRO;
  }
}
