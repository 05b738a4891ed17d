package dev.zamok.load.bench.scenario;

import dev.zamok.load.bench.Bench;
import dev.zamok.load.bench.Result;
import dev.zamok.load.bench.drive.Hall;
import dev.zamok.load.bench.drive.Layout;
import dev.zamok.load.bench.process.Heap;
import dev.zamok.load.bench.process.ProcFigures;
import dev.zamok.load.bench.server.Bare;
import dev.zamok.load.bench.server.Hub;
import dev.zamok.load.bench.server.Launch;
import dev.zamok.load.bench.server.Server;
import dev.zamok.load.bench.wire.Peer;
import dev.zamok.load.bench.wire.Seat;
import dev.zamok.protocol.ticket.Algorithm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Resident memory of a connection that has joined a room of five and is silent: what 15,000 take
 * beyond the first 3,000, each time after a full collection. The young generation is small and
 * fixed, for both servers, so that it does not grow into the figure. Memory of the kernel is told
 * apart; it holds both ends.
 */
public final class Idle implements Scenario {
  private static final int MEMBERS = 5;
  private static final int AT_ONCE = 64;
  private static final List<String> MEMORY =
      List.of("-XX:+UseSerialGC", "-Xmn16m", "-Xms32m", "-Xmx1g");

  private final int connections;

  public Idle(Bench.Size size) {
    this.connections = size.connections(15_000);
  }

  private record Figures(double rssBytes, double kernelBytes) {}

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
    boolean tls = bench.plan().tls();
    List<String> options = new ArrayList<>(MEMORY);
    options.addAll(bench.launch().javaOptions());
    Launch launch = bench.launch().withJavaOptions(options);
    List<Double> ours = new ArrayList<>();
    List<Double> reference = new ArrayList<>();
    List<Double> kernel = new ArrayList<>();
    Map<String, Object> more = new LinkedHashMap<>();
    more.put("connections", connections);
    more.put("tls", tls ? "1.3" : "none");
    for (int i = 0; i < bench.plan().rounds(); i++) {
      Figures our;
      Figures their;
      try (Hub hub = Hub.start(launch, new Hub.Options(tls, Algorithm.HS256))) {
        try (Bare bare = Bare.start(launch, tls ? hub.keys() : null, false)) {
          Pair<Figures> round =
              Pair.inTurn(i, () -> measure(bench, hub), () -> measure(bench, bare));
          our = round.ours();
          their = round.reference();
        }
      }
      bench
          .note()
          .accept(
              String.format(
                  "zamok %,.0f B, kernel %,.0f B   reference %,.0f B, kernel %,.0f B",
                  our.rssBytes(), our.kernelBytes(), their.rssBytes(), their.kernelBytes()));
      ours.add(our.rssBytes());
      reference.add(their.rssBytes());
      kernel.add(our.kernelBytes());
    }
    more.put("kernelBytes", Result.median(kernel));
    return Result.of(
        "idle", "RSS bytes/connection", ours, reference, new Result.Account(0, 0), more);
  }

  private Figures measure(Bench bench, Server server) {
    Layout layout = Layout.of(connections / MEMBERS, MEMBERS);
    Hall hall = new Hall(layout, Peer.STAMP_BYTES);
    List<Seat> seats = server.seats(layout);
    int first = connections / 5;
    List<Peer> peers = new ArrayList<>();
    peers.addAll(connect(bench, server, seats.subList(0, first), hall));
    long rss = collected(server);
    long kernel = ProcFigures.kernelBytes();
    peers.addAll(connect(bench, server, renumbered(seats.subList(first, connections)), hall));
    int more = connections - first;
    Figures figures =
        new Figures(
            (double) (collected(server) - rss) / more,
            (double) (ProcFigures.kernelBytes() - kernel) / more);
    bench.generator().loop().execute(() -> peers.forEach(Peer::leave));
    if (!hall.troubles().isEmpty()) {
      throw new IllegalStateException(server.name() + ": " + hall.troubles());
    }
    return figures;
  }

  private static List<Peer> connect(Bench bench, Server server, List<Seat> seats, Hall hall) {
    return Bench.wait(bench.generator().connect(server.target(), seats, AT_ONCE, hall));
  }

  private static List<Seat> renumbered(List<Seat> seats) {
    List<Seat> renumbered = new ArrayList<>(seats.size());
    for (Seat seat : seats) {
      renumbered.add(new Seat(renumbered.size(), seat.rooms(), seat.ticket()));
    }
    return renumbered;
  }

  /** Resident memory after a full collection. */
  private static long collected(Server server) {
    Heap.collect(server.process().pid());
    return server.process().figures().rssBytes();
  }
}
