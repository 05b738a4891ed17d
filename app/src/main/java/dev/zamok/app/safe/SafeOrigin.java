package dev.zamok.app.safe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zamok.app.UserError;
import dev.zamok.app.chat.show.JsonLines;
import dev.zamok.app.chat.show.Visible;
import dev.zamok.client.contact.Contact;
import dev.zamok.client.safe.Safe;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Whose safe it is. Anybody may put others into a safe of his and call it as they call theirs: only
 * the verified chain tells who made it.
 */
final class SafeOrigin {
  private final Desk desk;

  SafeOrigin(Desk desk) {
    this.desk = desk;
  }

  /** One safe in a list. */
  String line(Safe safe, String name) {
    String role = desk.on(safe.role()).name().toLowerCase(Locale.ROOT);
    Optional<Contact> other = otherMaker(safe);
    if (desk.json()) {
      ObjectNode line =
          JsonLines.object("safe")
              .put("safe", safe.id().toString())
              .put("name", name)
              .put("role", role);
      other.ifPresent(
          maker ->
              line.put("madeBy", maker.login())
                  .put("makerFingerprint", maker.fingerprint().toString()));
      return JsonLines.write(line);
    }
    return Visible.line(name)
        + "  "
        + safe.id()
        + "  you are "
        + role
        + other.map(maker -> "  made by " + text(maker)).orElse("");
  }

  private Optional<Contact> otherMaker(Safe safe) {
    return desk.on(safe.creator()).filter(maker -> !desk.isSelf(maker));
  }

  private static String text(Contact maker) {
    return Visible.line(maker.login()) + " " + maker.fingerprintText();
  }

  /** Fails with {@link UserError} unless its user means it. */
  void requireMeant(Safe safe, boolean byId) {
    if (desk.on(safe.isKnown())) {
      return;
    }
    if (!byId) {
      String whose =
          "that safe, "
              + safe.id()
              + ", was made by "
              + otherMaker(safe).map(SafeOrigin::text).orElse("somebody unknown");
      if (!desk.around().asker().isThere()) {
        throw new UserError(whose + ": if you mean it, name it by its id once", 2);
      }
      desk.note(whose);
      if (!desk.around().asker().confirms("Is it the one that you mean?")) {
        throw new UserError("nothing was done");
      }
    }
    desk.on(safe.confirm());
  }

  UserError several(List<Safe> found, String text) {
    StringBuilder words =
        new StringBuilder("several safes are called " + Visible.line(text) + ": use an id.");
    for (Safe safe : found) {
      words
          .append("\n  ")
          .append(safe.id())
          .append(otherMaker(safe).map(maker -> ", made by " + text(maker)).orElse(", yours"));
    }
    return new UserError(words.toString(), UserError.NOT_FOUND);
  }
}
