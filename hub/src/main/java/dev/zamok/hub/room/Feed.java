package dev.zamok.hub.room;

import dev.zamok.hub.metrics.Counter;
import dev.zamok.protocol.ByteReader;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.Entry;
import dev.zamok.protocol.EntryKind;
import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import dev.zamok.roomlog.Follower;
import dev.zamok.roomlog.RoomLog;
import dev.zamok.roomlog.RoomState;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the log says of one room, brought in order: every entry once, each after the one its {@code
 * previous} names. What is missing is read; what the log no longer has is told as a jump.
 */
final class Feed implements Follower {
  private static final Logger LOG = LoggerFactory.getLogger(Feed.class);

  /** Entries that may come while the state of the room is read; more are read again. */
  private static final int EARLY_MAX = 256;

  private final RoomId id;
  private final Rooms rooms;
  private final Out out;
  private final Map<MemberTag, Integer> admitted = new HashMap<>(2);
  private final List<Entry> early = new ArrayList<>();
  private RoomLog.@Nullable Subscription subscription;
  private Position last = Position.ZERO;
  private Position skipped = Position.ZERO;
  private int epoch;
  private boolean ready;
  private boolean closed;
  private boolean rereading;
  private boolean rereadAgain;
  private boolean failed;

  Feed(RoomId id, Rooms rooms, Out out) {
    this.id = id;
    this.rooms = rooms;
    this.out = out;
  }

  /** Where it all goes. */
  interface Out {
    /** The next entry of the room. */
    void entry(Entry entry);

    /** What lies in (from, to] is gone from the log. */
    void jump(Position from, Position to);

    /** Some may have to go whose EVICT was not brought. */
    void admitsFewer();

    /** {@link #last} moved, for the first time or again. */
    void moved();

    void signal(MemberTag tag, Bytes envelope);

    /** Nobody can say whether what was brought is all there is. */
    void unavailable();
  }

  /** Follows, then reads the state, so that nothing falls between. */
  Future<Void> open(int epochOfTicket) {
    return rooms
        .log()
        .follow(id, this)
        .compose(
            following -> {
              if (closed) {
                following.cancel();
              }
              subscription = following;
              return rooms.state(id, epochOfTicket);
            })
        .map(
            state -> {
              begin(state);
              return null;
            });
  }

  private void begin(RoomState state) {
    if (closed) {
      return;
    }
    last = state.head();
    epoch = state.epoch();
    state.admitted().forEach((tag, below) -> admitted.merge(tag, below, Math::max));
    ready = true;
    List<Entry> came = List.copyOf(early);
    early.clear();
    out.moved();
    entries(came);
    if (rereadAgain) {
      reread();
    }
  }

  boolean isReady() {
    return ready;
  }

  /** The newest entry brought. */
  Position last() {
    return last;
  }

  int epoch() {
    return epoch;
  }

  boolean admits(MemberTag tag, int memberVersion) {
    return memberVersion >= admitted.getOrDefault(tag, 0);
  }

  /** Admits {@code tag} from {@code below} on only. */
  void evict(MemberTag tag, int below) {
    admitted.merge(tag, below, Math::max);
  }

  @Override
  public void entries(List<Entry> entries) {
    if (closed) {
      return;
    }
    if (!ready) {
      if (early.size() + entries.size() <= EARLY_MAX) {
        early.addAll(entries);
      } else {
        rereadAgain = true;
      }
      return;
    }
    boolean moved = false;
    for (Entry entry : entries) {
      if (!entry.position().isAfter(last)) {
        continue;
      }
      if (entry.previous().equals(last)) {
        accept(entry);
        moved = true;
      } else if (entry.position().isAfter(skipped)) {
        skipped = entry.position();
      }
    }
    if (moved) {
      out.moved();
    }
    if (skipped.isAfter(last) && !rereading) {
      reread();
    }
  }

  private void accept(Entry entry) {
    last = entry.position();
    if (entry.kind() == EntryKind.REKEY) {
      epoch = entry.epoch();
    } else if (entry.kind() == EntryKind.EVICT) {
      try {
        ByteReader body = entry.body().reader();
        evict(MemberTag.read(body), body.u32());
      } catch (MalformedException e) {
        rooms.metrics().count(Counter.BUGS);
        LOG.error("the log holds an EVICT that cannot be read");
      }
    }
    out.entry(entry);
  }

  @Override
  public void signal(MemberTag tag, Bytes envelope) {
    if (ready && !closed) {
      out.signal(tag, envelope);
    }
  }

  @Override
  public void reread() {
    if (closed) {
      return;
    }
    if (!ready || rereading) {
      rereadAgain = true;
      return;
    }
    rereading = true;
    rereadAgain = false;
    rooms.metrics().count(Counter.REREADS);
    rooms.readFresh(
        id,
        last,
        done -> {
          if (done.failed() || closed) {
            read(null);
          } else {
            catchUp(done.result());
          }
        });
  }

  /**
   * An EVICT may be among what is gone, or was given back to a log that lost it, which shows in no
   * entry: what it did is known before anything after it is told.
   */
  private void catchUp(PageOf page) {
    rooms
        .log()
        .state(id)
        .onComplete(
            state -> {
              if (state.succeeded() && !closed) {
                state.result().admitted().forEach(this::evict);
                if (page.page().lost() || jumps(page)) {
                  epoch = Math.max(epoch, state.result().epoch());
                }
                out.admitsFewer();
                read(page);
              } else {
                read(null);
              }
            });
  }

  /**
   * @param page null when nothing could be read
   */
  private void read(@Nullable PageOf page) {
    failed = page == null;
    boolean again = page != null && !closed && take(page);
    rereading = false;
    if (again) {
      reread();
    }
  }

  private boolean jumps(PageOf page) {
    return !page.page().lost() && !page.page().complete() && page.start().isAfter(last);
  }

  @Override
  public void unavailable() {
    if (!closed) {
      out.unavailable();
    }
  }

  /** Tries again what failed; called once a second. */
  void retry() {
    if (failed) {
      reread();
    }
  }

  /** Returns whether more is to be read. */
  private boolean take(PageOf page) {
    if (page.page().lost()) {
      // clients see by the next entry's previous that what came after the head was withdrawn
      LOG.warn("a room's log went back");
      last = page.page().head();
      skipped = last;
      out.moved();
    } else {
      Position from = last;
      Position start = page.start();
      if (jumps(page)) {
        last = start;
        out.jump(from, start);
        out.moved();
      }
      entries(page.page().entries());
    }
    if (page.page().more() || rereadAgain) {
      return true;
    }
    // told of an entry that the log does not show: not at once again, but a second later
    failed = skipped.isAfter(last) && page.entries().isEmpty();
    return skipped.isAfter(last) && !failed;
  }

  void close() {
    closed = true;
    if (subscription != null) {
      subscription.cancel();
    }
  }
}
