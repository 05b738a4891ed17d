package dev.zamok.load.traffic;

import dev.zamok.client.link.FrameTap;
import dev.zamok.load.audit.Wire;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.frame.ClientFrame;
import dev.zamok.protocol.frame.ClientFrames;
import dev.zamok.protocol.frame.HubFrame;
import dev.zamok.protocol.frame.HubFrames;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Sorts the frames of one client to the rooms they are about. Called on the client's loop. */
final class WireTap implements FrameTap {
  private static final int JOIN_TYPE = 2;

  private final Map<RoomId, SeatRecorder> seats = new ConcurrentHashMap<>();
  private final Map<RoomId, Position> resumed = new HashMap<>();

  void add(RoomId room, SeatRecorder recorder) {
    seats.put(room, recorder);
  }

  @Override
  public void frame(boolean outgoing, Bytes frame) {
    if (outgoing) {
      if (frame.get(0) == JOIN_TYPE
          && ClientFrames.decode(frame) instanceof ClientFrame.Join join) {
        join.requests().forEach(this::joining);
      }
    } else {
      incoming(HubFrames.decode(frame));
    }
  }

  private void joining(ClientFrame.Join.Request request) {
    Position after = request.resumeAfter();
    if (after == null) {
      resumed.remove(request.room());
    } else {
      resumed.put(request.room(), after);
    }
  }

  private void incoming(HubFrame frame) {
    if (frame instanceof HubFrame.Joined joined) {
      Position after = resumed.get(joined.room());
      note(joined.room(), new Wire.Joined(after, joined.head(), joined.recovery()));
    } else if (frame instanceof HubFrame.Entry sent) {
      note(sent.entry().room(), new Wire.Entry(HistoryPages.logged(sent.entry())));
    } else if (frame instanceof HubFrame.Gap gap) {
      note(gap.room(), new Wire.Gap(gap.from(), gap.to()));
    }
  }

  private void note(RoomId room, Wire what) {
    @Nullable SeatRecorder seat = seats.get(room);
    if (seat != null) {
      seat.wire(what);
    }
  }
}
