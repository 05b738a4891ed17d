package dev.zamok.load.bench.cluster;

import dev.zamok.cluster.redis.RedisServer;
import dev.zamok.load.bench.Bench;
import dev.zamok.load.bench.Result;
import dev.zamok.load.bench.drive.ClosedLoop;
import dev.zamok.load.bench.drive.Drive;
import dev.zamok.load.bench.drive.Hall;
import dev.zamok.load.bench.drive.Layout;
import dev.zamok.load.bench.process.ProcFigures;
import dev.zamok.load.bench.wire.Peer;
import dev.zamok.load.bench.wire.Seat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * How many messages a second one shard takes through one hub, each acknowledged by two replicas of
 * three, beside bare {@code XADD} and {@code WAIT} on the same servers with as many under way.
 */
final class Appends {
  private static final int ROOMS_OF_EACH = 8;
  private static final long LEAD_MILLIS = 300;

  private final Bench bench;
  private final Site site;
  private final int rooms;
  private final int window;
  private final int bodyBytes;
  private final List<Double> ours = new ArrayList<>();
  private final List<Double> bare = new ArrayList<>();
  private Costs costs = new Costs(0, 0, 0, 0);
  private long oursCount;
  private long barePrimaryNanos;
  private long bareCount;

  /**
   * @param rooms a multiple of eight; each connection has so many
   * @param inFlight messages in all rooms together
   */
  Appends(Bench bench, Site site, int rooms, int inFlight, int bodyBytes) {
    this.bench = bench;
    this.site = site;
    this.rooms = rooms;
    this.window = Math.max(1, inFlight / rooms);
    this.bodyBytes = bodyBytes;
  }

  /** In turn, and the account of the hub's side. */
  Result.Account run() {
    Hall hall = new Hall(new Layout(rooms, 1, ROOMS_OF_EACH), bodyBytes);
    hall.enter(Rooms.join(bench, site, site.speaking(), seats(hall.layout()), hall));
    Drive warm = new ClosedLoop(bench.generator().loop(), hall, window);
    warm.start();
    Bench.pause(bench.plan().warmSeconds() * 1_000L);
    Bench.wait(warm.stop());
    bare(bench.plan().warmSeconds() * 500L);
    barePrimaryNanos = 0;
    bareCount = 0;
    for (int i = 0; i < bench.plan().rounds(); i++) {
      ours.add(ours(hall));
      bare.add(bare(bench.plan().seconds() * 1_000L));
      bench.note().accept("appends/s: zamok %,.0f, bare %,.0f".formatted(ours.get(i), bare.get(i)));
    }
    return leave(hall);
  }

  private List<Seat> seats(Layout layout) {
    List<Seat> seats = new ArrayList<>();
    for (int i = 0; i < layout.connections(); i++) {
      List<Integer> own = layout.roomsOf(i);
      seats.add(new Seat(i, own, () -> site.desk().ticket(own)));
    }
    return seats;
  }

  private Result.Account leave(Hall hall) {
    return Bench.wait(
        CompletableFuture.supplyAsync(
            () -> {
              hall.closeAccount();
              hall.peers().forEach(Peer::leave);
              if (!hall.troubles().isEmpty()) {
                throw new IllegalStateException(hall.troubles().toString());
              }
              return new Result.Account(hall.lost(), hall.doubled());
            },
            bench.generator().loop()));
  }

  private double ours(Hall hall) {
    Drive drive = new ClosedLoop(bench.generator().loop(), hall, window);
    drive.start();
    Bench.pause(LEAD_MILLIS);
    Costs before = site.costs();
    long countBefore = hall.delivered();
    long start = System.nanoTime();
    Bench.pause(bench.plan().seconds() * 1_000L);
    long count = hall.delivered() - countBefore;
    long nanos = System.nanoTime() - start;
    costs = costs.plus(site.costs().minus(before));
    oursCount += count;
    Bench.wait(drive.stop());
    return count * 1e9 / nanos;
  }

  private double bare(long millis) {
    RedisServer primary = site.redis().primary();
    try (BareLog log = new BareLog(primary.at(), window * rooms, rooms, bodyBytes)) {
      long before = ProcFigures.of(primary.process().pid()).cpuNanos();
      long start = System.nanoTime();
      long count = log.appendFor(millis * 1_000_000);
      long nanos = System.nanoTime() - start;
      barePrimaryNanos += ProcFigures.of(primary.process().pid()).cpuNanos() - before;
      bareCount += count;
      return count * 1e9 / nanos;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Result result(Result.Account account, Map<String, Object> more) {
    return Result.of("cluster", "appends/s", ours, bare, account, more);
  }

  void tell(Map<String, Object> more) {
    more.put("appendsInFlight", window * rooms);
    more.put("appendHubMicros", perAppend(costs.speaking()));
    more.put("appendPrimaryMicros", perAppend(costs.primary()));
    more.put("appendReplicaMicros", perAppend(costs.replicas()) / 3);
    more.put("referencePrimaryMicros", barePrimaryNanos / 1e3 / Math.max(1, bareCount));
  }

  private double perAppend(long nanos) {
    return nanos / 1e3 / Math.max(1, oursCount);
  }
}
