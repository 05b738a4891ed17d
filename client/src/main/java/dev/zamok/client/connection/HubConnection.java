package dev.zamok.client.connection;

import dev.zamok.client.authority.Answers;
import dev.zamok.client.link.HubLink;
import dev.zamok.client.loop.Futures;
import dev.zamok.client.loop.Loop;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.problem.ClientProblem.Kind;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.frame.ClientFrame;
import dev.zamok.protocol.frame.CloseCode;
import dev.zamok.protocol.frame.HubFrame;
import dev.zamok.protocol.frame.HubFrames;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The connection to the hub: made when a room is wanted, made again when it is lost, with the
 * tickets it needs.
 *
 * <pre>
 * idle ──wake──► connecting ──link──► greeting ──WELCOME──► open ──lost──► waiting ──► connecting
 *                     └──────── failure ────────┴──────────────────────────►┘
 * any ──close code 45xx, logged out, untrusted server──► ended
 * </pre>
 *
 * Belongs to the client's loop.
 */
public final class HubConnection {
  private static final int NO_CODE = 1006;

  static final Duration WELCOME_TIMEOUT = Duration.ofSeconds(10);

  /** A connection that lasted so long makes the next wait short again. */
  static final Duration STABLE = Duration.ofSeconds(10);

  private final Loop loop;
  private final URI server;
  private final HubLink.Dialer dialer;
  private final ConnectionListener listener;
  private final TicketKeeper tickets;
  private final FrameLink link;
  private final Backoff backoff;
  private final Joins joins;
  private final Renewal renewal;
  private final Pace pace;
  private final HubChoice choice = new HubChoice();

  private State state = State.IDLE;
  private int attempt;
  private @Nullable Heartbeat heartbeat;
  private Loop.Timer timer = Loop.Timer.NONE;
  private long openedAt;

  private enum State {
    IDLE,
    CONNECTING,
    GREETING,
    OPEN,
    WAITING,
    ENDED
  }

  public HubConnection(ConnectionParts parts, ConnectionListener listener) {
    this.loop = parts.loop();
    this.server = parts.server();
    this.dialer = parts.dialer();
    this.listener = listener;
    this.tickets = new TicketKeeper(loop, parts.authority());
    this.link = new FrameLink(parts.tap());
    this.backoff = new Backoff(parts.jitter());
    this.joins = new Joins(loop, listener, this::send);
    this.pace = new Pace(loop);
    this.renewal = new Renewal(loop, parts.jitter(), tickets, new Renewing());
  }

  public boolean isOpen() {
    return state == State.OPEN;
  }

  /** The wanted rooms have changed, or it is worth trying now. */
  public void wake() {
    Set<RoomId> wanted = listener.wanted();
    if (wanted.isEmpty()) {
      if (state != State.ENDED) {
        drop();
        state = State.IDLE;
      }
    } else if (state == State.IDLE) {
      connect();
    } else if (state == State.OPEN) {
      if (tickets.covers(wanted)) {
        joins.join(wanted);
      } else {
        renewal.now();
      }
    }
  }

  /**
   * 0 when the hub takes one more publication now, which then counts as sent; otherwise how many
   * milliseconds to wait.
   */
  public long publishSlot() {
    return pace.take();
  }

  /** Joins again, not earlier than {@code delay} from now, to be sent what is missing. */
  public void rejoin(RoomId room, Duration delay) {
    loop.after(
        delay,
        () -> {
          if (state == State.OPEN) {
            joins.again(room);
          }
        });
  }

  public void leave(RoomId room) {
    joins.forget(room);
    send(new ClientFrame.Leave(room));
  }

  /** What the authority says of the rooms has changed: ask again. */
  public void refreshTicket() {
    if (state == State.OPEN) {
      renewal.now();
    }
  }

  /** Dropped unless the connection is open: whoever sends must be ready to send again. */
  public void send(ClientFrame frame) {
    if (state == State.OPEN || state == State.GREETING) {
      link.send(frame);
      Heartbeat beat = heartbeat;
      if (beat != null) {
        beat.sent();
      }
    }
  }

  public void close() {
    drop();
    state = State.ENDED;
  }

  private void connect() {
    drop();
    state = State.CONNECTING;
    int mine = attempt;
    Set<RoomId> wanted = listener.wanted();
    Futures.fire(
        tickets
            .get(wanted)
            .thenCompose(
                ticket -> {
                  if (mine == attempt) {
                    listener.ticket(ticket, tickets.asked());
                  }
                  return dialer
                      .dial(HubAddress.resolve(server, choice.of(ticket)), new Receiver(mine))
                      .thenAccept(opened -> linked(mine, opened, ticket));
                })
            .whenComplete(
                (done, failure) -> {
                  if (failure != null && mine == attempt) {
                    failed(ClientProblem.in(failure));
                  }
                }));
  }

  private void linked(int mine, HubLink opened, Answers.Ticket ticket) {
    if (mine != attempt) {
      opened.close();
      return;
    }
    link.open(opened);
    state = State.GREETING;
    timer = loop.after(WELCOME_TIMEOUT, this::lost);
    send(new ClientFrame.Hello(ticket.ticket()));
  }

  private void welcome(HubFrame.Welcome welcome) {
    timer.cancel();
    if (state == State.GREETING) {
      state = State.OPEN;
      choice.opened();
      openedAt = loop.monotonicMillis();
      HubFrame.Limits limits = welcome.limits();
      Heartbeat beat = new Heartbeat(loop, limits.heartbeatSeconds(), this::send, this::lost);
      heartbeat = beat;
      beat.start();
      joins.reset(limits.joinsPerSecond());
      pace.reset(limits.publishesPerSecond());
    }
    listener.welcomed(welcome.limits());
    renewal.scheduleBefore(welcome.expiresAtMillis());
    Set<RoomId> wanted = listener.wanted();
    joins.join(wanted);
    if (!tickets.covers(wanted)) {
      renewal.now();
    }
  }

  private void renewed(Answers.Ticket ticket) {
    listener.ticket(ticket, tickets.asked());
    send(new ClientFrame.Renew(ticket.ticket()));
  }

  private void received(Bytes bytes) {
    link.received(bytes);
    Heartbeat beat = heartbeat;
    if (beat != null) {
      beat.received();
    }
    HubFrame frame;
    try {
      frame = HubFrames.decode(bytes);
    } catch (MalformedException e) {
      lost();
      return;
    }
    if (frame instanceof HubFrame.Welcome welcome) {
      welcome(welcome);
    } else if (state == State.OPEN && !(frame instanceof HubFrame.Pong)) {
      if (frame instanceof HubFrame.Reject reject && reject.request() == HubFrame.Request.TICKET) {
        tickets.drop();
        renewal.retry();
      } else {
        listener.frame(frame);
      }
    }
  }

  private void closed(int code) {
    if (Closing.isTicket(code)) {
      tickets.drop();
    }
    if (code == CloseCode.GOING_AWAY.number() && state == State.OPEN) {
      choice.failed();
    }
    failed(Closing.problem(code));
  }

  private void lost() {
    failed(Closing.problem(NO_CODE));
  }

  private void failed(ClientProblem problem) {
    if (problem.kind() != Kind.UNAVAILABLE) {
      end(problem);
      return;
    }
    if (state != State.OPEN) {
      choice.failed();
    }
    if (choice.takeExhausted()) {
      tickets.drop();
    }
    boolean lasted = state == State.OPEN && loop.monotonicMillis() - openedAt >= STABLE.toMillis();
    if (lasted) {
      backoff.reset();
    }
    drop();
    state = State.WAITING;
    timer = loop.after(backoff.next(), this::connect);
    listener.lost();
  }

  private void end(ClientProblem problem) {
    drop();
    state = State.ENDED;
    listener.ended(problem);
  }

  /** Lets go of the link; whatever still comes from it is not heard. */
  private void drop() {
    attempt++;
    timer.cancel();
    renewal.stop();
    joins.stop();
    Heartbeat beat = heartbeat;
    if (beat != null) {
      beat.stop();
      heartbeat = null;
    }
    link.close();
  }

  private final class Renewing implements Renewal.Outcome {
    @Override
    public Set<RoomId> wanted() {
      return listener.wanted();
    }

    @Override
    public void renewed(Answers.Ticket ticket) {
      HubConnection.this.renewed(ticket);
    }

    @Override
    public void failed(ClientProblem problem) {
      end(problem);
    }
  }

  private final class Receiver implements HubLink.Receiver {
    private final int mine;

    Receiver(int mine) {
      this.mine = mine;
    }

    @Override
    public void received(Bytes frame) {
      if (mine == attempt) {
        HubConnection.this.received(frame);
      }
    }

    @Override
    public void closed(int code) {
      if (mine == attempt) {
        HubConnection.this.closed(code);
      }
    }
  }
}
