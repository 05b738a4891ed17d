package dev.zamok.load.bench.cluster;

import dev.zamok.load.bench.Bench;
import dev.zamok.load.bench.wire.Generator;
import dev.zamok.load.bench.wire.Peer;
import dev.zamok.load.bench.wire.Seat;
import dev.zamok.load.bench.wire.Speech;
import dev.zamok.protocol.Position;
import java.util.ArrayList;
import java.util.List;

/** Who is connected to which hub. */
final class Rooms {
  private static final int AT_ONCE = 64;

  private Rooms() {}

  /** Seats in the order of their rooms, so many in each. */
  static List<Seat> seats(Site site, int firstRoom, int rooms, int inEach) {
    List<Seat> seats = new ArrayList<>(rooms * inEach);
    for (int i = 0; i < rooms * inEach; i++) {
      List<Integer> own = List.of(firstRoom + i / inEach);
      seats.add(new Seat(i, own, () -> site.desk().ticket(own)));
    }
    return seats;
  }

  /** Blocks until all have joined. */
  static List<Peer> join(
      Bench bench, Site site, NodeHub hub, List<Seat> seats, Peer.Events events) {
    Generator.Target target = hub.target(Speech.zamok(site.desk().names()));
    return Bench.wait(bench.generator().connect(target, seats, AT_ONCE, events));
  }

  /** As {@link #join}, everybody at the same moment, and wants what the log has of his room. */
  static List<Peer> storm(
      Bench bench, Site site, NodeHub hub, List<Seat> seats, Peer.Events events) {
    Generator.Target target = hub.target(Speech.resuming(site.desk().names(), Position.ZERO));
    return Bench.wait(bench.generator().connect(target, seats, seats.size(), events));
  }
}
