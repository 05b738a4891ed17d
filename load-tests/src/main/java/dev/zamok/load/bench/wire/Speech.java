package dev.zamok.load.bench.wire;

import dev.zamok.protocol.Position;
import org.jspecify.annotations.Nullable;

/** What a server understands. */
public abstract class Speech {
  Speech() {}

  abstract Peer peer(Seat seat, Peer.Events events, FlushQueue flushes);

  /** The reference. */
  public static Speech bare() {
    return new Speech() {
      @Override
      Peer peer(Seat seat, Peer.Events events, FlushQueue flushes) {
        return new BarePeer(seat, events, flushes);
      }
    };
  }

  /** A hub: rooms are joined live. */
  public static Speech zamok(RoomNames names) {
    return zamokFrom(names, null);
  }

  /** A hub: rooms are resumed after a position. */
  public static Speech resuming(RoomNames names, Position after) {
    return zamokFrom(names, after);
  }

  private static Speech zamokFrom(RoomNames names, @Nullable Position after) {
    return new Speech() {
      @Override
      Peer peer(Seat seat, Peer.Events events, FlushQueue flushes) {
        return new ZamokPeer(seat, events, flushes, names, after);
      }
    };
  }
}
