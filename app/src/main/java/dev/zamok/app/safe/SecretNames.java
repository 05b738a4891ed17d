package dev.zamok.app.safe;

import dev.zamok.app.UserError;
import dev.zamok.app.chat.show.Visible;
import dev.zamok.client.safe.Safe;
import dev.zamok.client.safe.SafeContents;
import dev.zamok.client.safe.SafeItem;
import dev.zamok.protocol.ItemId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds secrets of one safe by what people type. */
final class SecretNames {
  private final Desk desk;
  private final Safe safe;

  SecretNames(Desk desk, Safe safe) {
    this.desk = desk;
    this.safe = safe;
  }

  /**
   * By name, folder/name or id; those in the trash by id, or where no other has the name. Fails
   * with {@link UserError} when there is none, or several.
   */
  Desk.Found named(String text) {
    List<Desk.Found> live = new ArrayList<>();
    List<Desk.Found> trashed = new ArrayList<>();
    for (Desk.Found found : read(false)) {
      if (found.item().id().toString().equals(text)) {
        return found;
      }
      if (found.secret().name().equals(text) || Desk.path(found).equals(text)) {
        (found.item().trashed() ? trashed : live).add(found);
      }
    }
    List<Desk.Found> all = live.isEmpty() ? trashed : live;
    if (all.isEmpty()) {
      String none = "there is no secret called " + Visible.line(text);
      // Nobody is to take it for sure that there is none, and make another.
      throw desk.broken().any(safe)
          ? new UserError(
              none + " in what verifies: it may be in a folder that does not",
              UserError.DOES_NOT_VERIFY)
          : new UserError(none, UserError.NOT_FOUND);
    }
    if (all.size() > 1) {
      throw new UserError(
          "several are called " + Visible.line(text) + ": use the id, which list --json shows",
          UserError.NOT_FOUND);
    }
    return all.get(0);
  }

  /** See {@link Desk#whole}. */
  List<Desk.Found> whole() {
    return read(true);
  }

  private List<Desk.Found> read(boolean whole) {
    SafeContents contents = desk.on(safe.items().contents());
    List<Desk.Found> found = new ArrayList<>();
    UnreadLines unread = new UnreadLines(desk, safe);
    contents.unreadable().forEach(one -> unread.add(one.id(), one.version()));
    for (SafeItem item : contents.items()) {
      desk.opened(item).ifPresentOrElse(found::add, () -> unread.add(item.id(), item.version()));
    }
    unread.tell(whole);
    if (whole) {
      desk.broken().lacking(safe);
    }
    return found;
  }

  /** One version of a secret. Fails with {@link UserError} when there is none. */
  SafeItem version(ItemId id, int number) {
    return desk.on(safe.items().versions(id)).stream()
        .filter(item -> item.version() == number)
        .findFirst()
        .orElseThrow(
            () -> new UserError("name an earlier version: --version-number", UserError.NOT_FOUND));
  }

  /** What cannot be read in its newest version, by its id. */
  Optional<ItemId> lost(String text) {
    SafeContents contents = desk.on(safe.items().contents());
    return Stream.concat(
            contents.unreadable().stream().map(SafeContents.Unreadable::id),
            contents.items().stream().filter(item -> desk.opened(item).isEmpty()).map(SafeItem::id))
        .filter(id -> id.toString().equals(text))
        .findFirst();
  }

  /** What nobody can open, by its id; it has no name. */
  Optional<SafeContents.Unreadable> unreadable(String text) {
    return desk.on(safe.items().contents()).unreadable().stream()
        .filter(one -> one.id().toString().equals(text))
        .findFirst();
  }

  /** What opens, but says nothing that a secret says; by its id. */
  Optional<SafeItem> garbled(String text) {
    return desk.on(safe.items().contents()).items().stream()
        .filter(item -> item.id().toString().equals(text) && desk.opened(item).isEmpty())
        .findFirst();
  }
}
