package dev.zamok.app.group;

import dev.zamok.app.UserError;
import dev.zamok.app.chat.show.Visible;
import dev.zamok.app.login.Connected;
import dev.zamok.client.group.Group;
import dev.zamok.crypto.chain.Role;
import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.RoomId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds groups by what people type. */
public final class GroupNames {
  private final Connected connected;

  public GroupNames(Connected connected) {
    this.connected = connected;
  }

  /** By name or id. Fails with {@link UserError}. */
  Group named(String text) {
    return only(matching(text), text);
  }

  /**
   * By id, or by name if the account administers it: anybody may add others to a group of his own
   * and call it what he likes, and would be given what is shared with it.
   */
  public Group trusted(String text) {
    List<Group> found = matching(text);
    if (id(text).isPresent()) {
      return only(found, text);
    }
    List<Group> own =
        found.stream()
            .filter(group -> connected.waiting().on(group.role()).atLeast(Role.ADMIN))
            .toList();
    if (own.isEmpty() && !found.isEmpty()) {
      throw new UserError(
          "you do not administer the group called "
              + Visible.line(text)
              + ": make sure that it is the one you mean and use its id, which group list shows",
          UserError.NOT_FOUND);
    }
    return only(own, text);
  }

  /** The id that a text is, of a former group as well that a safe still has. */
  public Optional<RoomId> id(String text) {
    try {
      return Optional.of(RoomId.parse(text));
    } catch (MalformedException e) {
      return Optional.empty();
    }
  }

  /** Those that are called so or have that id. */
  private List<Group> matching(String text) {
    Optional<RoomId> id = id(text);
    List<Group> found = new ArrayList<>();
    for (Group group : connected.waiting().on(connected.session().groups().list())) {
      if (id.isPresent()
          ? group.id().equals(id.get())
          : credibleName(group).filter(text::equals).isPresent()) {
        found.add(group);
      }
    }
    return found;
  }

  /** One that does not verify must not close the others. */
  Optional<String> credibleName(Group group) {
    try {
      return Optional.of(connected.waiting().on(group.name()).orElse(group.id().toString()));
    } catch (UserError e) {
      if (e.exitCode() != UserError.DOES_NOT_VERIFY) {
        throw e;
      }
      return Optional.empty();
    }
  }

  private static Group only(List<Group> found, String text) {
    if (found.isEmpty()) {
      throw new UserError("there is no group called " + Visible.line(text), UserError.NOT_FOUND);
    }
    if (found.size() > 1) {
      throw new UserError(
          "several are called " + Visible.line(text) + ": use the id, which list --json shows",
          UserError.NOT_FOUND);
    }
    return found.get(0);
  }
}
