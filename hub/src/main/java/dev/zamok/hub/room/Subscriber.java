package dev.zamok.hub.room;

import dev.zamok.hub.endpoint.WebSocket;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.frame.ClientFrame;
import dev.zamok.protocol.ticket.Grant;
import dev.zamok.protocol.ticket.Right;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One connection in one room. */
final class Subscriber {
  final Attendance owner;

  /** That of the owner, one step nearer for fan-out. */
  final WebSocket socket;

  final Room room;
  final ClientFrame.Join.Request request;
  Grant grant;
  Stage stage = Stage.JOINING;

  /** Everything up to it was sent, or told as a gap. Kept while {@link Stage#BEHIND}. */
  Position cursor = Position.ZERO;

  /** Its place in the list of those that are live, else -1. */
  int liveIndex = -1;

  /** Read before JOINED is sent; used up with it. */
  @Nullable PageOf firstPage;

  @Nullable List<Bytes> rekeys;

  /** The room's epoch when {@link #rekeys} were asked for. */
  int rekeysEpoch = -1;

  /** Reads in a row that brought nothing. */
  int fruitless;

  /** The presence it was told last. */
  long presenceVersion = -1;

  enum Stage {
    /** JOINED is not sent yet. */
    JOINING,
    /** It is sent what others have already. */
    BEHIND,
    /** It takes part in fan-out. */
    LIVE,
    GONE
  }

  Subscriber(Attendance owner, Room room, ClientFrame.Join.Request request, Grant grant) {
    this.owner = owner;
    this.socket = owner.socket();
    this.room = room;
    this.request = request;
    this.grant = grant;
  }

  MemberTag tag() {
    return grant.tag();
  }

  boolean isAnswered() {
    return stage == Stage.BEHIND || stage == Stage.LIVE;
  }

  boolean watchesPresence() {
    return isAnswered() && grant.rights().contains(Right.PRESENCE);
  }
}
