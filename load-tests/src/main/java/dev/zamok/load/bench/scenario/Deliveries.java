package dev.zamok.load.bench.scenario;

import dev.zamok.load.bench.Bench;
import dev.zamok.load.bench.Result;
import dev.zamok.load.bench.drive.ClosedLoop;
import dev.zamok.load.bench.drive.Drive;
import dev.zamok.load.bench.drive.Hall;
import dev.zamok.load.bench.drive.Layout;
import dev.zamok.load.bench.drive.OpenLoop;
import dev.zamok.load.bench.server.Bare;
import dev.zamok.load.bench.server.Hub;
import dev.zamok.protocol.ticket.Algorithm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** The same traffic through hub and reference, in turn. */
public final class Deliveries implements Scenario {
  private static final double NANOS_PER_MICRO = 1_000;

  private final Shape shape;
  private final boolean synced;
  private final BiFunction<Bench, Hall, Drive> drives;
  private final String unit;
  private final ToDoubleFunction<Side.Round> figure;

  private Deliveries(
      Shape shape,
      boolean synced,
      BiFunction<Bench, Hall, Drive> drives,
      String unit,
      ToDoubleFunction<Side.Round> figure) {
    this.shape = shape;
    this.synced = synced;
    this.drives = drives;
    this.unit = unit;
    this.figure = figure;
  }

  /**
   * What goes where.
   *
   * @param load messages under way in a room, or messages a second
   */
  private record Shape(String name, Layout layout, int load, int bodyBytes) {}

  private static Deliveries closed(
      Shape shape, boolean synced, String unit, ToDoubleFunction<Side.Round> figure) {
    return new Deliveries(
        shape,
        synced,
        (bench, hall) -> new ClosedLoop(bench.generator().loop(), hall, shape.load()),
        unit,
        figure);
  }

  /** One room of 1,000, 16 messages under way: deliveries for a second of processor time. */
  public static Deliveries fanout(Bench.Size size) {
    Shape shape =
        new Shape(
            "fanout",
            Layout.of(1, size.connections(1_000)),
            size.inFlight(16),
            size.bodyBytes(128));
    return closed(shape, false, "deliveries/CPU s", Side.Round::perCpuSecond);
  }

  /** 1,000 rooms of five, one message under way in each; ours has each on disk first. */
  public static Deliveries rooms(Bench.Size size) {
    Shape shape = new Shape("rooms", small(size), size.inFlight(1), size.bodyBytes(128));
    return closed(shape, false, "deliveries/CPU s", Side.Round::perCpuSecond);
  }

  /** One connection alone in its room, 256 publications under way, on disk before they return. */
  public static Deliveries publish(Bench.Size size) {
    Shape shape = new Shape("publish", Layout.of(1, 1), size.inFlight(256), size.bodyBytes(128));
    return closed(shape, true, "durable messages/s", Side.Round::perSecond);
  }

  /** 4,000 messages a second into rooms of five: from when each was due until it arrived. */
  public static Deliveries latency(Bench.Size size) {
    Shape shape = new Shape("latency", small(size), size.inFlight(4_000), size.bodyBytes(128));
    return new Deliveries(
        shape,
        true,
        (bench, hall) -> new OpenLoop(bench.generator().loop(), hall, shape.load()),
        "µs p50",
        round -> round.latency().getValueAtPercentile(50) / NANOS_PER_MICRO);
  }

  private static Layout small(Bench.Size size) {
    int rooms = size.rooms(1_000);
    return Layout.of(rooms, Math.max(1, size.connections(5 * rooms) / rooms));
  }

  @Override
  public int connections() {
    return 2 * shape.layout().connections();
  }

  @Override
  public Result run(Bench bench) {
    boolean tls = bench.plan().tls();
    Hub hub = Hub.start(bench.launch(), new Hub.Options(tls, Algorithm.HS256));
    Warming.withMany(bench, hub.renamed());
    try (Side ours = Side.of(bench, hub, new Hall(shape.layout(), shape.bodyBytes()))) {
      Bare bare = Bare.start(bench.launch(), tls ? hub.keys() : null, synced);
      Warming.withMany(bench, bare);
      try (Side reference = Side.of(bench, bare, new Hall(shape.layout(), shape.bodyBytes()))) {
        return compare(bench, ours, reference);
      }
    }
  }

  private Result compare(Bench bench, Side ours, Side reference) {
    Function<Hall, Drive> made = hall -> drives.apply(bench, hall);
    Bench.Plan plan = bench.plan();
    for (Side side : List.of(ours, reference)) {
      if (plan.warmSeconds() > 0) {
        bench.note().accept("warm " + told(side, side.round(made, plan.warmSeconds() * 1_000L)));
      }
    }
    List<Side.Round> our = new ArrayList<>();
    List<Side.Round> their = new ArrayList<>();
    for (int i = 0; i < plan.rounds(); i++) {
      long millis = plan.seconds() * 1_000L;
      Pair<Side.Round> round =
          Pair.inTurn(i, () -> ours.round(made, millis), () -> reference.round(made, millis));
      our.add(round.ours());
      their.add(round.reference());
      bench.note().accept(told(ours, our.get(i)) + "   " + told(reference, their.get(i)));
    }
    return Result.of(
        shape.name(),
        unit,
        our.stream().map(figure::applyAsDouble).toList(),
        their.stream().map(figure::applyAsDouble).toList(),
        ours.account().plus(reference.account()),
        more(plan, our, their));
  }

  private Map<String, Object> more(
      Bench.Plan plan, List<Side.Round> ours, List<Side.Round> reference) {
    Map<String, Object> more = new LinkedHashMap<>();
    more.put("rooms", shape.layout().rooms());
    more.put("members", shape.layout().members());
    more.put("load", shape.load());
    more.put("bodyBytes", shape.bodyBytes());
    more.put("tls", plan.tls() ? "1.3" : "none");
    more.put("rounds", plan.rounds());
    figures(more, "ours", ours);
    figures(more, "reference", reference);
    return more;
  }

  private static void figures(Map<String, Object> more, String name, List<Side.Round> rounds) {
    Side.Round last = rounds.get(rounds.size() - 1);
    more.put(name + "PerSecond", median(rounds, Side.Round::perSecond));
    more.put(name + "PerCpuSecond", median(rounds, Side.Round::perCpuSecond));
    more.put(name + "Busy", median(rounds, Side.Round::busy));
    more.put(name + "CpuSeconds", rounds.stream().mapToDouble(r -> r.cpuNanos() / 1e9).sum());
    more.put(name + "RssBytes", last.rssBytes());
    for (double percentile : new double[] {50, 99, 99.9}) {
      more.put(
          name + "P" + (percentile % 1 == 0 ? Long.toString((long) percentile) : "999") + "Micros",
          median(rounds, r -> r.latency().getValueAtPercentile(percentile) / NANOS_PER_MICRO));
    }
  }

  private static double median(List<Side.Round> rounds, Function<Side.Round, Double> figure) {
    return Result.median(rounds.stream().map(figure).toList());
  }

  private static String told(Side side, Side.Round round) {
    return String.format(
        "%s %,.0f/CPU s, %,.0f/s, busy %.2f, p50 %,.0f µs",
        side.server().name(),
        round.perCpuSecond(),
        round.perSecond(),
        round.busy(),
        round.latency().getValueAtPercentile(50) / NANOS_PER_MICRO);
  }
}
