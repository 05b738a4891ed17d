package dev.zamok.client.room;

import dev.zamok.client.contact.Contact;
import dev.zamok.protocol.content.Content;

/** A signal (typing, cursors) that was decrypted and whose author is verified. */
public record RoomSignal(Contact author, long claimedMillis, Content content) {
  @Override
  public String toString() {
    return "RoomSignal[" + author.login() + "]";
  }
}
