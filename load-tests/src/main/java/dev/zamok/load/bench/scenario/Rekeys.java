package dev.zamok.load.bench.scenario;

import dev.zamok.client.room.ShareSpread;
import dev.zamok.crypto.epoch.Announcement;
import dev.zamok.crypto.epoch.Rekey;
import dev.zamok.load.bench.Bars;
import dev.zamok.load.bench.Bench;
import dev.zamok.load.bench.Result;
import dev.zamok.load.bench.drive.Hall;
import dev.zamok.load.bench.drive.Layout;
import dev.zamok.load.bench.process.ProcFigures;
import dev.zamok.load.bench.server.Hub;
import dev.zamok.load.bench.wire.Peer;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.EntryKind;
import dev.zamok.protocol.MessageId;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.ticket.Algorithm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;

/**
 * An announced reset in a room of 10,000: the frames that the rekey costs each of them, where the
 * reference is one; what all of it costs, ANNOUNCE, REKEY and CLOSE; and when they would ask the
 * authority for the share, from the moments at which the announcement reached them and the client's
 * own choice of when to ask.
 *
 * <p>Bodies have the size of real ones, and are rubbish: a hub does not look into them.
 */
public final class Rekeys implements Scenario {
  private static final Duration LEAD = Duration.ofMinutes(1);
  private static final long LOOK_MILLIS = 1;
  private static final long ARRIVE_NANOS_MAX = 30_000_000_000L;

  private final int connections;

  public Rekeys(Bench.Size size) {
    this.connections = size.connections(10_000);
  }

  /** Where control entries are counted, on the generator's loop. */
  private static final class Audience extends Hall {
    private final long[] arrivedNanos;
    private int control;

    Audience(int connections) {
      super(Layout.of(1, connections), Peer.STAMP_BYTES);
      arrivedNanos = new long[connections];
    }

    @Override
    public void control(Peer peer, EntryKind kind) {
      control++;
      if (kind == EntryKind.ANNOUNCE) {
        arrivedNanos[peer.seat().number()] = System.nanoTime();
      }
    }
  }

  /** What came in altogether. */
  private record Sum(int control, long frames, long bytes) {}

  private record Cost(double frames, double bytes, double cpuMicros, double millis) {
    Cost plus(Cost other) {
      return new Cost(
          frames + other.frames,
          bytes + other.bytes,
          cpuMicros + other.cpuMicros,
          millis + other.millis);
    }
  }

  @Override
  public int connections() {
    return connections;
  }

  @Override
  public Result run(Bench bench) {
    Audience audience = new Audience(connections);
    Hub hub = Hub.start(bench.launch(), new Hub.Options(false, Algorithm.HS256));
    try (Side side = Side.of(bench, hub, audience)) {
      ServiceCalls api = new ServiceCalls(hub);
      RoomId room = hub.desk().names().id(0);
      Random random = hub.desk().random();
      List<Cost> costs = new ArrayList<>();
      List<Cost> wholes = new ArrayList<>();
      List<Object> requests = List.of();
      int warm = bench.plan().warmSeconds();
      for (int i = 0; i < warm + bench.plan().rounds(); i++) {
        int epoch = i + 1;
        long announced = System.nanoTime();
        Cost announcement =
            cost(
                side,
                audience,
                () -> api.announce(room, epoch - 1, id(random), some(random, Announcement.SIZE)));
        requests = perSecond(side, audience, announced, random);
        Cost cost =
            cost(
                side, audience, () -> api.rekey(room, epoch, id(random), some(random, Rekey.SIZE)));
        Cost closing = cost(side, audience, () -> api.close(room, epoch, id(random)));
        if (i >= warm) {
          costs.add(cost);
          wholes.add(announcement.plus(cost).plus(closing));
          bench
              .note()
              .accept(
                  String.format(
                      "%.3f frames, %.0f B, %.2f µs of the hub for each; all have it after %.0f ms",
                      cost.frames(), cost.bytes(), cost.cpuMicros(), cost.millis()));
        }
      }
      return result(side, costs, wholes, requests);
    }
  }

  private Result result(Side side, List<Cost> costs, List<Cost> wholes, List<Object> requests) {
    Map<String, Object> more = new LinkedHashMap<>();
    more.put("members", connections);
    more.put("bytesOfEach", median(costs, Cost::bytes));
    more.put("hubMicrosOfEach", median(costs, Cost::cpuMicros));
    more.put("allHaveItMillis", median(costs, Cost::millis));
    more.put("resetFramesOfEach", median(wholes, Cost::frames));
    more.put("resetBytesOfEach", median(wholes, Cost::bytes));
    more.put("resetHubMicrosOfEach", median(wholes, Cost::cpuMicros));
    more.put(
        "shareRequestsPerSecondMax",
        requests.stream().mapToDouble(n -> ((Number) n).doubleValue()).max().orElse(0));
    more.put("shareRequests", requests);
    return Result.of(
        "rekey",
        "frames/client",
        costs.stream().map(Cost::frames).toList(),
        costs.stream().map(cost -> 1.0).toList(),
        side.account(),
        more);
  }

  private static double median(List<Cost> costs, Function<Cost, Double> figure) {
    return Result.median(costs.stream().map(figure).toList());
  }

  private Cost cost(Side side, Audience audience, Runnable act) {
    Sum before = side.onLoop(() -> sum(audience));
    ProcFigures figures = side.server().process().figures();
    long start = System.nanoTime();
    act.run();
    int wanted = before.control() + connections;
    while (side.onLoop(() -> audience.control) < wanted) {
      if (System.nanoTime() - start > ARRIVE_NANOS_MAX) {
        throw new IllegalStateException("somebody did not get an entry of a reset");
      }
      Bench.pause(LOOK_MILLIS);
    }
    double millis = (System.nanoTime() - start) / 1e6;
    long cpu = side.server().process().figures().cpuNanos() - figures.cpuNanos();
    Sum after = side.onLoop(() -> sum(audience));
    return new Cost(
        (double) (after.frames() - before.frames()) / connections,
        (double) (after.bytes() - before.bytes()) / connections,
        cpu / 1e3 / connections,
        millis);
  }

  private static Sum sum(Audience audience) {
    long frames = 0;
    long bytes = 0;
    for (Peer peer : audience.peers()) {
      frames += peer.framesIn();
      bytes += peer.bytesIn();
    }
    return new Sum(audience.control, frames, bytes);
  }

  /** Requests in each second after the announcement. */
  private static List<Object> perSecond(
      Side side, Audience audience, long announcedNanos, Random random) {
    long[] arrived = side.onLoop(audience.arrivedNanos::clone);
    long[] seconds = new long[(int) LEAD.toSeconds()];
    for (long each : arrived) {
      Duration late = Duration.ofNanos(each - announcedNanos);
      Duration asked = late.plus(ShareSpread.wait(LEAD.minus(late), random));
      seconds[(int) Math.min(seconds.length - 1, asked.toSeconds())]++;
    }
    List<Object> requests = new ArrayList<>();
    for (long each : seconds) {
      requests.add((double) each);
    }
    return requests;
  }

  private static MessageId id(Random random) {
    return new MessageId(random.nextLong() | 1, random.nextLong());
  }

  private static Bytes some(Random random, int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return Bytes.wrap(bytes);
  }

  /** When the share is asked for. */
  public static Bars plot(Result result) {
    List<?> requests = (List<?>) Objects.requireNonNull(result.more().get("shareRequests"));
    return new Bars(
        "Requests for a share after an announced reset, room of " + result.more().get("members"),
        "seconds after the announcement",
        "requests in each second",
        requests.stream().map(n -> ((Number) n).doubleValue()).toList());
  }
}
