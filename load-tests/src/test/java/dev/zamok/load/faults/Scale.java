package dev.zamok.load.faults;

import dev.zamok.load.traffic.Plan;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How much a run does: the short form belongs to every build, the full one to {@code -Pfaults}.
 *
 * @param hold how long a fault lasts, such as a stopped process
 * @param between how long the talk goes on after each
 * @param pairs random pairs of faults after the single ones
 */
record Scale(
    boolean full,
    int rooms,
    int clients,
    int roomsPerClient,
    int perSecond,
    Duration hold,
    Duration between,
    int pairs) {
  /** Patience with a machine under load; nothing is judged by it. */
  static final Duration RECOVERY_MAX = Duration.ofMinutes(5);

  /** Of the pairs, and of the traffic; printed. */
  static final long SEED = Long.getLong("zamok.faults.seed", 20_260_101L);

  private static final boolean FULL = "full".equals(System.getProperty("zamok.faults"));

  /** Of the full form; smaller ones are for looking into something. */
  private static final int ROOMS = Integer.getInteger("zamok.faults.rooms", 50);

  private static final int CLIENTS = Integer.getInteger("zamok.faults.clients", 300);
  private static final Duration HOLD =
      Duration.ofSeconds(Integer.getInteger("zamok.faults.seconds", 15));

  /** A regular expression; faults that it is not found in are left out. */
  private static final Pattern ONLY = Pattern.compile(System.getProperty("zamok.faults.only", ""));

  static boolean wants(Fault fault) {
    return ONLY.matcher(fault.name()).find();
  }

  /** With faults that last so long at least. */
  Scale holding(Duration least) {
    Duration longer = hold.compareTo(least) < 0 ? least : hold;
    return new Scale(full, rooms, clients, roomsPerClient, perSecond, longer, between, pairs);
  }

  /** The talk on these authorities. */
  Plan plan(List<URI> servers, String fingerprint) {
    return new Plan(servers, fingerprint, rooms, clients, roomsPerClient, perSecond, SEED);
  }

  static Scale oneNode() {
    return FULL
        ? new Scale(true, ROOMS, CLIENTS, 2, 50, HOLD, Duration.ofSeconds(5), 0)
        : new Scale(false, 4, 12, 2, 20, Duration.ofSeconds(3), Duration.ofSeconds(1), 0);
  }

  /** Faults at an exact moment; few clients suffice. */
  static Scale rig() {
    return FULL
        ? new Scale(true, ROOMS, CLIENTS, 2, 50, Duration.ofSeconds(5), Duration.ofSeconds(3), 0)
        : new Scale(false, 4, 16, 2, 20, Duration.ofSeconds(1), Duration.ofMillis(500), 0);
  }

  static Scale cluster() {
    return FULL
        ? new Scale(true, ROOMS, CLIENTS, 2, 50, HOLD, Duration.ofSeconds(5), 6)
        : new Scale(false, 6, 16, 2, 20, Duration.ofSeconds(3), Duration.ofSeconds(1), 1);
  }
}
