package dev.zamok.client.connection;

import dev.zamok.client.authority.Answers;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.frame.ClientFrame;
import dev.zamok.protocol.frame.HubFrame;
import java.util.Set;

/** Whom a {@link HubConnection} serves. Called on the client's loop. */
public interface ConnectionListener {
  /**
   * What the hub of this connection lets it do, before {@link #wanted} is asked for what to join.
   */
  void welcomed(HubFrame.Limits limits);

  /** The rooms to be joined now; the connection is kept while there is one. At most 512. */
  Set<RoomId> wanted();

  /** How to join one of them. */
  ClientFrame.Join.Request joinRequest(RoomId room);

  /**
   * A new ticket: what the authority says about the rooms it was asked for. This account is not in
   * those that the ticket leaves out.
   */
  void ticket(Answers.Ticket ticket, Set<RoomId> asked);

  /** A frame that concerns rooms: everything but WELCOME and PONG. */
  void frame(HubFrame frame);

  /** The connection is gone; another attempt follows by itself. */
  void lost();

  /** The connection is gone for good. */
  void ended(ClientProblem problem);
}
