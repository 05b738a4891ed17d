package dev.zamok.hub.admission;

import dev.zamok.protocol.frame.ClientFrame;
import dev.zamok.protocol.ticket.Grant;
import java.util.List;

/**
 * A frame that passed every check its ticket, its rights and its rate demand. Only this package
 * makes them, so that no check can be skipped. What depends on the state of a room is still to be
 * checked there.
 */
public sealed interface AdmittedFrame {
  <R> R accept(Visitor<R> visitor);

  /** The first ticket of the connection. */
  final class Hello implements AdmittedFrame {
    private final Pass pass;

    Hello(Pass pass) {
      this.pass = pass;
    }

    public Pass pass() {
      return pass;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.hello(this);
    }
  }

  /** A newer ticket of the same session. */
  final class Renew implements AdmittedFrame {
    private final Pass pass;

    Renew(Pass pass) {
      this.pass = pass;
    }

    public Pass pass() {
      return pass;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.renew(this);
    }
  }

  /** Rooms that the ticket lets its holder read. */
  final class Join implements AdmittedFrame {
    private final List<Wanted> wanted;

    Join(List<Wanted> wanted) {
      this.wanted = List.copyOf(wanted);
    }

    public List<Wanted> wanted() {
      return wanted;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.join(this);
    }
  }

  /** One room of a {@link Join}. */
  final class Wanted {
    private final ClientFrame.Join.Request request;
    private final Grant grant;

    Wanted(ClientFrame.Join.Request request, Grant grant) {
      this.request = request;
      this.grant = grant;
    }

    public ClientFrame.Join.Request request() {
      return request;
    }

    public Grant grant() {
      return grant;
    }
  }

  /** Needs no right. */
  final class Leave implements AdmittedFrame {
    private final ClientFrame.Leave frame;

    Leave(ClientFrame.Leave frame) {
      this.frame = frame;
    }

    public ClientFrame.Leave frame() {
      return frame;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.leave(this);
    }
  }

  /** From one who may publish in the room. */
  final class Publish implements AdmittedFrame {
    private final ClientFrame.Publish frame;
    private final Grant grant;

    Publish(ClientFrame.Publish frame, Grant grant) {
      this.frame = frame;
      this.grant = grant;
    }

    public ClientFrame.Publish frame() {
      return frame;
    }

    public Grant grant() {
      return grant;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.publish(this);
    }
  }

  /** From one who may send signals in the room. */
  final class Signal implements AdmittedFrame {
    private final ClientFrame.Signal frame;
    private final Grant grant;

    Signal(ClientFrame.Signal frame, Grant grant) {
      this.frame = frame;
      this.grant = grant;
    }

    public ClientFrame.Signal frame() {
      return frame;
    }

    public Grant grant() {
      return grant;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.signal(this);
    }
  }

  /** Needs no right. */
  final class Ping implements AdmittedFrame {
    private final ClientFrame.Ping frame;

    Ping(ClientFrame.Ping frame) {
      this.frame = frame;
    }

    public ClientFrame.Ping frame() {
      return frame;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.ping(this);
    }
  }

  /** One method per frame, so that a new one breaks the build wherever it is unhandled. */
  interface Visitor<R> {
    R hello(Hello frame);

    R renew(Renew frame);

    R join(Join frame);

    R leave(Leave frame);

    R publish(Publish frame);

    R signal(Signal frame);

    R ping(Ping frame);
  }
}
