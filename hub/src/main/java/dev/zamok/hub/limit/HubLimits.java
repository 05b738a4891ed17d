package dev.zamok.hub.limit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Everything a hub bounds. Problems are told by {@link #problems}, all at once. */
public record HubLimits(Sizes sizes, Counts counts, Rates rates, Times times) {
  public static HubLimits defaults() {
    return new HubLimits(Sizes.defaults(), Counts.defaults(), Rates.defaults(), Times.defaults());
  }

  public HubLimits with(Sizes other) {
    return new HubLimits(other, counts, rates, times);
  }

  public HubLimits with(Counts other) {
    return new HubLimits(sizes, other, rates, times);
  }

  public HubLimits with(Rates other) {
    return new HubLimits(sizes, counts, other, times);
  }

  public HubLimits with(Times other) {
    return new HubLimits(sizes, counts, rates, other);
  }

  /**
   * Bytes.
   *
   * @param frameBytesMax of one WebSocket message from a client
   * @param highWaterBytes queued for one connection before the hub stops pushing to it
   * @param lowWaterBytes queued for one connection when the hub goes on
   * @param joinedBytesMax of the entries of one room joined into one buffer
   * @param ringBytesMax of recent entries kept in one room while somebody there is slow
   * @param ringsBytesMax of all such entries on one event loop
   */
  public record Sizes(
      int frameBytesMax,
      int highWaterBytes,
      int lowWaterBytes,
      int joinedBytesMax,
      int ringBytesMax,
      int ringsBytesMax) {
    public static Sizes defaults() {
      return new Sizes(65_536, 262_144, 65_536, 65_536, 262_144, 67_108_864);
    }
  }

  /**
   * Numbers of things at once.
   *
   * @param connectionsPerAddressMax an IPv6 address counts as its /64
   * @param publishesInFlightMax of one connection, waiting for the log; then it is not read
   * @param ticketChecksMax tickets waiting for the signature check in this process
   * @param catchUpsMax reads of the log at once on one event loop
   */
  public record Counts(
      int connectionsMax,
      int connectionsPerAddressMax,
      int roomsPerConnectionMax,
      int publishesInFlightMax,
      int ticketChecksMax,
      int catchUpsMax) {
    public static Counts defaults() {
      return new Counts(200_000, 2_000, 512, 64, 2_048, 16);
    }
  }

  /**
   * Of one connection. What is over is rejected; every frame that is takes from {@code warnings},
   * and when these are used up the connection is closed.
   *
   * @param joins per room, not per frame
   * @param frames of all kinds, WebSocket control frames included
   */
  public record Rates(
      Rate publishes, Rate joins, Rate signals, Rate renewals, Rate frames, Rate warnings) {
    public static Rates defaults() {
      return new Rates(
          new Rate(100, 200),
          new Rate(128, 512),
          new Rate(50, 100),
          new Rate(1, 10),
          new Rate(1_000, 2_000),
          new Rate(1, 100));
    }
  }

  /**
   * Time-outs; they are looked at once a second.
   *
   * @param upgrade from the accepted connection to the end of the HTTP upgrade
   * @param hello from there to HELLO
   * @param heartbeat a client sends something at least this often; silence of twice as long ends it
   * @param stuck how long a connection may refuse to read
   * @param closing from the close frame to the hard close
   * @param logOutage how long reads of the log may fail before those who wait for them are closed
   */
  public record Times(
      Duration upgrade,
      Duration hello,
      Duration heartbeat,
      Duration stuck,
      Duration closing,
      Duration logOutage) {
    public static Times defaults() {
      return new Times(
          Duration.ofSeconds(10),
          Duration.ofSeconds(5),
          Duration.ofSeconds(30),
          Duration.ofSeconds(30),
          Duration.ofSeconds(2),
          Duration.ofSeconds(10));
    }

    public long idleNanos() {
      // not Duration.multipliedBy: it goes through BigDecimal, and this is asked for each
      // connection
      return 2 * heartbeat.toNanos();
    }
  }

  /** What is wrong, with the path of each value; empty when nothing is. */
  public List<String> problems() {
    List<String> found = new ArrayList<>();
    range(found, "sizes.frameBytesMax", sizes.frameBytesMax, 1_024, 65_536);
    range(found, "sizes.highWaterBytes", sizes.highWaterBytes, 16_384, 16_777_216);
    range(found, "sizes.lowWaterBytes", sizes.lowWaterBytes, 1_024, sizes.highWaterBytes);
    range(found, "sizes.joinedBytesMax", sizes.joinedBytesMax, 1_024, sizes.highWaterBytes);
    range(found, "sizes.ringBytesMax", sizes.ringBytesMax, 0, 67_108_864);
    range(found, "sizes.ringsBytesMax", sizes.ringsBytesMax, 0, Integer.MAX_VALUE);
    range(found, "counts.connectionsMax", counts.connectionsMax, 1, 10_000_000);
    range(found, "counts.connectionsPerAddressMax", counts.connectionsPerAddressMax, 1, 10_000_000);
    range(found, "counts.roomsPerConnectionMax", counts.roomsPerConnectionMax, 1, 512);
    range(found, "counts.publishesInFlightMax", counts.publishesInFlightMax, 1, 65_536);
    range(found, "counts.ticketChecksMax", counts.ticketChecksMax, 1, 65_536);
    range(found, "counts.catchUpsMax", counts.catchUpsMax, 1, 1_024);
    range(found, "times.upgrade", times.upgrade);
    range(found, "times.hello", times.hello);
    range(found, "times.heartbeat", times.heartbeat);
    range(found, "times.stuck", times.stuck);
    range(found, "times.closing", times.closing);
    range(found, "times.logOutage", times.logOutage);
    return found;
  }

  private static void range(List<String> found, String name, int value, int min, int max) {
    if (value < min || value > max) {
      found.add("limits." + name + " must be " + min + " to " + max + ", not " + value);
    }
  }

  private static void range(List<String> found, String name, Duration value) {
    if (value.compareTo(Duration.ofSeconds(1)) < 0 || value.compareTo(Duration.ofHours(1)) > 0) {
      found.add("limits." + name + " must be 1 s to 1 h, not " + value);
    }
  }
}
