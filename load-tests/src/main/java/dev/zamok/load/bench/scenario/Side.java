package dev.zamok.load.bench.scenario;

import dev.zamok.load.bench.Bench;
import dev.zamok.load.bench.Result;
import dev.zamok.load.bench.drive.Drive;
import dev.zamok.load.bench.drive.Hall;
import dev.zamok.load.bench.process.ProcFigures;
import dev.zamok.load.bench.server.Server;
import dev.zamok.load.bench.wire.Peer;
import dev.zamok.load.bench.wire.Seat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;

/** One of the servers, with its connections and its traffic. */
final class Side implements AutoCloseable {
  private static final int CONNECTING_AT_ONCE = 64;
  private static final long LEAD_MILLIS = 300;

  private final Bench bench;
  private final Server server;
  private final Hall hall;

  private Side(Bench bench, Server server, Hall hall) {
    this.bench = bench;
    this.server = server;
    this.hall = hall;
  }

  /** Takes over the server, and connects everybody. */
  static Side of(Bench bench, Server server, Hall hall) {
    return of(bench, server, hall, server.seats(hall.layout()));
  }

  static Side of(Bench bench, Server server, Hall hall, List<Seat> seats) {
    try {
      hall.enter(
          Bench.wait(bench.generator().connect(server.target(), seats, CONNECTING_AT_ONCE, hall)));
      return new Side(bench, server, hall);
    } catch (RuntimeException e) {
      server.close();
      throw e;
    }
  }

  /**
   * Some seconds of traffic.
   *
   * @param deliveries that arrived
   * @param cpuNanos that the server took
   * @param latency from when a message was due until it arrived
   */
  record Round(long deliveries, long nanos, long cpuNanos, long rssBytes, Histogram latency) {
    double perCpuSecond() {
      return deliveries * 1e9 / cpuNanos;
    }

    double perSecond() {
      return deliveries * 1e9 / nanos;
    }

    double busy() {
      return (double) cpuNanos / nanos;
    }
  }

  Server server() {
    return server;
  }

  Hall hall() {
    return hall;
  }

  /** Runs the drive for so long, looks at the middle of it, and waits until all has arrived. */
  Round round(Function<Hall, Drive> drives, long millis) {
    return round(
        drives,
        millis,
        drive -> {
          Bench.wait(drive.stop());
          return latency();
        });
  }

  /**
   * As {@link #round}, with the latency up to the moment at which {@code last} is called: nothing
   * is said any more then, and what is under way counts no more.
   */
  Round round(Function<Hall, Drive> drives, long millis, Runnable last) {
    return round(
        drives,
        millis,
        drive -> {
          Histogram latency = latency();
          CompletableFuture<Void> settled = drive.stop();
          last.run();
          Bench.wait(settled);
          return latency;
        });
  }

  private Histogram latency() {
    return onLoop(() -> hall.latency().copy());
  }

  /**
   * @param end stops the drive and waits; yields the latency
   */
  private Round round(Function<Hall, Drive> drives, long millis, Function<Drive, Histogram> end) {
    bench.generator().loop().execute(() -> hall.peers().forEach(Peer::keepAlive));
    Drive drive = drives.apply(hall);
    drive.start();
    Bench.pause(LEAD_MILLIS);
    bench.generator().loop().execute(() -> hall.latency().reset());
    long deliveriesBefore = hall.delivered();
    ProcFigures before = server.process().figures();
    long start = System.nanoTime();
    Bench.pause(millis);
    long deliveries = hall.delivered() - deliveriesBefore;
    ProcFigures after = server.process().figures();
    long nanos = System.nanoTime() - start;
    Histogram latency = end.apply(drive);
    return new Round(
        deliveries,
        nanos,
        Math.max(1, after.cpuNanos() - before.cpuNanos()),
        after.rssBytes(),
        latency);
  }

  /** Has it done on the generator's loop. */
  <T> T onLoop(Supplier<T> look) {
    return Bench.wait(CompletableFuture.supplyAsync(look, bench.generator().loop()));
  }

  /** The account of everything so far. Fails when something happened that spoils the figures. */
  Result.Account account() {
    return onLoop(
        () -> {
          hall.closeAccount();
          if (!hall.troubles().isEmpty()) {
            throw new IllegalStateException(server.name() + ": " + hall.troubles());
          }
          return new Result.Account(hall.lost(), hall.doubled());
        });
  }

  /** Everybody hangs up; the server stays. */
  void leave() {
    onLoop(
        () -> {
          hall.peers().forEach(Peer::leave);
          return true;
        });
  }

  @Override
  public void close() {
    leave();
    server.close();
  }
}
