package dev.zamok.app.safe;

import dev.zamok.app.UserError;
import dev.zamok.app.chat.show.JsonLines;
import dev.zamok.client.safe.Safe;
import dev.zamok.protocol.ItemId;
import java.util.ArrayList;
import java.util.List;

/**
 * What of a safe nobody can read. Any writer can put such things there: they must neither hide
 * themselves from a list nor stand among the values that a script reads.
 */
final class UnreadLines {
  private record Lost(ItemId id, int version) {}

  private final Desk desk;
  private final Safe safe;
  private final List<Lost> all = new ArrayList<>();

  UnreadLines(Desk desk, Safe safe) {
    this.desk = desk;
    this.safe = safe;
  }

  void add(ItemId id, int version) {
    all.add(new Lost(id, version));
  }

  /**
   * @param whole whether it is about everything in the safe; else one line for people says that
   *     there are some
   */
  void tell(boolean whole) {
    if (all.isEmpty()) {
      return;
    }
    desk.note(
        "!!! "
            + all.size()
            + " secrets of "
            + safe.id()
            + " cannot be read: their authors did not keep to the format"
            + (whole ? "" : " (list shows which)"));
    if (whole) {
      all.forEach(this::tell);
      desk.flawed(UserError.UNREADABLE);
    }
  }

  private void tell(Lost one) {
    if (desk.json()) {
      desk.print(
          JsonLines.write(
              JsonLines.object("unreadable")
                  .put("safe", safe.id().toString())
                  .put("id", one.id().toString())
                  .put("version", one.version())));
    } else {
      desk.note(
          "!!! " + one.id() + "  version " + one.version() + ": restore or purge it by its id");
    }
  }
}
