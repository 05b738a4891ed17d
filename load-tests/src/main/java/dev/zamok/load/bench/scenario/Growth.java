package dev.zamok.load.bench.scenario;

import dev.zamok.load.bench.Bench;
import dev.zamok.load.bench.Plot;
import dev.zamok.load.bench.Result;
import dev.zamok.load.bench.drive.ClosedLoop;
import dev.zamok.load.bench.drive.Drive;
import dev.zamok.load.bench.drive.Hall;
import dev.zamok.load.bench.drive.Layout;
import dev.zamok.load.bench.drive.OpenLoop;
import dev.zamok.load.bench.server.Bare;
import dev.zamok.load.bench.server.Hub;
import dev.zamok.load.bench.server.Server;
import dev.zamok.protocol.ticket.Algorithm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Processor time of one delivery, as one room grows, or as rooms of five become more: ours and the
 * reference's, which has the same kernel under it, in turn. The ratio is that of the dearest point
 * to the cheapest of ours.
 */
public final class Growth implements Scenario {
  private static final String ROOMS = "growth_rooms";
  private static final int MEMBERS = 5;
  private static final int ROOMS_OF_EACH_MAX = 4;
  private static final int CONNECTIONS_MAX = 15_000;
  private static final int BODY_BYTES = 128;

  /** Of both servers together in the generator, whose process has some 20,000 files. */
  private static final int BOTH_MAX = 18_000;

  private final String name;
  private final List<Layout> steps;
  private final BiFunction<Bench, Hall, Drive> drives;

  private Growth(String name, List<Layout> steps, BiFunction<Bench, Hall, Drive> drives) {
    this.name = name;
    this.steps = steps;
    this.drives = drives;
  }

  /** One room of 100 to 18,000, 16 messages under way. */
  public static Growth subscribers(Bench.Size size) {
    List<Layout> steps = new ArrayList<>();
    for (int members : List.of(100, 300, 1_000, 3_000, 10_000, 18_000)) {
      if (members <= size.connections(18_000)) {
        steps.add(Layout.of(1, members));
      }
    }
    int inFlight = size.inFlight(16);
    return new Growth(
        "growth_subscribers",
        steps,
        (bench, hall) -> new ClosedLoop(bench.generator().loop(), hall, inFlight));
  }

  /**
   * 1 to 10,000 rooms of five, 4,000 messages a second over all of them. By the clock: with a
   * window for each room, a few rooms would wait for the disk, and with one for all, many rooms
   * would have fewer messages under way than one has.
   */
  public static Growth rooms(Bench.Size size) {
    List<Layout> steps = new ArrayList<>();
    for (int rooms : List.of(1, 10, 100, 1_000, 3_000, 10_000)) {
      if (rooms <= size.rooms(10_000)) {
        int ofEach = rooms * MEMBERS > CONNECTIONS_MAX ? ROOMS_OF_EACH_MAX : 1;
        steps.add(new Layout(rooms, MEMBERS, ofEach));
      }
    }
    int perSecond = size.inFlight(4_000);
    return new Growth(
        ROOMS, steps, (bench, hall) -> new OpenLoop(bench.generator().loop(), hall, perSecond));
  }

  @Override
  public int connections() {
    return steps.stream()
        .mapToInt(step -> step.connections() * (isStaying(step) ? 2 : 1))
        .max()
        .orElse(0);
  }

  @Override
  public Result run(Bench bench) {
    List<Point> points = new ArrayList<>();
    boolean tls = bench.plan().tls();
    try (Hub hub = Hub.start(bench.launch(), new Hub.Options(tls, Algorithm.HS256));
        Bare bare = Bare.start(bench.launch(), tls ? hub.keys() : null, false)) {
      Warming.withMany(bench, hub.renamed());
      Warming.withMany(bench, bare);
      for (Layout step : steps) {
        Point point = point(bench, hub.renamed(), bare, step);
        points.add(point);
        bench
            .note()
            .accept(
                String.format(
                    "%s: %.3f µs, %.3f µs, ratio %.2f",
                    step, point.ours(), point.reference(), point.ratio()));
      }
    }
    return result(points);
  }

  private Result result(List<Point> points) {
    double dearest = points.stream().mapToDouble(Point::ours).max().orElse(0);
    double cheapest = points.stream().mapToDouble(Point::ours).min().orElse(1);
    Result.Account account =
        points.stream().map(Point::account).reduce(new Result.Account(0, 0), Result.Account::plus);
    Map<String, Object> more = new LinkedHashMap<>();
    more.put(
        "sizes", steps.stream().map(name.equals(ROOMS) ? Layout::rooms : Layout::members).toList());
    more.put("oursMicros", points.stream().map(Point::ours).toList());
    more.put("referenceMicros", points.stream().map(Point::reference).toList());
    more.put("ratios", points.stream().map(Point::ratio).toList());
    return Result.of(name, "CPU µs/delivery", List.of(dearest), List.of(cheapest), account, more);
  }

  /**
   * One size.
   *
   * @param ratio the median of the rounds'
   */
  private record Point(double ours, double reference, double ratio, Result.Account account) {}

  /** Whether a process can have the connections to both servers. */
  private static boolean isStaying(Layout layout) {
    return 2 * layout.connections() <= BOTH_MAX;
  }

  private Point point(Bench bench, Server hub, Server bare, Layout layout) {
    boolean staying = isStaying(layout);
    Function<Hall, Drive> made = hall -> drives.apply(bench, hall);
    List<Double> our = new ArrayList<>();
    List<Double> their = new ArrayList<>();
    List<Double> ratios = new ArrayList<>();
    Visit ours = new Visit(bench, hub, layout, BODY_BYTES, made, staying);
    Visit reference = new Visit(bench, bare, layout, BODY_BYTES, made, staying);
    try (ours;
        reference) {
      for (int i = 0; i < bench.plan().rounds(); i++) {
        Pair<Side.Round> round = Pair.inTurn(i, ours::round, reference::round);
        our.add(1e6 / round.ours().perCpuSecond());
        their.add(1e6 / round.reference().perCpuSecond());
        ratios.add(our.get(i) / their.get(i));
      }
    }
    return new Point(
        Result.median(our),
        Result.median(their),
        Result.median(ratios),
        ours.account().plus(reference.account()));
  }

  /** Both servers over the sizes. */
  public static Plot plot(Result result) {
    boolean rooms = result.scenario().equals(ROOMS);
    return new Plot(
        rooms ? "More rooms of five" : "One room that grows",
        rooms ? "rooms" : "subscribers",
        "processor time of one delivery, µs",
        numbers(result, "sizes"),
        List.of(
            new Plot.Series("zamok hub", numbers(result, "oursMicros")),
            new Plot.Series("bare Netty", numbers(result, "referenceMicros"))));
  }

  private static List<Double> numbers(Result result, String name) {
    return ((List<?>) Objects.requireNonNull(result.more().get(name)))
        .stream().map(value -> ((Number) value).doubleValue()).toList();
  }
}
