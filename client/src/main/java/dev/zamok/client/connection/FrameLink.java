package dev.zamok.client.connection;

import dev.zamok.client.link.FrameTap;
import dev.zamok.client.link.HubLink;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.frame.ClientFrame;
import dev.zamok.protocol.frame.ClientFrames;
import org.jspecify.annotations.Nullable;

/** Encodes what goes out over the link of the moment, and shows it to the tap. */
final class FrameLink {
  private final FrameTap tap;
  private @Nullable HubLink link;

  FrameLink(FrameTap tap) {
    this.tap = tap;
  }

  void open(HubLink opened) {
    link = opened;
  }

  void close() {
    HubLink current = link;
    if (current != null) {
      link = null;
      current.close();
    }
  }

  /** Dropped when there is no link. */
  void send(ClientFrame frame) {
    HubLink current = link;
    if (current != null) {
      Bytes bytes = ClientFrames.encode(frame);
      boolean credential = frame instanceof ClientFrame.Hello || frame instanceof ClientFrame.Renew;
      tap.frame(true, credential ? bytes.slice(0, 1) : bytes);
      current.send(bytes);
    }
  }

  void received(Bytes frame) {
    tap.frame(false, frame);
  }
}
