package dev.zamok.app.safe;

import dev.zamok.app.UserError;
import dev.zamok.app.chat.show.JsonLines;
import dev.zamok.app.chat.show.Visible;
import dev.zamok.client.safe.Safe;
import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.RoomId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds safes by what people type. */
final class SafeNames {
  private final Desk desk;

  SafeNames(Desk desk) {
    this.desk = desk;
  }

  /** By name or id. Fails with {@link UserError} when there is none, or several. */
  Safe named(String text) {
    Optional<RoomId> id = id(text);
    List<Safe> found = new ArrayList<>();
    for (Safe safe : desk.safes()) {
      if (id.isPresent()
          ? safe.id().equals(id.get())
          : credible(safe).filter(text::equals).isPresent()) {
        found.add(safe);
      }
    }
    if (found.isEmpty()) {
      throw new UserError("there is no safe called " + Visible.line(text), UserError.NOT_FOUND);
    }
    if (found.size() > 1) {
      throw new SafeOrigin(desk).several(found, text);
    }
    return found.get(0);
  }

  /**
   * The name, if what others made of the safe can be believed. Anybody may let others into a safe
   * of his own: one that does not verify must not close the others.
   */
  Optional<String> credible(Safe safe) {
    try {
      return Optional.of(desk.name(safe));
    } catch (UserError e) {
      if (e.exitCode() != UserError.DOES_NOT_VERIFY) {
        throw e;
      }
      return Optional.empty();
    }
  }

  /** What is there to see of a safe; one that does not verify is named as such. */
  String line(Safe safe) {
    Optional<String> name = credible(safe);
    if (name.isEmpty()) {
      return desk.json()
          ? JsonLines.write(
              JsonLines.object("safe-that-does-not-verify").put("safe", safe.id().toString()))
          : "!!! does not verify  " + safe.id();
    }
    return new SafeOrigin(desk).line(safe, name.get());
  }

  private static Optional<RoomId> id(String text) {
    try {
      return Optional.of(RoomId.parse(text));
    } catch (MalformedException e) {
      return Optional.empty();
    }
  }
}
