package dev.zamok.app.chat.input;

import dev.zamok.crypto.chain.History;
import dev.zamok.crypto.chain.Role;
import java.util.Optional;

/** One line of a person at the terminal, understood. */
public sealed interface Input {
  <R> R accept(Visitor<R> visitor);

  /** Words for the current room. */
  record Say(String text) implements Input {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.say(this);
    }
  }

  /** A command that needs no more than its name. */
  record Plain(Word word) implements Input {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.plain(this);
    }
  }

  /** The names of {@link Plain} commands. */
  enum Word {
    NOTHING,
    HELP,
    ROOMS,
    CHANNELS,
    LEAVE,
    MEMBERS,
    WHO,
    QUIT
  }

  /** A new sealed room. */
  record NewRoom(String name, History history) implements Input {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.newRoom(this);
    }
  }

  /** A new managed room. */
  record NewChannel(String name, boolean open) implements Input {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.newChannel(this);
    }
  }

  /** Makes a room the current one; becomes a member of an open channel first. */
  record Join(String room) implements Input {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.join(this);
    }
  }

  /** A sealed room of two. */
  record Direct(String login) implements Input {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.direct(this);
    }
  }

  /** Into the current room; changes the role of a member. */
  record Invite(String login, Role role) implements Input {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.invite(this);
    }
  }

  /** From the current room. */
  record Remove(String login) implements Input {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.remove(this);
    }
  }

  /**
   * Shows a fingerprint.
   *
   * @param login empty for one's own
   */
  record ShowFingerprint(Optional<String> login) implements Input {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.fingerprint(this);
    }
  }

  /** The newest messages of the current room, at most so many. */
  record ShowHistory(int count) implements Input {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.history(this);
    }
  }

  /** New keys for the current room. */
  record Rotate(boolean reset) implements Input {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.rotate(this);
    }
  }

  /** Not understood. */
  record Wrong(String why) implements Input {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.wrong(this);
    }
  }

  /** One method per kind of line. */
  interface Visitor<R> {
    R say(Say input);

    R plain(Plain input);

    R newRoom(NewRoom input);

    R newChannel(NewChannel input);

    R join(Join input);

    R direct(Direct input);

    R invite(Invite input);

    R remove(Remove input);

    R fingerprint(ShowFingerprint input);

    R history(ShowHistory input);

    R rotate(Rotate input);

    R wrong(Wrong input);
  }
}
