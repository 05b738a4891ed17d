package dev.zamok.load.bench.scenario;

import dev.zamok.load.bench.Bench;
import dev.zamok.load.bench.Result;
import dev.zamok.load.bench.drive.ClosedLoop;
import dev.zamok.load.bench.drive.Hall;
import dev.zamok.load.bench.drive.Layout;
import dev.zamok.load.bench.process.ProcFigures;
import dev.zamok.load.bench.server.Hub;
import dev.zamok.load.bench.wire.Generator;
import dev.zamok.load.bench.wire.Peer;
import dev.zamok.load.bench.wire.Speech;
import dev.zamok.load.bench.wire.ZamokPeer;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.ticket.Algorithm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * 1,000 clients that come back at once and resume the same room: reads of the log, where the
 * reference is one read for each client. Each must get all it missed.
 */
public final class Resume implements Scenario {
  private static final long TALK_MILLIS = 200;
  private static final long LOOK_MILLIS = 20;
  private static final long ARRIVE_MILLIS_MAX = 30_000;

  private final int connections;

  public Resume(Bench.Size size) {
    this.connections = size.connections(1_000);
  }

  @Override
  public Result run(Bench bench) {
    Hall author = new Hall(Layout.of(1, 1), 128);
    Hub hub = Hub.start(bench.launch(), new Hub.Options(false, Algorithm.HS256));
    try (Side side = Side.of(bench, hub, author)) {
      Metrics metrics = new Metrics(hub);
      List<Double> reads = new ArrayList<>();
      List<Double> each = new ArrayList<>();
      Map<String, Object> more = new LinkedHashMap<>();
      long lost = 0;
      for (int i = 0; i < bench.plan().rounds(); i++) {
        side.round(hall -> new ClosedLoop(bench.generator().loop(), hall, 1), TALK_MILLIS);
        Position from = ((ZamokPeer) author.peers().get(0)).lastPosition();
        long before = author.delivered();
        side.round(hall -> new ClosedLoop(bench.generator().loop(), hall, 16), TALK_MILLIS);
        long missed = author.delivered() - before;
        long readsBefore = metrics.counter("catch_ups_log");
        Return back = comeBack(bench, hub, from, missed);
        reads.add((double) (metrics.counter("catch_ups_log") - readsBefore));
        each.add((double) connections);
        lost += missed * connections - back.arrived();
        more.put("missedByEach", missed);
        more.put("cpuSeconds", back.cpuNanos() / 1e9);
        more.put("seconds", back.nanos() / 1e9);
        bench.note().accept(reads.get(i) + " reads, " + missed + " missed by each");
      }
      Result.Account account = side.account();
      return Result.of(
          "resume",
          "reads of the log",
          reads,
          each,
          new Result.Account(
              account.lost() + Math.max(0, lost), account.doubled() + Math.max(0, -lost)),
          more);
    }
  }

  private record Return(long arrived, long cpuNanos, long nanos) {}

  private Return comeBack(Bench bench, Hub hub, Position from, long missed) {
    AtomicLong arrived = new AtomicLong();
    Layout layout = Layout.of(1, connections);
    Hall counting =
        new Hall(layout, Peer.STAMP_BYTES) {
          @Override
          public void delivered(Peer peer, int room, long number, long dueNanos) {
            arrived.incrementAndGet();
          }
        };
    Generator.Target target =
        new Generator.Target(
            hub.target().port(), hub.target().tls(), Speech.resuming(hub.desk().names(), from));
    ProcFigures before = hub.process().figures();
    long start = System.nanoTime();
    List<Peer> peers =
        Bench.wait(bench.generator().connect(target, hub.seats(layout), connections, counting));
    while (arrived.get() < missed * connections
        && System.nanoTime() - start < ARRIVE_MILLIS_MAX * 1_000_000) {
      Bench.pause(LOOK_MILLIS);
    }
    long nanos = System.nanoTime() - start;
    long cpu = hub.process().figures().cpuNanos() - before.cpuNanos();
    bench.generator().loop().execute(() -> peers.forEach(Peer::leave));
    if (!counting.troubles().isEmpty()) {
      throw new IllegalStateException(counting.troubles().toString());
    }
    return new Return(arrived.get(), cpu, nanos);
  }
}
