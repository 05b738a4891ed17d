package dev.zamok.load.bench.scenario;

import dev.zamok.load.bench.Bench;
import dev.zamok.load.bench.Result;
import dev.zamok.load.bench.drive.Hall;
import dev.zamok.load.bench.drive.Layout;
import dev.zamok.load.bench.process.ProcFigures;
import dev.zamok.load.bench.server.Bare;
import dev.zamok.load.bench.server.Hub;
import dev.zamok.load.bench.server.Server;
import dev.zamok.load.bench.wire.Peer;
import dev.zamok.load.bench.wire.Seat;
import dev.zamok.protocol.ticket.Algorithm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * New connections for a second of the server's processor time: TCP, TLS 1.3 with a P-256
 * certificate, the upgrade, HELLO, JOIN, until JOINED; then the client hangs up. The reference has
 * neither ticket nor HELLO.
 *
 * <p>The hub's own count of signatures tells whether the run was what it says: one for each new
 * ticket, none for a known one.
 */
public final class Handshakes implements Scenario {
  private static final int AT_ONCE = 32;
  private static final int ROOMS = 100;
  private static final String CHECKED = "tickets_checked";

  private final String name;
  private final Algorithm algorithm;
  private final boolean known;
  private final int connections;

  /**
   * @param known every connection shows a ticket that the hub has seen before
   */
  public Handshakes(String name, Algorithm algorithm, boolean known, Bench.Size size) {
    this.name = name;
    this.algorithm = algorithm;
    this.known = known;
    this.connections = size.connections(2_000);
  }

  private record Round(double perCpuSecond, double perSecond) {}

  @Override
  public int connections() {
    return AT_ONCE;
  }

  @Override
  public Result run(Bench bench) {
    Layout layout =
        Layout.of(Math.min(ROOMS, connections), connections / Math.min(ROOMS, connections));
    try (Hub hub = Hub.start(bench.launch(), new Hub.Options(true, algorithm));
        Bare bare = Bare.start(bench.launch(), hub.keys(), false)) {
      List<Seat> sameSeats = signed(hub.seats(layout));
      List<Double> ours = new ArrayList<>();
      List<Double> reference = new ArrayList<>();
      Metrics metrics = new Metrics(hub);
      if (known) {
        round(bench, hub, layout, sameSeats); // makes them known
      }
      long checkedBefore = metrics.counter(CHECKED);
      // a round takes about a second of each side
      int warmRounds = bench.plan().warmSeconds();
      for (int i = -warmRounds; i < bench.plan().rounds(); i++) {
        List<Seat> seats = known ? sameSeats : signed(hub.seats(layout));
        Pair<Round> round =
            Pair.inTurn(
                i,
                () -> round(bench, hub, layout, seats),
                () -> round(bench, bare, layout, bare.seats(layout)));
        Round our = round.ours();
        Round their = round.reference();
        bench
            .note()
            .accept(
                String.format(
                    "zamok %,.0f/CPU s, %,.0f/s   reference %,.0f/CPU s, %,.0f/s",
                    our.perCpuSecond(), our.perSecond(), their.perCpuSecond(), their.perSecond()));
        if (i >= 0) {
          ours.add(our.perCpuSecond());
          reference.add(their.perCpuSecond());
        }
      }
      long checked = metrics.counter(CHECKED) - checkedBefore;
      long shown = (long) (warmRounds + bench.plan().rounds()) * layout.connections();
      if (checked != (known ? 0 : shown)) {
        throw new IllegalStateException(
            "of " + shown + " tickets the hub checked " + checked + " signatures");
      }
      Map<String, Object> more = new LinkedHashMap<>();
      more.put("connectionsOfARound", layout.connections());
      more.put("tickets", known ? algorithm + ", known" : algorithm.toString());
      more.put("ticketsShown", shown);
      more.put("signaturesChecked", checked);
      more.put("rounds", bench.plan().rounds());
      return Result.of(name, "connections/CPU s", ours, reference, new Result.Account(0, 0), more);
    }
  }

  /** Signed beforehand: the generator has other things to do meanwhile. */
  private static List<Seat> signed(List<Seat> seats) {
    List<Seat> signed = new ArrayList<>(seats.size());
    for (Seat seat : seats) {
      String ticket = seat.ticket().get();
      signed.add(new Seat(seat.number(), seat.rooms(), () -> ticket));
    }
    return signed;
  }

  private static Round round(Bench bench, Server server, Layout layout, List<Seat> seats) {
    Hall leaving =
        new Hall(layout, Peer.STAMP_BYTES) {
          @Override
          public void ready(Peer peer) {
            peer.leave();
          }
        };
    ProcFigures before = server.process().figures();
    long start = System.nanoTime();
    Bench.wait(bench.generator().connect(server.target(), seats, AT_ONCE, leaving));
    long nanos = System.nanoTime() - start;
    long cpu = Math.max(1, server.process().figures().cpuNanos() - before.cpuNanos());
    return new Round(seats.size() * 1e9 / cpu, seats.size() * 1e9 / nanos);
  }
}
