package dev.zamok.hub.room;

import dev.zamok.hub.metrics.Counter;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.ErrorCode;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.frame.HubFrame;
import io.vertx.core.AsyncResult;
import java.util.List;
import java.util.function.Consumer;

/**
 * Brings one subscriber to where the others are: the answer to its JOIN, then what it missed, from
 * the room's ring or from the log, in order and nothing twice.
 */
final class CatchUp {
  /** From the ring at once; after it the connection is asked again whether it is writable. */
  private static final int RING_BYTES_WANTED = 65_536;

  /** Reads that bring nothing although the room is further: then the rest is told as a gap. */
  private static final int FRUITLESS_MAX = 3;

  /** What the rekeys of one JOINED may take together; the oldest are left out. */
  private static final int REKEY_BYTES_MAX = 120_000;

  private final Rooms rooms;

  CatchUp(Rooms rooms) {
    this.rooms = rooms;
  }

  /** How far it came. */
  enum Progress {
    /** It is live, or gone. */
    DONE,
    /** {@link Attendance#goOn} or {@link Attendance#failed} will be called, once. */
    WAITING,
    /** The connection takes no more for now. */
    NOT_WRITABLE
  }

  Progress step(Subscriber subscriber) {
    if (subscriber.stage == Subscriber.Stage.JOINING) {
      Progress progress = join(subscriber);
      if (progress != Progress.DONE) {
        return progress;
      }
    }
    while (subscriber.stage == Subscriber.Stage.BEHIND) {
      if (!subscriber.owner.socket().isWritable()) {
        return Progress.NOT_WRITABLE;
      }
      if (!advance(subscriber)) {
        return Progress.WAITING;
      }
    }
    return Progress.DONE;
  }

  private Progress join(Subscriber subscriber) {
    Room room = subscriber.room;
    if (!room.feed().isReady()) {
      room.await(subscriber);
      return Progress.WAITING;
    }
    if (!room.admits(subscriber)) {
      subscriber.owner.refuse(subscriber, ErrorCode.EVICTED); // H-052
      return Progress.DONE;
    }
    Position after = subscriber.request.resumeAfter();
    if (after != null && subscriber.firstPage == null) {
      rooms.read(room.id(), after, whenRead(subscriber, page -> subscriber.firstPage = page));
      return Progress.WAITING;
    }
    int known = subscriber.request.epochKnown();
    int epoch = room.feed().epoch();
    if (known < epoch && subscriber.rekeysEpoch != epoch) {
      rooms.rekeys(
          room.id(),
          known,
          epoch,
          whenRead(
              subscriber,
              rekeys -> {
                subscriber.rekeys = rekeys;
                subscriber.rekeysEpoch = epoch;
              }));
      return Progress.WAITING;
    }
    answer(subscriber);
    return Progress.DONE;
  }

  private void answer(Subscriber subscriber) {
    Room room = subscriber.room;
    PageOf page = subscriber.firstPage;
    HubFrame.Recovery recovery = HubFrame.Recovery.INCOMPLETE;
    subscriber.firstPage = null;
    if (page == null) {
      subscriber.cursor = room.feed().last();
    } else {
      room.feed().entries(page.page().entries());
      if (subscriber.stage == Subscriber.Stage.GONE) {
        return; // an EVICT was among them
      }
      subscriber.cursor = page.after();
      recovery =
          page.page().lost()
              ? HubFrame.Recovery.LOST
              : page.page().complete() ? HubFrame.Recovery.COMPLETE : HubFrame.Recovery.INCOMPLETE;
    }
    Position head = room.feed().last();
    if (page != null && page.end().isAfter(head)) {
      head = page.end();
    }
    room.fanout().startBehind(subscriber, room.feed().last());
    int present = room.entered(subscriber);
    List<Bytes> rekeys = subscriber.rekeys == null ? List.of() : fitting(subscriber.rekeys);
    subscriber.rekeys = null;
    rooms.metrics().count(Counter.JOINS);
    subscriber.owner.send(
        new HubFrame.Joined(room.id(), head, recovery, room.feed().epoch(), rekeys, present));
    if (page != null) {
      sendAll(subscriber, page.entries(), page.end());
    }
  }

  /** The newest of them, as many as go into one frame. */
  private static List<Bytes> fitting(List<Bytes> rekeys) {
    int bytes = 0;
    int from = rekeys.size();
    while (from > 0 && bytes + rekeys.get(from - 1).size() + 2 <= REKEY_BYTES_MAX) {
      from--;
      bytes += rekeys.get(from).size() + 2;
    }
    return rekeys.subList(from, rekeys.size());
  }

  /** One step of one who is behind; false when it now waits. */
  private boolean advance(Subscriber subscriber) {
    Room room = subscriber.room;
    Position last = room.feed().last();
    int order = subscriber.cursor.compareTo(last);
    if (order == 0) {
      room.fanout().goLive(subscriber);
      return true;
    }
    if (order > 0) {
      // it saw more than this loop: on another hub, or on the page it was just sent
      room.await(subscriber);
      room.feed().reread();
      return false;
    }
    if (room.fanout().ring().covers(subscriber.cursor)) {
      List<Encoded> entries = room.fanout().ring().after(subscriber.cursor, RING_BYTES_WANTED);
      rooms.metrics().count(Counter.CATCH_UPS_RING);
      sendAll(
          subscriber,
          entries,
          entries.isEmpty() ? last : entries.get(entries.size() - 1).entry().position());
      return true;
    }
    Position from = subscriber.cursor;
    rooms.read(room.id(), from, whenRead(subscriber, page -> page(subscriber, from, page)));
    return false;
  }

  private void page(Subscriber subscriber, Position from, PageOf page) {
    if (subscriber.stage != Subscriber.Stage.BEHIND || !subscriber.cursor.equals(from)) {
      return;
    }
    Room room = subscriber.room;
    room.feed().entries(page.page().entries());
    if (subscriber.stage == Subscriber.Stage.GONE) {
      return; // an EVICT was among them
    }
    Position start = page.start();
    if (!page.page().lost() && !page.page().complete() && start.isAfter(from)) {
      gap(subscriber, from, start);
    } else if (page.entries().isEmpty() && ++subscriber.fruitless > FRUITLESS_MAX) {
      gap(subscriber, from, room.feed().last());
      return;
    }
    sendAll(subscriber, page.entries(), page.end());
  }

  private void gap(Subscriber subscriber, Position from, Position to) {
    rooms.metrics().count(Counter.GAPS);
    subscriber.cursor = to;
    subscriber.owner.send(new HubFrame.Gap(subscriber.room.id(), from, to));
  }

  private void sendAll(Subscriber subscriber, List<Encoded> entries, Position end) {
    List<Joined> buffers =
        Joined.of(entries, rooms.allocator(), rooms.limits().sizes().joinedBytesMax());
    for (Joined joined : buffers) {
      subscriber.owner.socket().sendFramed(joined.buffer());
    }
    rooms.metrics().count(Counter.DELIVERIES, entries.size());
    if (!entries.isEmpty()) {
      subscriber.fruitless = 0;
    }
    subscriber.cursor = end;
  }

  /** What to do with the outcome of a read for one subscriber. */
  private <T> Consumer<AsyncResult<T>> whenRead(Subscriber subscriber, Consumer<T> use) {
    return done -> {
      if (done.succeeded()) {
        subscriber.owner.wentWell();
        if (subscriber.stage != Subscriber.Stage.GONE) {
          use.accept(done.result());
        }
        subscriber.owner.goOn(subscriber);
      } else if (subscriber.stage == Subscriber.Stage.BEHIND) {
        subscriber.owner.failed(subscriber);
      } else {
        if (subscriber.stage == Subscriber.Stage.JOINING) {
          subscriber.owner.refuse(subscriber, ErrorCode.UNAVAILABLE);
        }
        subscriber.owner.goOn(subscriber);
      }
    };
  }
}
