package dev.zamok.client.room;

import dev.zamok.protocol.Position;
import java.util.List;

/**
 * A page of history, oldest first, decrypted and verified.
 *
 * @param messages those that could be read
 * @param warnings about those that could not, and about what is missing between them
 * @param before ask for the page before this one with it; {@link Position#ZERO} when there is none
 */
public record HistoryView(List<RoomMessage> messages, List<RoomWarning> warnings, Position before) {
  public HistoryView {
    messages = List.copyOf(messages);
    warnings = List.copyOf(warnings);
  }
}
