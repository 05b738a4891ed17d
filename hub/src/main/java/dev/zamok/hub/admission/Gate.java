package dev.zamok.hub.admission;

import dev.zamok.hub.limit.HubLimits;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.ErrorCode;
import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.MessageId;
import dev.zamok.protocol.Rejection;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.frame.ClientFrame;
import dev.zamok.protocol.frame.ClientFrames;
import dev.zamok.protocol.frame.CloseCode;
import dev.zamok.protocol.frame.HubFrame;
import dev.zamok.protocol.ticket.Grant;
import dev.zamok.protocol.ticket.Right;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the frames of one connection come in: checks H-030 to H-049 of {@code CHECKS.md}. Belongs
 * to one event loop.
 */
public final class Gate {
  /** The room of an answer where no room is meant. */
  private static final RoomId NO_ROOM = new RoomId(0, 0);

  private final TicketChecker checker;
  private final HubLimits limits;
  private final Inside inside;
  private final long openedNanos;
  private final Meters meters;
  private final Checks checks = new Checks();
  private boolean greeted;
  private boolean ended;
  private @Nullable Pass pass;

  /** Of {@link #pass}, at hand for the sweep over all connections. */
  private long expiresAtMillis;

  private long now;

  public Gate(TicketChecker checker, HubLimits limits, Inside inside, long nowNanos) {
    this.checker = checker;
    this.limits = limits;
    this.inside = inside;
    this.openedNanos = nowNanos;
    this.meters = new Meters(limits.rates(), nowNanos);
  }

  /** What lies behind the gate. */
  public interface Inside {
    void admitted(AdmittedFrame frame);

    void reject(HubFrame.Reject answer);

    /** Ends the connection; {@link Gate#end} is called in turn. */
    void close(CloseCode code);

    /** A ticket is being checked: send nothing in until it is over. */
    void checking(boolean under);
  }

  /** The newest ticket, or null before the first was checked. */
  public @Nullable Pass pass() {
    return pass;
  }

  /** One message of the client, whole. */
  public void receive(Bytes message, long nowNanos) {
    if (!count(nowNanos)) {
      return;
    }
    ClientFrame frame;
    try {
      frame = ClientFrames.decode(message);
    } catch (MalformedException e) {
      inside.close(CloseCode.PROTOCOL); // H-030
      return;
    }
    if (!greeted && !(frame instanceof ClientFrame.Hello)) {
      inside.close(CloseCode.PROTOCOL); // H-031
      return;
    }
    frame.accept(checks);
  }

  /**
   * Counts something that came in.
   *
   * @return false when that was too much, and the connection is closed
   */
  public boolean count(long nowNanos) {
    now = nowNanos;
    return !ended && (meters.frames.take(1, now) == 0 || warn());
  }

  /** Nothing is admitted any more. */
  public void end() {
    ended = true;
  }

  /** Ends what waited too long for its HELLO, or outlived its ticket. */
  public void sweep(long nowNanos) {
    if (pass == null) {
      if (!greeted && nowNanos - openedNanos >= limits.times().hello().toNanos()) {
        inside.close(CloseCode.HELLO_TIMEOUT); // H-033
      }
    } else if (expiresAtMillis <= checker.nowMillis()) {
      inside.close(CloseCode.TICKET_EXPIRED); // H-038
    }
  }

  private void take(Pass checked) {
    pass = checked;
    expiresAtMillis = checked.ticket().expiresAt().toEpochMilli();
  }

  private boolean warn() {
    if (meters.warnings.take(1, now) == 0) {
      return true;
    }
    inside.close(CloseCode.FLOOD); // H-049
    return false;
  }

  /** Checks a ticket, with the gate shut until it is done. */
  private void check(String token, java.util.function.Consumer<Pass> good, Refused refused) {
    Future<Pass> checked = checker.check(token);
    if (!checked.isComplete()) {
      inside.checking(true);
    }
    checked.onComplete(
        done -> {
          if (ended) {
            return;
          }
          if (done.succeeded()) {
            good.accept(done.result());
          } else {
            refused.because(
                done.cause() instanceof Rejection rejection
                    ? rejection.code()
                    : ErrorCode.UNAVAILABLE);
          }
          if (!ended) {
            inside.checking(false);
          }
        });
  }

  private interface Refused {
    void because(ErrorCode code);
  }

  private final class Checks implements ClientFrame.Visitor<Boolean> {
    @Override
    public Boolean hello(ClientFrame.Hello frame) {
      if (greeted) {
        inside.close(CloseCode.PROTOCOL); // H-032
        return false;
      }
      greeted = true;
      check(
          frame.ticket(),
          checked -> {
            if (checker.isRevoked(checked.ticket().session())) {
              inside.close(CloseCode.REVOKED); // H-037
              return;
            }
            take(checked);
            inside.admitted(new AdmittedFrame.Hello(checked));
          },
          code -> {
            switch (code) {
              case TICKET_EXPIRED -> inside.close(CloseCode.TICKET_EXPIRED); // H-035
              case OVERLOADED -> inside.close(CloseCode.OVERLOADED); // H-036
              case TICKET_INVALID -> inside.close(CloseCode.TICKET_INVALID); // H-034
              default -> inside.close(CloseCode.INTERNAL);
            }
          });
      return true;
    }

    @Override
    public Boolean renew(ClientFrame.Renew frame) {
      long wait = meters.renewals.take(1, now);
      if (wait > 0) {
        return limited(HubFrame.Request.TICKET, NO_ROOM, MessageId.NONE, wait); // H-048
      }
      check(
          frame.ticket(),
          checked -> {
            if (checker.isRevoked(checked.ticket().session())) {
              inside.close(CloseCode.REVOKED); // H-037
            } else if (isSuccessor(checked)) {
              take(checked);
              inside.admitted(new AdmittedFrame.Renew(checked));
            } else {
              reject(HubFrame.Request.TICKET, NO_ROOM, MessageId.NONE, ErrorCode.TICKET_INVALID);
            }
          },
          code -> reject(HubFrame.Request.TICKET, NO_ROOM, MessageId.NONE, code));
      return true;
    }

    /** H-039. */
    private boolean isSuccessor(Pass checked) {
      Pass current = pass;
      return current != null
          && checked.ticket().session().equals(current.ticket().session())
          && !checked.ticket().issuedAt().isBefore(current.ticket().issuedAt());
    }

    @Override
    public Boolean join(ClientFrame.Join frame) {
      List<AdmittedFrame.Wanted> wanted = new ArrayList<>(frame.requests().size());
      boolean warned = false;
      for (ClientFrame.Join.Request request : frame.requests()) {
        long wait = meters.joins.take(1, now);
        if (wait > 0) {
          if (!warned && !warn()) {
            return false;
          }
          warned = true;
          inside.reject(
              Meters.limited( // H-045
                  HubFrame.Request.JOIN, request.room(), MessageId.NONE, wait));
          continue;
        }
        Grant grant = grant(HubFrame.Request.JOIN, request.room(), MessageId.NONE, Right.READ);
        if (grant != null) {
          wanted.add(new AdmittedFrame.Wanted(request, grant));
        }
      }
      if (!wanted.isEmpty()) {
        inside.admitted(new AdmittedFrame.Join(wanted));
      }
      return true;
    }

    @Override
    public Boolean leave(ClientFrame.Leave frame) {
      inside.admitted(new AdmittedFrame.Leave(frame));
      return true;
    }

    @Override
    public Boolean publish(ClientFrame.Publish frame) {
      long wait = meters.publishes.take(1, now);
      if (wait > 0) {
        return limited(HubFrame.Request.PUBLISH, frame.room(), frame.id(), wait); // H-046
      }
      Grant grant = grant(HubFrame.Request.PUBLISH, frame.room(), frame.id(), Right.PUBLISH);
      if (grant != null) {
        inside.admitted(new AdmittedFrame.Publish(frame, grant));
      }
      return grant != null;
    }

    @Override
    public Boolean signal(ClientFrame.Signal frame) {
      long wait = meters.signals.take(1, now);
      if (wait > 0) {
        return limited(HubFrame.Request.SIGNAL, frame.room(), MessageId.NONE, wait); // H-047
      }
      Grant grant = grant(HubFrame.Request.SIGNAL, frame.room(), MessageId.NONE, Right.SIGNAL);
      if (grant != null) {
        inside.admitted(new AdmittedFrame.Signal(frame, grant));
      }
      return grant != null;
    }

    @Override
    public Boolean ping(ClientFrame.Ping frame) {
      inside.admitted(new AdmittedFrame.Ping(frame));
      return true;
    }

    private @Nullable Grant grant(
        HubFrame.Request request, RoomId room, MessageId id, Right right) {
      Pass current = pass;
      Grant grant = current == null ? null : current.grant(room);
      if (grant == null) {
        reject(request, room, id, ErrorCode.UNKNOWN_ROOM); // H-040
        return null;
      }
      if (!grant.rights().contains(right)) {
        reject(request, room, id, ErrorCode.NOT_PERMITTED); // H-041, H-042, H-043
        return null;
      }
      return grant;
    }

    private boolean limited(HubFrame.Request request, RoomId room, MessageId id, long waitNanos) {
      if (warn()) {
        inside.reject(Meters.limited(request, room, id, waitNanos));
      }
      return false;
    }

    private void reject(HubFrame.Request request, RoomId room, MessageId id, ErrorCode code) {
      inside.reject(new HubFrame.Reject(request, room, id, code, 0));
    }
  }
}
