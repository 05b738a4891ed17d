package dev.zamok.load.bench.cluster;

import dev.zamok.load.bench.Bench;
import dev.zamok.load.bench.Result;
import dev.zamok.load.bench.wire.Peer;
import dev.zamok.load.bench.wire.Seat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * SIGKILL of the hub that everybody is connected to: all come to the other one at the same moment,
 * with a ticket each, resume their rooms and are given what is in the log.
 */
final class Storm {
  private static final int MESSAGES_OF_ROOM = 3;
  private static final long LOOK_MILLIS = 10;
  private static final long ARRIVE_NANOS_MAX = 60_000_000_000L;

  private final Bench bench;
  private final Site site;
  private final int firstRoom;
  private final int rooms;
  private final int inEach;

  Storm(Bench bench, Site site, int firstRoom, int rooms, int inEach) {
    this.bench = bench;
    this.site = site;
    this.firstRoom = firstRoom;
    this.rooms = rooms;
    this.inEach = inEach;
  }

  /** The hub that is listened to is gone afterwards. */
  Result.Account run(Map<String, Object> more) {
    int clients = rooms * inEach;
    List<Seat> seats = Rooms.seats(site, firstRoom, rooms, inEach);
    Counting before = new Counting();
    long begun = System.nanoTime();
    List<Peer> peers = Rooms.join(bench, site, site.listening(), seats, before);
    double normalSeconds = (System.nanoTime() - begun) / 1e9;
    bench.generator().loop().execute(() -> speak(peers));
    long wanted = (long) clients * MESSAGES_OF_ROOM;
    before.await(wanted);
    long cpuBefore = cpuNanos();
    Counting after = new Counting();
    site.listening().kill();
    long killed = System.nanoTime();
    List<Peer> back = Rooms.storm(bench, site, site.speaking(), seats, after);
    double joinedSeconds = (System.nanoTime() - killed) / 1e9;
    after.await(wanted);
    double caughtUpSeconds = (System.nanoTime() - killed) / 1e9;
    double cpuSeconds = (cpuNanos() - cpuBefore) / 1e9;
    bench.generator().loop().execute(() -> back.forEach(Peer::leave));
    more.put("stormClients", clients);
    more.put("stormRooms", rooms);
    more.put("stormNormalPerSecond", clients / normalSeconds);
    more.put("stormJoinedSeconds", joinedSeconds);
    more.put("stormCaughtUpSeconds", caughtUpSeconds);
    more.put("stormPerSecond", clients / joinedSeconds);
    more.put("stormClientMicros", cpuSeconds * 1e6 / clients);
    bench.note().accept("storm: %,d clients joined after %.2f s".formatted(clients, joinedSeconds));
    return new Result.Account(
        Math.max(0, wanted - after.count()), Math.max(0, after.count() - wanted));
  }

  /** Of the hub that they come to. */
  private long cpuNanos() {
    return site.speaking().process().figures().cpuNanos();
  }

  private void speak(List<Peer> peers) {
    for (int room = 0; room < rooms; room++) {
      for (int i = 0; i < MESSAGES_OF_ROOM; i++) {
        peers.get(room * inEach).publish(firstRoom + room, i, System.nanoTime(), Peer.STAMP_BYTES);
      }
    }
  }

  /** Counts deliveries; that the old hub's connections end is what was wanted. */
  private static final class Counting implements Peer.Events {
    private final AtomicLong delivered = new AtomicLong();

    long count() {
      return delivered.get();
    }

    void await(long wanted) {
      long start = System.nanoTime();
      while (delivered.get() < wanted && System.nanoTime() - start < ARRIVE_NANOS_MAX) {
        Bench.pause(LOOK_MILLIS);
      }
    }

    @Override
    public void ready(Peer peer) {}

    @Override
    public void delivered(Peer peer, int room, long number, long dueNanos) {
      delivered.incrementAndGet();
    }

    @Override
    public void acknowledged(Peer peer, int room, long number) {}

    @Override
    public void trouble(Peer peer, String what) {}
  }
}
