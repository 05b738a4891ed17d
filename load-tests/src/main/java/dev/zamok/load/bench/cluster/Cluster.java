package dev.zamok.load.bench.cluster;

import dev.zamok.load.bench.Bench;
import dev.zamok.load.bench.Result;
import dev.zamok.load.bench.scenario.Scenario;
import dev.zamok.load.bench.wire.Peer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Two hubs on one shard of the log: latencies from one to the other at fixed rates, appends beside
 * bare {@code XADD} and {@code WAIT}, the pause of a fail-over, a storm of reconnects. Archiving is
 * not part of it: the rooms are a backend's, which no authority keeps.
 */
public final class Cluster implements Scenario {
  private static final int LISTENERS_OF_ROOM = 20;
  private static final int APPEND_ROOMS = 64;

  /** Enough to find most of the 256 partitions. */
  private static final int VISITED_ROOMS = 512;

  private static final int VISITED_ROOM = 1_000_000;
  private static final int STORM_ROOM = 2_000_000;
  private static final int ALIVE_SECONDS = 10;
  private static final int READY_TRIES = 60;
  private static final long READY_PAUSE_MILLIS = 500;
  private static final List<Integer> DELIVERIES_PER_SECOND = List.of(5_000, 20_000);

  private final int rooms;
  private final int clients;
  private final int inFlight;
  private final int bodyBytes;
  private final List<Integer> rates;

  /** As it is meant to be, but for what is named otherwise. */
  public Cluster(Bench.Size size) {
    this(size, DELIVERIES_PER_SECOND);
  }

  /**
   * @param size {@code connections}: clients of the storm; {@code rooms}: that are spoken in
   * @param rates deliveries a second
   */
  public Cluster(Bench.Size size, List<Integer> rates) {
    this.rooms = size.rooms(50);
    this.clients = size.connections(5_000);
    this.inFlight = size.inFlight(256);
    this.bodyBytes = size.bodyBytes(128);
    this.rates = List.copyOf(rates);
  }

  @Override
  public int connections() {
    return clients + rooms * (LISTENERS_OF_ROOM + 1) + APPEND_ROOMS;
  }

  @Override
  public Result run(Bench bench) {
    try (Site site = Site.start(bench.launch())) {
      awaitOpen(bench, site);
      return measure(bench, site);
    }
  }

  /** The authority goes on claiming partitions after it says that it is ready. */
  private static void awaitOpen(Bench bench, Site site) {
    for (int left = READY_TRIES; ; left--) {
      Visitors visitors = new Visitors();
      try {
        Rooms.join(
            bench,
            site,
            site.speaking(),
            Rooms.seats(site, VISITED_ROOM, VISITED_ROOMS, 1),
            visitors);
        return;
      } catch (IllegalStateException e) {
        if (left == 0) {
          throw e;
        }
        Bench.pause(READY_PAUSE_MILLIS);
      } finally {
        bench.generator().loop().execute(visitors::leave);
      }
    }
  }

  private Result measure(Bench bench, Site site) {
    Map<String, Object> more = new LinkedHashMap<>();
    more.put("rooms", rooms);
    more.put("listenersOfRoom", LISTENERS_OF_ROOM);
    more.put("bodyBytes", bodyBytes);
    more.put("rounds", bench.plan().rounds());
    more.put("processors", Runtime.getRuntime().availableProcessors());
    Crossing crossing = new Crossing(rooms, LISTENERS_OF_ROOM, bodyBytes);
    List<Peer> listeners =
        Rooms.join(
            bench,
            site,
            site.listening(),
            Rooms.seats(site, 0, rooms, LISTENERS_OF_ROOM),
            crossing.listening());
    List<Peer> speakers =
        Rooms.join(
            bench, site, site.speaking(), Rooms.seats(site, 0, rooms, 1), crossing.speaking());
    crossing.speakBy(speakers);
    keepAlive(bench, listeners);
    keepAlive(bench, speakers);
    Steady steady = new Steady(bench, site, crossing);
    rates.forEach(rate -> steady.run(rate, more));
    demandNoTrouble(bench, crossing);
    Appends appends = new Appends(bench, site.renamed(), APPEND_ROOMS, inFlight, bodyBytes);
    Result.Account account = appends.run();
    appends.tell(more);
    demandNoTrouble(bench, crossing);
    new FailOver(bench, site, crossing).run(more);
    account = account.plus(onLoop(bench, crossing));
    int inEach = Math.min(LISTENERS_OF_ROOM, clients);
    account = account.plus(new Storm(bench, site, STORM_ROOM, clients / inEach, inEach).run(more));
    return appends.result(account, more);
  }

  /** A hub ends what is silent for too long, as all of these are while appends are measured. */
  private static void keepAlive(Bench bench, List<Peer> peers) {
    var unused =
        bench
            .generator()
            .loop()
            .scheduleAtFixedRate(
                () -> peers.stream().filter(Peer::isReady).forEach(Peer::keepAlive),
                ALIVE_SECONDS,
                ALIVE_SECONDS,
                TimeUnit.SECONDS);
  }

  private static void demandNoTrouble(Bench bench, Crossing crossing) {
    List<String> troubles =
        Bench.wait(CompletableFuture.supplyAsync(crossing::troubles, bench.generator().loop()));
    if (!troubles.isEmpty()) {
      throw new IllegalStateException(troubles.toString());
    }
  }

  private static Result.Account onLoop(Bench bench, Crossing crossing) {
    return Bench.wait(
        CompletableFuture.supplyAsync(
            () -> new Result.Account(crossing.lost(), crossing.doubled()),
            bench.generator().loop()));
  }

  /** They look whether their rooms are open. */
  private static final class Visitors implements Peer.Events {
    private final List<Peer> inside = new ArrayList<>();

    void leave() {
      inside.forEach(Peer::leave);
    }

    @Override
    public void ready(Peer peer) {
      inside.add(peer);
    }

    @Override
    public void delivered(Peer peer, int room, long number, long dueNanos) {}

    @Override
    public void acknowledged(Peer peer, int room, long number) {}

    @Override
    public void trouble(Peer peer, String what) {}
  }
}
