package dev.zamok.load.socket;

import dev.zamok.load.audit.Seat;
import dev.zamok.load.audit.Send;
import dev.zamok.load.audit.Send.Outcome;
import dev.zamok.load.audit.Wire;
import dev.zamok.load.traffic.HistoryPages;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.ErrorCode;
import dev.zamok.protocol.MessageId;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.frame.ClientFrame;
import dev.zamok.protocol.frame.ClientFrames;
import dev.zamok.protocol.frame.HubFrame;
import dev.zamok.protocol.frame.HubFrame.Recovery;
import dev.zamok.protocol.frame.HubFrames;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A client of the hub in one room, whose sockets, one after the other, somebody else has: makes the
 * frames to be sent, is handed those that came, and writes everything down for the audit. One
 * message at a time. Thread-safe; never blocks.
 */
public final class SocketUser {
  private final Pass pass;
  private final Line line;
  private final List<Wire> wire = new ArrayList<>();
  private final List<Send> sends = new ArrayList<>();
  private @Nullable Position resumed;
  private @Nullable Unanswered unanswered;
  private boolean welcome;
  private boolean in;
  private boolean out;
  private int pings;

  /** A message without its final answer. */
  private record Unanswered(String words, Bytes envelope, MessageId id, long startNanos) {}

  public SocketUser(Pass pass, Repair repair) {
    this.pass = pass;
    this.line = new Line(repair, this, pass.epoch());
  }

  public String name() {
    return pass.name();
  }

  public long number() {
    return pass.number();
  }

  RoomId room() {
    return pass.room();
  }

  /** The first frame of a new connection. */
  public synchronized byte[] hello() {
    welcome = false;
    in = false;
    return encoded(new ClientFrame.Hello(pass.ticket()));
  }

  /** The second one: goes on after what was shown last. */
  public synchronized byte[] join() {
    resumed = line.last();
    ClientFrame.Join.Request request =
        new ClientFrame.Join.Request(pass.room(), resumed, line.epoch());
    return encoded(new ClientFrame.Join(List.of(request)));
  }

  public synchronized byte[] ping() {
    return encoded(new ClientFrame.Ping(++pings));
  }

  /**
   * Makes up the next message, to be sent by {@link #publish}.
   *
   * @param words no two messages of a run have the same
   * @param bytes of the envelope, at least
   */
  public synchronized void compose(String words, int bytes) {
    if (unanswered != null) {
      throw new IllegalStateException("one message at a time");
    }
    MessageId id = new MessageId(pass.number(), sends.size() + 1L);
    unanswered = new Unanswered(words, Envelope.of(words, bytes), id, System.nanoTime());
  }

  /** Whether the message has no final answer yet: send it (again). */
  public synchronized boolean isUnanswered() {
    return unanswered != null;
  }

  /** The message that has no answer, under the epoch that is current now. */
  public synchronized byte[] publish() {
    Unanswered message = unanswered;
    if (message == null) {
      throw new IllegalStateException("compose a message first");
    }
    return encoded(
        new ClientFrame.Publish(pass.room(), message.id(), line.epoch(), message.envelope()));
  }

  private static byte[] encoded(ClientFrame frame) {
    return ClientFrames.encode(frame).toByteArray();
  }

  public synchronized boolean isWelcome() {
    return welcome;
  }

  /** Whether this connection is in the room. */
  public synchronized boolean isIn() {
    return in;
  }

  /** Whether the membership has ended. */
  public synchronized boolean isOut() {
    return out;
  }

  /** Whether everything up to {@code position} was shown, and nothing is being repaired. */
  public synchronized boolean hasAllUpTo(Position position) {
    Position last = line.last();
    return last != null && !position.isAfter(last) && !line.isRepairing();
  }

  /** The hub's answer to the message that was sent, or to nothing. */
  public static boolean isAnswer(byte[] frame) {
    HubFrame decoded = HubFrames.decode(Bytes.copyOf(frame));
    return decoded instanceof HubFrame.Ack
        || (decoded instanceof HubFrame.Reject reject
            && reject.request() == HubFrame.Request.PUBLISH);
  }

  /** The next frame that came over the connection. */
  public synchronized void received(byte[] frame) {
    HubFrame decoded = HubFrames.decode(Bytes.copyOf(frame));
    if (decoded instanceof HubFrame.Welcome) {
      welcome = true;
    } else if (decoded instanceof HubFrame.Joined joined) {
      in = true;
      wire.add(new Wire.Joined(resumed, joined.head(), joined.recovery()));
      line.joined(joined.head(), joined.recovery() == Recovery.COMPLETE, joined.epoch());
    } else if (decoded instanceof HubFrame.Entry sent) {
      wire.add(new Wire.Entry(HistoryPages.logged(sent.entry())));
      line.entry(sent.entry());
    } else if (decoded instanceof HubFrame.Gap gap) {
      wire.add(new Wire.Gap(gap.from(), gap.to()));
      line.gap(gap.to());
    } else if (decoded instanceof HubFrame.Evicted) {
      out = true;
    } else if (decoded instanceof HubFrame.Ack ack) {
      answered(ack.id(), Outcome.ACKNOWLEDGED, ack.position());
    } else if (decoded instanceof HubFrame.Reject reject) {
      rejected(reject);
    }
  }

  private void rejected(HubFrame.Reject reject) {
    ErrorCode code = reject.code();
    if (reject.request() == HubFrame.Request.PUBLISH && !code.retry()) {
      answered(reject.id(), Outcome.REFUSED, Position.ZERO);
    }
    out |= code == ErrorCode.EVICTED || code == ErrorCode.UNKNOWN_ROOM;
  }

  private void answered(MessageId id, Outcome outcome, Position position) {
    Unanswered message = unanswered;
    if (message != null && message.id().equals(id)) {
      sends.add(
          new Send(message.words(), outcome, position, message.startNanos(), System.nanoTime()));
      unanswered = null;
    }
  }

  /** Where the last acknowledged message stands, {@link Position#ZERO} when there is none. */
  public synchronized Position newestSent() {
    return sends.isEmpty() ? Position.ZERO : sends.get(sends.size() - 1).position();
  }

  synchronized int answered() {
    return sends.size();
  }

  /** Everything so far. A message without an answer has an unknown outcome. */
  public synchronized Seat seat() {
    List<Send> all = new ArrayList<>(sends);
    Unanswered message = unanswered;
    if (message != null) {
      all.add(
          new Send(
              message.words(),
              Outcome.UNKNOWN,
              Position.ZERO,
              message.startNanos(),
              System.nanoTime()));
    }
    return new Seat(pass.name(), pass.room(), pass.tag(), wire, line.seen(), all);
  }
}
