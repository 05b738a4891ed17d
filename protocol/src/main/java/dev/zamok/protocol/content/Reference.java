package dev.zamok.protocol.content;

import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.MessageId;

/**
 * A message of the same room. Its id alone does not name it: another member could choose the same.
 *
 * @param tag of its author; {@link MemberTag#NONE} if a server wrote it
 */
public record Reference(MemberTag tag, MessageId id) {
  public Reference {
    if (id.equals(MessageId.NONE)) {
      throw new MalformedException("C-010 reference to no message");
    }
  }
}
