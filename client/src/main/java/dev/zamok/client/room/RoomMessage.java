package dev.zamok.client.room;

import dev.zamok.client.contact.Contact;
import dev.zamok.protocol.DeviceId;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.MessageId;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.content.Content;

/**
 * A message that was decrypted and whose author is verified. Its text form hides the content.
 *
 * @param tag of the author; with the id it is what replies and reactions name
 * @param timeMillis when the log took it, milliseconds since 1970
 * @param claimedMillis when the author says to have sent it
 * @param author by signature; a member who could write then
 * @param own whether this account wrote it, on this device or another
 */
public record RoomMessage(
    Position position,
    MessageId id,
    MemberTag tag,
    long timeMillis,
    long claimedMillis,
    Contact author,
    DeviceId device,
    long seq,
    Content content,
    boolean own) {
  @Override
  public String toString() {
    return "RoomMessage[" + position + ", " + id + ", " + author.login() + "]";
  }
}
