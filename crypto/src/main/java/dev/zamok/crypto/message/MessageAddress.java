package dev.zamok.crypto.message;

import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.MessageId;

/**
 * What the frame around an envelope says of it; room, epoch and generation come with the key.
 *
 * @param tag the member who sends
 * @param id {@link MessageId#NONE} exactly for signals
 */
public record MessageAddress(EnvelopeKind kind, MemberTag tag, MessageId id) {
  public MessageAddress {
    if ((kind == EnvelopeKind.SIGNAL) != id.equals(MessageId.NONE)) {
      throw new IllegalArgumentException("messages have an id, signals have none");
    }
  }

  public static MessageAddress message(MemberTag tag, MessageId id) {
    return new MessageAddress(EnvelopeKind.MESSAGE, tag, id);
  }

  public static MessageAddress signal(MemberTag tag) {
    return new MessageAddress(EnvelopeKind.SIGNAL, tag, MessageId.NONE);
  }
}
