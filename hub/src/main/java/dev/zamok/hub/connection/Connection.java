package dev.zamok.hub.connection;

import dev.zamok.hub.admission.AdmittedFrame;
import dev.zamok.hub.admission.Gate;
import dev.zamok.hub.admission.Pass;
import dev.zamok.hub.endpoint.WebSocket;
import dev.zamok.hub.endpoint.WebSocketListener;
import dev.zamok.hub.limit.HubLimits;
import dev.zamok.hub.metrics.Counter;
import dev.zamok.hub.room.Attendance;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.SessionId;
import dev.zamok.protocol.frame.CloseCode;
import dev.zamok.protocol.frame.HubFrame;
import dev.zamok.protocol.frame.HubFrames;
import org.jspecify.annotations.Nullable;

/**
 * One client connection: what comes in passes the {@link Gate}, and what was admitted goes to the
 * rooms. Belongs to one event loop.
 */
final class Connection implements WebSocketListener, Gate.Inside, AdmittedFrame.Visitor<Boolean> {
  private final ConnectionLoop loop;
  private final WebSocket socket;
  private final Gate gate;
  private @Nullable Attendance attendance;
  private long heardNanos;
  private boolean stuck;
  private long stuckSinceNanos;

  Connection(ConnectionLoop loop, WebSocket socket) {
    this.loop = loop;
    this.socket = socket;
    this.heardNanos = loop.nanos();
    this.gate = new Gate(loop.checker(), loop.limits(), this, heardNanos);
  }

  /** Null before it was admitted. */
  @Nullable SessionId session() {
    Pass pass = gate.pass();
    return pass == null ? null : pass.ticket().session();
  }

  @Override
  public void message(Bytes message) {
    heardNanos = loop.nanos();
    gate.receive(message, heardNanos);
  }

  @Override
  public void control() {
    heardNanos = loop.nanos();
    gate.count(heardNanos);
  }

  @Override
  public void writable(boolean writable) {
    if (!writable) {
      stuck = true;
      stuckSinceNanos = loop.nanos();
      socket.pause(WebSocket.Pause.NOT_WRITABLE);
      return;
    }
    stuck = false;
    // nothing was read meanwhile: that was not its silence
    heardNanos = loop.nanos();
    socket.resume(WebSocket.Pause.NOT_WRITABLE);
    if (attendance != null) {
      attendance.writable();
    }
  }

  @Override
  public void closed() {
    gate.end();
    loop.remove(this);
    if (attendance != null) {
      attendance.closed();
    }
  }

  @Override
  public void sweep(long nowNanos) {
    HubLimits.Times times = loop.limits().times();
    if (stuck && nowNanos - stuckSinceNanos >= times.stuck().toNanos()) {
      socket.close(CloseCode.TOO_SLOW); // H-054
    } else if (!stuck && gate.pass() != null && nowNanos - heardNanos >= times.idleNanos()) {
      socket.close(CloseCode.IDLE); // H-055
    } else {
      gate.sweep(nowNanos);
    }
  }

  @Override
  public void admitted(AdmittedFrame frame) {
    frame.accept(this);
  }

  @Override
  public void reject(HubFrame.Reject answer) {
    loop.metrics().rejected(answer.code());
    send(answer);
  }

  @Override
  public void close(CloseCode code) {
    socket.close(code);
  }

  @Override
  public void checking(boolean under) {
    if (under) {
      socket.pause(WebSocket.Pause.TICKET);
    } else {
      socket.resume(WebSocket.Pause.TICKET);
    }
  }

  @Override
  public Boolean hello(AdmittedFrame.Hello frame) {
    loop.metrics().count(Counter.HELLOS);
    attendance = loop.rooms().attend(socket, frame.pass().ticket().session());
    welcome(frame.pass());
    return true;
  }

  @Override
  public Boolean renew(AdmittedFrame.Renew frame) {
    attendance().renewed(frame.pass());
    welcome(frame.pass());
    return true;
  }

  @Override
  public Boolean join(AdmittedFrame.Join frame) {
    attendance().join(frame);
    return true;
  }

  @Override
  public Boolean leave(AdmittedFrame.Leave frame) {
    attendance().leave(frame.frame().room());
    return true;
  }

  @Override
  public Boolean publish(AdmittedFrame.Publish frame) {
    attendance().publish(frame);
    return true;
  }

  @Override
  public Boolean signal(AdmittedFrame.Signal frame) {
    attendance().signal(frame);
    return true;
  }

  @Override
  public Boolean ping(AdmittedFrame.Ping frame) {
    send(new HubFrame.Pong(frame.frame().nonce()));
    return true;
  }

  /** Only an admitted connection has frames that get here. */
  private Attendance attendance() {
    return java.util.Objects.requireNonNull(attendance);
  }

  private void welcome(Pass pass) {
    HubLimits limits = loop.limits();
    send(
        new HubFrame.Welcome(
            pass.ticket().connection(),
            new HubFrame.Limits(
                limits.sizes().frameBytesMax(),
                limits.counts().roomsPerConnectionMax(),
                limits.rates().publishes().perSecond(),
                limits.rates().joins().perSecond(),
                (int) limits.times().heartbeat().toSeconds()),
            pass.ticket().expiresAt().toEpochMilli()));
  }

  private void send(HubFrame frame) {
    socket.send(HubFrames.encode(frame));
  }
}
