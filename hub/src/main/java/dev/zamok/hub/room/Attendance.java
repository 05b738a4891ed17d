package dev.zamok.hub.room;

import dev.zamok.hub.admission.AdmittedFrame;
import dev.zamok.hub.admission.Pass;
import dev.zamok.hub.endpoint.WebSocket;
import dev.zamok.hub.metrics.Counter;
import dev.zamok.protocol.ErrorCode;
import dev.zamok.protocol.MessageId;
import dev.zamok.protocol.Rejection;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.SessionId;
import dev.zamok.protocol.Unavailable;
import dev.zamok.protocol.frame.ClientFrame;
import dev.zamok.protocol.frame.CloseCode;
import dev.zamok.protocol.frame.HubFrame;
import dev.zamok.protocol.frame.HubFrames;
import dev.zamok.protocol.ticket.Grant;
import dev.zamok.protocol.ticket.Right;
import dev.zamok.roomlog.Append;
import dev.zamok.roomlog.Appended;
import io.vertx.core.AsyncResult;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One admitted connection and the rooms it is in. Belongs to one event loop.
 *
 * <p>Rooms that want to send it more than live entries (an answer to JOIN, what it missed) wait in
 * a queue, and are served only while it is writable and a few at a time: so what one connection can
 * make the hub hold is bounded.
 */
public final class Attendance {
  private static final Logger LOG = LoggerFactory.getLogger(Attendance.class);

  /** Rooms of one connection that wait for the log at the same time. */
  private static final int AT_ONCE_MAX = 8;

  private static final int RETRY_MILLIS = 1_000;

  private final Rooms rooms;
  private final WebSocket socket;
  private final SessionId session;
  private final CatchUp catchUp;
  private final Map<RoomId, Subscriber> byRoom = new HashMap<>(4);
  private final ArrayDeque<Subscriber> queue = new ArrayDeque<>(2);
  private int active;
  private int publishesInFlight;
  private boolean pumping;
  private boolean closed;
  private boolean retrying;
  private long failingSinceNanos;
  private boolean failing;

  Attendance(Rooms rooms, WebSocket socket, SessionId session) {
    this.rooms = rooms;
    this.socket = socket;
    this.session = session;
    this.catchUp = new CatchUp(rooms);
  }

  WebSocket socket() {
    return socket;
  }

  SessionId session() {
    return session;
  }

  private void counted() {
    socket.oneRoom(byRoom.size() == 1);
  }

  /** Joining again what is joined already starts over, from {@code resumeAfter}. */
  public void join(AdmittedFrame.Join frame) {
    for (AdmittedFrame.Wanted wanted : frame.wanted()) {
      RoomId id = wanted.request().room();
      Subscriber before = byRoom.remove(id);
      if (before == null && byRoom.size() >= rooms.limits().counts().roomsPerConnectionMax()) {
        reject(HubFrame.Request.JOIN, id, MessageId.NONE, ErrorCode.TOO_MANY_ROOMS, 0); // H-051
        continue;
      }
      Room room = rooms.room(id);
      Subscriber subscriber = new Subscriber(this, room, wanted.request(), wanted.grant());
      byRoom.put(id, subscriber);
      counted();
      room.add(subscriber);
      if (before != null) {
        room.remove(before);
      }
      queue.add(subscriber);
    }
    pump();
  }

  public void leave(RoomId room) {
    Subscriber subscriber = byRoom.remove(room);
    if (subscriber != null) {
      counted();
      subscriber.room.remove(subscriber);
    }
  }

  /** Answered by ACK once it is committed, else by REJECT; the log checks the epoch (H-058). */
  public void publish(AdmittedFrame.Publish admitted) {
    ClientFrame.Publish frame = admitted.frame();
    if (!byRoom.containsKey(frame.room())) {
      reject(HubFrame.Request.PUBLISH, frame.room(), frame.id(), ErrorCode.NOT_JOINED, 0); // H-050
      return;
    }
    if (++publishesInFlight >= rooms.limits().counts().publishesInFlightMax()) {
      socket.pause(WebSocket.Pause.LOG);
    }
    Grant grant = admitted.grant();
    rooms
        .log()
        .append(
            Append.message(
                frame.room(),
                grant.tag(),
                grant.memberVersion(),
                frame.epoch(),
                frame.id(),
                frame.envelope()))
        .onComplete(done -> published(frame, done));
  }

  private void published(ClientFrame.Publish frame, AsyncResult<Appended> done) {
    publishesInFlight--;
    if (closed) {
      return;
    }
    if (done.succeeded()) {
      Appended appended = done.result();
      rooms.metrics().count(appended.duplicate() ? Counter.DUPLICATES : Counter.PUBLISHES);
      send(new HubFrame.Ack(frame.room(), frame.id(), appended.position()));
    } else {
      ErrorCode code = codeOf(done.cause());
      int retry = code == ErrorCode.UNAVAILABLE || code == ErrorCode.OVERLOADED ? RETRY_MILLIS : 0;
      reject(HubFrame.Request.PUBLISH, frame.room(), frame.id(), code, retry);
    }
    if (publishesInFlight <= rooms.limits().counts().publishesInFlightMax() / 2) {
      socket.resume(WebSocket.Pause.LOG);
    }
  }

  private ErrorCode codeOf(Throwable cause) {
    if (cause instanceof Rejection rejection) {
      return rejection.code();
    }
    if (!(cause instanceof Unavailable)) {
      rooms.metrics().count(Counter.BUGS);
      LOG.error("the log failed in a way it must not", cause);
    }
    return ErrorCode.UNAVAILABLE;
  }

  /** Never answered, unless it is refused. */
  public void signal(AdmittedFrame.Signal admitted) {
    ClientFrame.Signal frame = admitted.frame();
    if (!byRoom.containsKey(frame.room())) {
      reject(
          HubFrame.Request.SIGNAL, frame.room(), MessageId.NONE, ErrorCode.NOT_JOINED, 0); // H-050
      return;
    }
    rooms.metrics().count(Counter.SIGNALS);
    // it may be lost: nobody waits for the outcome
    rooms.log().signal(frame.room(), admitted.grant().tag(), frame.envelope());
  }

  /** The rights of a newer ticket hold at once (H-053). */
  public void renewed(Pass pass) {
    for (Subscriber subscriber : List.copyOf(byRoom.values())) {
      Grant grant = pass.grant(subscriber.room.id());
      if (grant == null
          || !grant.rights().contains(Right.READ)
          || !grant.tag().equals(subscriber.tag())) {
        evict(subscriber, ErrorCode.NOT_PERMITTED);
        continue;
      }
      subscriber.grant = grant;
      if (subscriber.room.feed().isReady() && !subscriber.room.admits(subscriber)) {
        evict(subscriber, ErrorCode.EVICTED);
      }
    }
  }

  /** The connection takes more. */
  public void writable() {
    pump();
  }

  /** The connection is gone. */
  public void closed() {
    closed = true;
    queue.clear();
    for (Subscriber subscriber : List.copyOf(byRoom.values())) {
      subscriber.room.remove(subscriber);
    }
    byRoom.clear();
  }

  /** Out of the room, by no wish of the client. */
  void evict(Subscriber subscriber, ErrorCode code) {
    if (!subscriber.isAnswered()) {
      refuse(subscriber, code);
      return;
    }
    byRoom.remove(subscriber.room.id(), subscriber);
    counted();
    subscriber.room.remove(subscriber);
    send(new HubFrame.Evicted(subscriber.room.id(), code));
  }

  /** Not into the room. */
  void refuse(Subscriber subscriber, ErrorCode code) {
    byRoom.remove(subscriber.room.id(), subscriber);
    counted();
    subscriber.room.remove(subscriber);
    int retry = code == ErrorCode.UNAVAILABLE ? RETRY_MILLIS : 0;
    reject(HubFrame.Request.JOIN, subscriber.room.id(), MessageId.NONE, code, retry);
  }

  void send(HubFrame frame) {
    socket.send(HubFrames.encode(frame));
  }

  private void reject(
      HubFrame.Request request, RoomId room, MessageId id, ErrorCode code, int retryMillis) {
    rooms.metrics().rejected(code);
    send(new HubFrame.Reject(request, room, id, code, retryMillis));
  }

  /** The room has something for this connection as soon as it takes more. */
  void waitForRoom(Subscriber subscriber) {
    queue.add(subscriber);
    if (socket.isWritable()) {
      pump();
    }
  }

  /** What the subscriber waited for is there. */
  void goOn(Subscriber subscriber) {
    active--;
    queue.addFirst(subscriber);
    pump();
  }

  /** A read failed: once a second it is tried again, but not for ever. */
  void failed(Subscriber subscriber) {
    active--;
    queue.addLast(subscriber);
    if (!retrying) {
      retrying = true;
      rooms.retryLater(this);
    }
  }

  /** A read went well. */
  void wentWell() {
    failing = false;
  }

  void retry(long nowNanos) {
    retrying = false;
    if (closed) {
      return;
    }
    if (!failing) {
      failing = true;
      failingSinceNanos = nowNanos;
    } else if (nowNanos - failingSinceNanos >= rooms.limits().times().logOutage().toNanos()) {
      socket.close(CloseCode.LOG_UNAVAILABLE); // H-056
      return;
    }
    pump();
  }

  private void pump() {
    if (pumping) {
      return;
    }
    pumping = true;
    while (!closed && !retrying && active < AT_ONCE_MAX && socket.isWritable()) {
      @Nullable Subscriber next = queue.poll();
      if (next == null) {
        break;
      }
      active++;
      switch (catchUp.step(next)) {
        case DONE -> active--;
        case WAITING -> {}
        case NOT_WRITABLE -> {
          active--;
          queue.addFirst(next);
        }
      }
    }
    pumping = false;
  }
}
