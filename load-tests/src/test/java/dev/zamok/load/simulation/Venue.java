package dev.zamok.load.simulation;

import dev.zamok.load.relay.Relay;
import dev.zamok.load.socket.Hall;
import dev.zamok.load.traffic.Login;
import dev.zamok.load.traffic.Waiting;
import io.gatling.javaapi.core.PopulationBuilder;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** The server, the accounts and the channels of a simulation over Gatling's sockets. */
final class Venue implements AutoCloseable {
  /** Of a whole simulation. */
  static final Duration LONGEST = Duration.ofMinutes(10);

  private static final int ACCOUNTS = Knob.number("zamok.accounts", 6, 1);

  private final int rooms = Knob.number("zamok.rooms", 1, 1);
  private final int talkers;
  private final String settings;
  private Target target;
  private Relay narrow;
  private volatile Hall hall;
  private final Sockets sockets = new Sockets(this::hall);

  /**
   * @param talkers who will say something
   */
  Venue(int talkers) {
    this(talkers, Target.USUAL);
  }

  /** As above, with settings that differ from the usual ones. */
  Venue(int talkers, String settings) {
    this.talkers = talkers;
    this.settings = settings;
  }

  /** Starts and prepares everything. Blocks. */
  void open() {
    target = Target.open(ACCOUNTS, settings);
    List<Login> logins = IntStream.range(0, ACCOUNTS).mapToObj(target::login).toList();
    try {
      hall = Hall.open(logins, rooms, talkers);
      narrow = Relay.narrow(1, List.of(target.address()));
    } catch (RuntimeException e) {
      target.close();
      throw e;
    }
  }

  Hall hall() {
    return hall;
  }

  Sockets sockets() {
    return sockets;
  }

  /** Straight to the server. */
  String address() {
    return "wss://" + target.address().getHostString() + ":" + target.address().getPort() + "/hub";
  }

  /** Through a connection that can be {@linkplain Relay#hold held}. */
  String narrowAddress() {
    return "wss://127.0.0.1:" + narrow.ports().get(0) + "/hub";
  }

  Relay narrow() {
    return narrow;
  }

  /** For after those who listen to the end. */
  PopulationBuilder audit(Demand... demands) {
    return FinalAudit.of(
        limit -> Waiting.until(hall::isQuiet, limit), () -> hall.recording(), demands);
  }

  @Override
  public void close() {
    narrow.close();
    target.close();
  }
}
