package dev.zamok.load.traffic;

import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.room.RoomListener;
import dev.zamok.client.room.RoomMessage;
import dev.zamok.client.room.RoomState;
import dev.zamok.client.room.RoomWarning;
import dev.zamok.load.audit.Seat;
import dev.zamok.load.audit.Seen;
import dev.zamok.load.audit.Send;
import dev.zamok.load.audit.Wire;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.content.Content;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/** Writes down what one client sees and does in one room. Thread-safe. */
final class SeatRecorder implements RoomListener {
  private final String client;
  private final RoomId room;
  private final List<Wire> wire = new ArrayList<>();
  private final List<Seen> seen = new ArrayList<>();
  private final List<Send> sends = new ArrayList<>();
  private MemberTag tag = MemberTag.NONE;
  private final NavigableSet<Position> shown = new TreeSet<>();
  private Position acknowledged = Position.ZERO;
  private String end = "";
  private RoomState state = RoomState.CONNECTING;

  SeatRecorder(String client, RoomId room) {
    this.client = client;
    this.room = room;
  }

  synchronized void tag(MemberTag own) {
    tag = own;
  }

  synchronized void wire(Wire what) {
    wire.add(what);
  }

  synchronized void sent(Send send) {
    sends.add(send);
    acknowledged = later(acknowledged, send.position());
  }

  synchronized MemberTag tag() {
    return tag;
  }

  /** Of what was shown and not taken back. */
  synchronized Position newest() {
    return shown.isEmpty() ? Position.ZERO : shown.last();
  }

  /** Of what is known here to be in the room: shown, or acknowledged and perhaps to come. */
  synchronized Position known() {
    return later(newest(), acknowledged);
  }

  static Position later(Position one, Position other) {
    return one.isAfter(other) ? one : other;
  }

  /** How many were shown and not taken back. */
  synchronized int shown() {
    return shown.size();
  }

  /** Why nothing more will come; empty while it may. */
  synchronized String end() {
    return end;
  }

  synchronized RoomState state() {
    return state;
  }

  synchronized Seat seat() {
    return new Seat(client, room, tag, wire, seen, sends);
  }

  @Override
  public synchronized void onMessage(RoomMessage message) {
    shown.add(message.position());
    seen.add(
        new Seen.Message(
            message.position(), message.tag(), message.id(), words(message.content())));
  }

  /** What a message of the traffic says. */
  static String words(Content content) {
    return content instanceof Content.Text text ? text.words().text() : content.toString();
  }

  @Override
  public synchronized void onGap(Position from, Position to) {
    seen.add(new Seen.Missing(from, to));
  }

  @Override
  public synchronized void onRepaired(Position from, Position to) {
    seen.add(new Seen.Repaired(from, to));
  }

  @Override
  public synchronized void onWithdrawn(List<Position> positions) {
    positions.forEach(shown::remove);
    seen.add(new Seen.Withdrawn(positions));
  }

  @Override
  public synchronized void onWarning(RoomWarning warning) {
    Seen.Warning kind =
        switch (warning.kind()) {
          case UNREADABLE, REFUSED, TAMPERED -> Seen.Warning.ALARM;
          case HOLE -> Seen.Warning.HOLE;
          case INCOMPLETE -> Seen.Warning.INCOMPLETE;
        };
    seen.add(new Seen.Warned(kind, warning.position(), warning.kind() + " " + warning.text()));
  }

  @Override
  public synchronized void onEnd(ClientProblem why) {
    end = why.kind() + " " + why.getMessage();
  }

  @Override
  public synchronized void onState(RoomState next) {
    state = next;
  }
}
