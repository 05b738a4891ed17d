package dev.zamok.client.link;

import dev.zamok.protocol.Bytes;

/**
 * Sees the raw frames of a client, as the hub does: for audits and demonstrations. Called on the
 * client's loop; must not block. HELLO and TICKET frames hold a credential and are passed on with
 * their type alone.
 */
@FunctionalInterface
public interface FrameTap {
  FrameTap NONE = (outgoing, frame) -> {};

  void frame(boolean outgoing, Bytes frame);
}
