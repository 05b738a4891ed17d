package dev.zamok.hub.room;

import dev.zamok.hub.endpoint.FrameTap;
import dev.zamok.hub.endpoint.Framing;
import dev.zamok.hub.endpoint.WebSocket;
import dev.zamok.hub.limit.HubLimits;
import dev.zamok.hub.limit.Sweeper;
import dev.zamok.hub.limit.Turn;
import dev.zamok.hub.metrics.Counter;
import dev.zamok.hub.metrics.HubMetrics;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.ErrorCode;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.Rejection;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.SessionId;
import dev.zamok.protocol.frame.HubFrame;
import dev.zamok.protocol.frame.HubFrames;
import dev.zamok.roomlog.RoomLog;
import dev.zamok.roomlog.RoomState;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The rooms of one event loop; no locks, no other thread. */
public final class Rooms extends Sweeper.Swept {
  static final int PAGE_ENTRIES_MAX = 256;
  static final int PAGE_BYTES_MAX = 49_152;

  private final RoomLog log;
  private final Turn turn;
  private final HubLimits limits;
  private final HubMetrics metrics;
  private final PresenceBoard presence;
  private final Options options;
  private final SharedReads reads;
  private final Ring.Budget ringBudget;
  private final NoticedEvictions noticed = new NoticedEvictions();
  private final Map<RoomId, Room> open = new HashMap<>();
  private List<Room> dirty = new ArrayList<>();
  private List<Attendance> toRetry = new ArrayList<>();
  private long freshReads;

  /**
   * How a hub differs from others.
   *
   * @param openFromTickets a room that the log does not know is opened by its first ticket, at the
   *     epoch named there: for backends that keep no epochs in our log
   */
  public record Options(boolean openFromTickets, @Nullable FrameTap tap) {}

  public Rooms(
      RoomLog log,
      Turn turn,
      HubLimits limits,
      HubMetrics metrics,
      PresenceBoard presence,
      Options options) {
    this.log = log;
    this.turn = turn;
    this.limits = limits;
    this.metrics = metrics;
    this.presence = presence;
    this.options = options;
    this.reads = new SharedReads(limits.counts().catchUpsMax());
    this.ringBudget = new Ring.Budget(limits.sizes().ringsBytesMax());
  }

  /** A place for a connection that was admitted. */
  public Attendance attend(WebSocket socket, SessionId session) {
    return new Attendance(this, socket, session);
  }

  /** Puts a member out at once, and keeps him out, ahead of the entry that says so. */
  public void evict(RoomId room, MemberTag tag, int below) {
    noticed.add(room, tag, below);
    Room found = open.get(room);
    if (found != null) {
      found.putOut();
    }
  }

  @Override
  protected void sweep(long nowNanos) {
    List<Attendance> retry = toRetry;
    toRetry = new ArrayList<>();
    retry.forEach(attendance -> attendance.retry(nowNanos));
    List.copyOf(open.values()).forEach(Room::sweep);
  }

  RoomLog log() {
    return log;
  }

  HubLimits limits() {
    return limits;
  }

  HubMetrics metrics() {
    return metrics;
  }

  PresenceBoard presence() {
    return presence;
  }

  @Nullable FrameTap tap() {
    return options.tap();
  }

  NoticedEvictions noticed() {
    return noticed;
  }

  Ring.Budget ringBudget() {
    return ringBudget;
  }

  ByteBufAllocator allocator() {
    return ByteBufAllocator.DEFAULT;
  }

  Room room(RoomId id) {
    return open.computeIfAbsent(
        id,
        missing -> {
          metrics.count(Counter.ROOMS_OPENED);
          return new Room(missing, this);
        });
  }

  void closed(Room room) {
    if (open.remove(room.id(), room)) {
      metrics.count(Counter.ROOMS_CLOSED);
    }
  }

  void atEndOfTurn(Room room) {
    if (dirty.isEmpty()) {
      turn.atEnd(this::endTurn);
    }
    dirty.add(room);
  }

  private void endTurn() {
    List<Room> rooms = dirty;
    dirty = new ArrayList<>();
    for (int i = 0; i < rooms.size(); i++) {
      rooms.get(i).endTurn(i == rooms.size() - 1);
    }
  }

  void retryLater(Attendance attendance) {
    toRetry.add(attendance);
  }

  /**
   * The state of a room (H-057), which is made first where {@link Options#openFromTickets} says so.
   */
  Future<RoomState> state(RoomId id, int epochOfTicket) {
    Future<RoomState> state = log.state(id);
    if (!options.openFromTickets()) {
      return state;
    }
    return state.recover(
        failure ->
            failure instanceof Rejection rejection && rejection.code() == ErrorCode.UNKNOWN_ROOM
                ? log.openRoom(id, epochOfTicket).compose(made -> log.state(id))
                : Future.failedFuture(failure));
  }

  /** A page for a catch-up, shared with all who ask for the same now. */
  void read(RoomId id, Position after, Consumer<AsyncResult<PageOf>> done) {
    read(new PageOf.Key(id, after, 0), done);
  }

  /** A page that is read from now on. */
  void readFresh(RoomId id, Position after, Consumer<AsyncResult<PageOf>> done) {
    read(new PageOf.Key(id, after, ++freshReads), done);
  }

  private void read(PageOf.Key key, Consumer<AsyncResult<PageOf>> done) {
    reads.read(
        key,
        () -> {
          metrics.count(Counter.CATCH_UPS_LOG);
          return log.read(key.room(), key.after(), PAGE_ENTRIES_MAX, PAGE_BYTES_MAX)
              .map(page -> PageOf.of(key.after(), page, options.tap()));
        },
        done);
  }

  /** The bodies of the rekeys above {@code known}; {@code epoch} is the current one. */
  void rekeys(RoomId id, int known, int epoch, Consumer<AsyncResult<List<Bytes>>> done) {
    reads.read(
        new RekeysKey(id, known, epoch),
        () ->
            log.rekeys(id, known, HubFrame.Joined.REKEYS_MAX)
                .map(entries -> entries.stream().map(entry -> entry.body()).toList()),
        done);
  }

  private record RekeysKey(RoomId room, int known, int epoch)
      implements SharedReads.Key<List<Bytes>> {}

  /** One frame for several connections. */
  ByteBuf framed(HubFrame frame) {
    Bytes message = HubFrames.encode(frame);
    FrameTap tap = options.tap();
    if (tap != null) {
      tap.onOutbound(message);
    }
    return Unpooled.wrappedBuffer(Framing.binary(message));
  }
}
