package dev.zamok.client.safe;

import dev.zamok.client.contact.Contact;
import dev.zamok.protocol.ItemId;
import dev.zamok.protocol.RoomId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is in a safe now.
 *
 * @param items oldest first, those in the trash included
 * @param unreadable whose authors did not keep to the format
 * @param broken folders that do not verify: what is in them is missing here
 */
public record SafeContents(
    List<SafeItem> items, List<Unreadable> unreadable, List<BrokenFolder> broken) {
  public SafeContents {
    items = List.copyOf(items);
    unreadable = List.copyOf(unreadable);
    broken = List.copyOf(broken);
  }

  /**
   * An item that its author sealed in a way nobody can open.
   *
   * @param room the safe, or the folder with rights of its own that it is in
   */
  public record Unreadable(ItemId id, int version, RoomId room, @Nullable Contact author) {}

  /** Those outside the trash. */
  public List<SafeItem> live() {
    return items.stream().filter(item -> !item.trashed()).toList();
  }
}
