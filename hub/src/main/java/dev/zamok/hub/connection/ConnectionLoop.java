package dev.zamok.hub.connection;

import dev.zamok.hub.admission.TicketChecker;
import dev.zamok.hub.endpoint.WebSocket;
import dev.zamok.hub.endpoint.WebSocketListener;
import dev.zamok.hub.limit.HubLimits;
import dev.zamok.hub.limit.Time;
import dev.zamok.hub.metrics.HubMetrics;
import dev.zamok.hub.room.Rooms;
import dev.zamok.protocol.SessionId;
import dev.zamok.protocol.frame.CloseCode;
import dev.zamok.roomlog.Notice;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The connections of one event loop, and what concerns several of them at once. */
public final class ConnectionLoop implements Notice.Visitor<Boolean> {
  private final Rooms rooms;
  private final TicketChecker checker;
  private final HubLimits limits;
  private final HubMetrics metrics;
  private final Time time;
  private final Set<Connection> open = new LinkedHashSet<>();

  public ConnectionLoop(
      Rooms rooms, TicketChecker checker, HubLimits limits, HubMetrics metrics, Time time) {
    this.rooms = rooms;
    this.checker = checker;
    this.limits = limits;
    this.metrics = metrics;
    this.time = time;
  }

  /** A WebSocket was opened. */
  public WebSocketListener accept(WebSocket socket) {
    Connection connection = new Connection(this, socket);
    open.add(connection);
    return connection;
  }

  @Override
  public Boolean revoke(Notice.Revoke notice) {
    SessionId session = notice.session();
    checker.revoke(session);
    for (Connection connection : List.copyOf(open)) {
      if (session.equals(connection.session())) {
        connection.close(CloseCode.REVOKED);
      }
    }
    return true;
  }

  @Override
  public Boolean evict(Notice.Evict notice) {
    rooms.evict(notice.room(), notice.tag(), notice.below());
    return true;
  }

  /** Which nodes live is the authority's business. */
  @Override
  public Boolean beat(Notice.Beat notice) {
    return false;
  }

  @Override
  public Boolean challenge(Notice.Challenge notice) {
    return false;
  }

  @Override
  public Boolean signedChallenge(Notice.SignedChallenge notice) {
    return false;
  }

  @Override
  public Boolean signedBeat(Notice.SignedBeat notice) {
    return false;
  }

  /** One for all loops hears that. */
  @Override
  public Boolean presence(Notice.Presence notice) {
    return false;
  }

  void remove(Connection connection) {
    open.remove(connection);
  }

  Rooms rooms() {
    return rooms;
  }

  TicketChecker checker() {
    return checker;
  }

  HubLimits limits() {
    return limits;
  }

  HubMetrics metrics() {
    return metrics;
  }

  long nanos() {
    return time.monotonicNanos();
  }
}
