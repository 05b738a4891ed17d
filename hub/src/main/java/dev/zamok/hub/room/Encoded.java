package dev.zamok.hub.room;

import dev.zamok.hub.endpoint.FrameTap;
import dev.zamok.hub.endpoint.Framing;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.Entry;
import dev.zamok.protocol.frame.HubFrame;
import dev.zamok.protocol.frame.HubFrames;
import org.jspecify.annotations.Nullable;

/**
 * An entry as it goes over the wire, WebSocket header included; made once per event loop.
 *
 * @param frame not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; a copy for each reader would cost most
record Encoded(Entry entry, byte[] frame) {
  static Encoded of(Entry entry, @Nullable FrameTap tap) {
    Bytes message = HubFrames.encode(new HubFrame.Entry(entry));
    if (tap != null) {
      tap.onOutbound(message);
    }
    return new Encoded(entry, Framing.binary(message));
  }
}
