package dev.zamok.load.bench.scenario;

import dev.zamok.load.bench.Bench;
import dev.zamok.load.bench.Result;
import dev.zamok.load.bench.drive.ClosedLoop;
import dev.zamok.load.bench.drive.Hall;
import dev.zamok.load.bench.drive.Layout;
import dev.zamok.load.bench.drive.Ledger;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/**
 * 1,000 clients that come back at once and resume the same room: reads of the log, where the
 * reference is one read for each client. Each must get all it missed, once and in its order, and
 * the hub must have called it complete.
 */
public final class Resume implements Scenario {
  private static final long TALK_MILLIS = 200;
  private static final long LOOK_MILLIS = 20;
  private static final long ARRIVE_MILLIS_MAX = 30_000;

  /** What would come twice would come by then. */
  private static final long SETTLE_MILLIS = 200;

  private final int connections;

  public Resume(Bench.Size size) {
    this.connections = size.connections(1_000);
  }

  @Override
  public int connections() {
    return connections;
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
      Result.Account account = new Result.Account(0, 0);
      for (int i = 0; i < bench.plan().rounds(); i++) {
        side.round(hall -> new ClosedLoop(bench.generator().loop(), hall, 1), TALK_MILLIS);
        Position from = ((ZamokPeer) author.peers().get(0)).lastPosition();
        long before = author.delivered();
        side.round(hall -> new ClosedLoop(bench.generator().loop(), hall, 16), TALK_MILLIS);
        long missed = author.delivered() - before;
        long readsBefore = metrics.counter("catch_ups_log");
        Return back = comeBack(bench, hub, from, before, missed);
        reads.add((double) (metrics.counter("catch_ups_log") - readsBefore));
        each.add((double) connections);
        account = account.plus(back.account());
        more.put("missedByEach", missed);
        more.put("cpuSeconds", back.cpuNanos() / 1e9);
        more.put("seconds", back.nanos() / 1e9);
        bench.note().accept(reads.get(i) + " reads, " + missed + " missed by each");
      }
      return Result.of(
          "resume", "reads of the log", reads, each, account.plus(side.account()), more);
    }
  }

  private record Return(Result.Account account, long cpuNanos, long nanos) {}

  /** What each of those who come back gets of one room, by the numbers from {@code first} on. */
  private static final class Returning extends Hall {
    private final Ledger ledger;
    private final long first;
    private final AtomicLong arrived = new AtomicLong();

    Returning(Layout layout, long first) {
      super(layout, Peer.STAMP_BYTES);
      this.ledger = new Ledger(layout.connections());
      this.first = first;
    }

    @Override
    public void delivered(Peer peer, int room, long number, long dueNanos) {
      ledger.take(peer.seat().number(), number - first);
      arrived.incrementAndGet();
    }

    Result.Account account(long missed) {
      for (int i = 0; i < layout().connections(); i++) {
        ledger.close(i, missed);
      }
      return new Result.Account(ledger.lost(), ledger.doubled());
    }
  }

  private Return comeBack(Bench bench, Hub hub, Position from, long first, long missed) {
    Layout layout = Layout.of(1, connections);
    Returning returning = new Returning(layout, first);
    Generator.Target target =
        new Generator.Target(
            hub.target().port(), hub.target().tls(), Speech.resuming(hub.desk().names(), from));
    ProcFigures before = hub.process().figures();
    long start = System.nanoTime();
    List<Peer> peers =
        Bench.wait(bench.generator().connect(target, hub.seats(layout), connections, returning));
    while (returning.arrived.get() < missed * connections
        && System.nanoTime() - start < ARRIVE_MILLIS_MAX * 1_000_000) {
      Bench.pause(LOOK_MILLIS);
    }
    long nanos = System.nanoTime() - start;
    long cpu = hub.process().figures().cpuNanos() - before.cpuNanos();
    Bench.pause(SETTLE_MILLIS);
    return Bench.wait(
        CompletableFuture.supplyAsync(
            () -> {
              peers.forEach(Peer::leave);
              check(peers, returning);
              return new Return(returning.account(missed), cpu, nanos);
            },
            bench.generator().loop()));
  }

  private static void check(List<Peer> peers, Hall returning) {
    int incomplete = peers.stream().mapToInt(peer -> ((ZamokPeer) peer).incomplete()).sum();
    if (incomplete > 0) {
      throw new IllegalStateException(incomplete + " resumed joins were not called complete");
    }
    if (!returning.troubles().isEmpty()) {
      throw new IllegalStateException(returning.troubles().toString());
    }
  }
}
