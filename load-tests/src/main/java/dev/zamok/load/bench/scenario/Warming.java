package dev.zamok.load.bench.scenario;

import dev.zamok.load.bench.Bench;
import dev.zamok.load.bench.drive.ClosedLoop;
import dev.zamok.load.bench.drive.Hall;
import dev.zamok.load.bench.drive.Layout;
import dev.zamok.load.bench.server.Server;
import dev.zamok.load.bench.wire.Peer;

/**
 * Small rooms and many messages, before anything is measured. What is done once for a message is
 * compiled only after tens of thousands of them, and in a large room these take minutes: the
 * compiler would be measured.
 */
final class Warming {
  private static final Layout LAYOUT = Layout.of(20, 5);
  private static final int BODY_BYTES = Peer.STAMP_BYTES + 112;
  private static final int IN_FLIGHT = 16;
  private static final long SETTLE_MILLIS = 300;

  private Warming() {}

  /**
   * For the seconds of the plan; blocks.
   *
   * @param server with rooms that nobody needs afterwards
   */
  static void withMany(Bench bench, Server server) {
    if (bench.plan().warmSeconds() > 0) {
      Side side = Side.of(bench, server, new Hall(LAYOUT, BODY_BYTES));
      side.round(
          hall -> new ClosedLoop(bench.generator().loop(), hall, IN_FLIGHT),
          bench.plan().warmSeconds() * 1_000L);
      side.leave();
      Bench.pause(SETTLE_MILLIS);
    }
  }
}
