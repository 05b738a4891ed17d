package dev.zamok.load.traffic;

import dev.zamok.client.link.HubLink;
import dev.zamok.load.traffic.LiveTicket.Use;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.ErrorCode;
import dev.zamok.protocol.MessageId;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.frame.HubFrame;
import dev.zamok.protocol.frame.HubFrames;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** What a hub answered to somebody who joined a room, and perhaps said something in it. */
final class Hearing implements HubLink.Receiver {
  private final RoomId room;
  private final @Nullable MessageId said;
  private final List<HubFrame> frames = new CopyOnWriteArrayList<>();
  private volatile boolean closed;

  /**
   * @param said null when he only joined
   */
  Hearing(RoomId room, @Nullable MessageId said) {
    this.room = room;
    this.said = said;
  }

  @Override
  public void received(Bytes frame) {
    frames.add(HubFrames.decode(frame));
  }

  @Override
  public void closed(int code) {
    closed = true;
  }

  boolean isDecided() {
    return closed || use() != Use.NO_ANSWER;
  }

  Use use() {
    if (frames.stream().anyMatch(Hearing::letsIn)) {
      return Use.LET_IN;
    }
    boolean joinRefused = false;
    boolean saidRefused = said == null;
    for (HubFrame frame : frames) {
      if (frame instanceof HubFrame.Evicted out) {
        joinRefused |= out.room().equals(room) && out.code() == ErrorCode.EVICTED;
      } else if (frame instanceof HubFrame.Reject reject && reject.room().equals(room)) {
        if (!isOfSomebodyOut(reject)) {
          return Use.REFUSED;
        }
        joinRefused |= reject.request() == HubFrame.Request.JOIN;
        saidRefused |= said != null && reject.id().equals(said);
      }
    }
    return joinRefused && saidRefused ? Use.SHUT_OUT : Use.NO_ANSWER;
  }

  private static boolean letsIn(HubFrame frame) {
    return frame instanceof HubFrame.Joined
        || frame instanceof HubFrame.Entry
        || frame instanceof HubFrame.Ack;
  }

  /** He is told why he may not join; what he says all the same is said from outside. */
  private static boolean isOfSomebodyOut(HubFrame.Reject reject) {
    return reject.code() == ErrorCode.EVICTED
        || (reject.request() == HubFrame.Request.PUBLISH && reject.code() == ErrorCode.NOT_JOINED);
  }
}
