package dev.zamok.crypto.message;

import dev.zamok.crypto.chain.ChainHead;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.DeviceId;
import dev.zamok.protocol.Position;

/**
 * What a member says. The record hides its content from {@link #toString}.
 *
 * @param device of the sender
 * @param seq grows by one per account, device and kind, from 1
 * @param timeMillis as the sender claims, milliseconds since 1970
 * @param chain the newest statement the sender had verified; {@link ChainHead#NONE} in managed
 *     rooms
 * @param seen the newest position of the room the sender had seen
 * @param content at most {@link MessageEnvelope#CONTENT_BYTES_MAX} bytes
 */
public record Message(
    DeviceId device, long seq, long timeMillis, ChainHead chain, Position seen, Bytes content) {
  public Message {
    if (seq < 1 || timeMillis < 0) {
      throw new IllegalArgumentException("sequence number or time out of range");
    }
    if (content.size() > MessageEnvelope.CONTENT_BYTES_MAX) {
      throw new IllegalArgumentException("content of " + content.size() + " bytes");
    }
  }

  @Override
  public String toString() {
    return "Message[" + device + ", " + seq + ", " + content + "]";
  }
}
