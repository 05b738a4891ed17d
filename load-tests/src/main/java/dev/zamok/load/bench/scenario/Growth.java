package dev.zamok.load.bench.scenario;

import dev.zamok.load.bench.Bench;
import dev.zamok.load.bench.Plot;
import dev.zamok.load.bench.Result;
import dev.zamok.load.bench.drive.ClosedLoop;
import dev.zamok.load.bench.drive.Drive;
import dev.zamok.load.bench.drive.Hall;
import dev.zamok.load.bench.drive.Layout;
import dev.zamok.load.bench.drive.SharedWindow;
import dev.zamok.load.bench.server.Bare;
import dev.zamok.load.bench.server.Hub;
import dev.zamok.load.bench.server.Server;
import dev.zamok.protocol.ticket.Algorithm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Processor time of one delivery, as one room grows, or as rooms of five become more: ours and the
 * reference's, which has the same kernel under it. The ratio is that of the dearest point to the
 * cheapest of ours.
 */
public final class Growth implements Scenario {
  private static final int MEMBERS = 5;
  private static final int ROOMS_OF_EACH_MAX = 4;
  private static final int CONNECTIONS_MAX = 15_000;
  private static final int BODY_BYTES = 128;

  private final String name;
  private final List<Layout> steps;
  private final int inFlight;

  private Growth(String name, List<Layout> steps, int inFlight) {
    this.name = name;
    this.steps = steps;
    this.inFlight = inFlight;
  }

  /** One room of 100 to 18,000, 16 messages under way. */
  public static Growth subscribers(Bench.Size size) {
    List<Layout> steps = new ArrayList<>();
    for (int members : List.of(100, 300, 1_000, 3_000, 10_000, 18_000)) {
      if (members <= size.connections(18_000)) {
        steps.add(Layout.of(1, members));
      }
    }
    return new Growth("growth_subscribers", steps, size.inFlight(16));
  }

  /** 10 to 10,000 rooms of five, as many messages under way in all of them together. */
  public static Growth rooms(Bench.Size size) {
    List<Layout> steps = new ArrayList<>();
    for (int rooms : List.of(1, 10, 100, 1_000, 3_000, 10_000)) {
      if (rooms <= size.rooms(10_000)) {
        int ofEach = rooms * MEMBERS > CONNECTIONS_MAX ? ROOMS_OF_EACH_MAX : 1;
        steps.add(new Layout(rooms, MEMBERS, ofEach));
      }
    }
    return new Growth("growth_rooms", steps, size.inFlight(64));
  }

  @Override
  public Result run(Bench bench) {
    List<Object> sizes = new ArrayList<>();
    List<Object> ours = new ArrayList<>();
    List<Object> reference = new ArrayList<>();
    Result.Account account = new Result.Account(0, 0);
    boolean tls = bench.plan().tls();
    try (Hub hub = Hub.start(bench.launch(), new Hub.Options(tls, Algorithm.HS256));
        Bare bare = Bare.start(bench.launch(), tls ? hub.keys() : null, false)) {
      warm(bench, hub, bare);
      for (Layout step : steps) {
        Point our = point(bench, hub.renamed(), step);
        Point their = point(bench, bare, step);
        account = account.plus(our.account()).plus(their.account());
        sizes.add(name.equals("growth_rooms") ? step.rooms() : step.members());
        ours.add(our.micros());
        reference.add(their.micros());
        bench
            .note()
            .accept(String.format("%s: %.3f µs, %.3f µs", step, our.micros(), their.micros()));
      }
    }
    double dearest = ours.stream().mapToDouble(v -> (Double) v).max().orElse(0);
    double cheapest = ours.stream().mapToDouble(v -> (Double) v).min().orElse(1);
    Map<String, Object> more = new LinkedHashMap<>();
    more.put("sizes", sizes);
    more.put("oursMicros", ours);
    more.put("referenceMicros", reference);
    return Result.of(name, "CPU µs/delivery", List.of(dearest), List.of(cheapest), account, more);
  }

  private void warm(Bench bench, Hub hub, Bare bare) {
    for (Server server : List.of(hub.renamed(), bare)) {
      Layout layout = steps.get(Math.min(2, steps.size() - 1));
      Side side = Side.of(bench, server, new Hall(layout, BODY_BYTES));
      side.round(hall -> drive(bench, hall), Math.max(1, bench.plan().warmSeconds()) * 1_000L);
      side.leave();
    }
  }

  private Drive drive(Bench bench, Hall hall) {
    return name.equals("growth_subscribers")
        ? new ClosedLoop(bench.generator().loop(), hall, inFlight)
        : new SharedWindow(bench.generator().loop(), hall, inFlight);
  }

  private record Point(double micros, Result.Account account) {}

  private Point point(Bench bench, Server server, Layout layout) {
    Side side = Side.of(bench, server, new Hall(layout, BODY_BYTES));
    side.round(hall -> drive(bench, hall), 500);
    List<Double> micros = new ArrayList<>();
    for (int i = 0; i < bench.plan().rounds(); i++) {
      Side.Round round = side.round(hall -> drive(bench, hall), bench.plan().seconds() * 1_000L);
      micros.add(1e6 / round.perCpuSecond());
    }
    Point point = new Point(Result.median(micros), side.account());
    side.leave();
    return point;
  }

  /** Both servers over the sizes. */
  public static Plot plot(Result result) {
    boolean rooms = result.scenario().equals("growth_rooms");
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
