package dev.zamok.client.room;

import dev.zamok.protocol.Position;

/**
 * Something a user should know of, though the room goes on.
 *
 * @param position of the entry concerned, zero when it is about none
 * @param text safe to show
 */
public record RoomWarning(Kind kind, Position position, String text) {
  /** What is wrong. */
  public enum Kind {
    /** An entry does not decrypt: its key is not, or no longer, available. */
    UNREADABLE,
    /** An entry claims an author or a right that it does not have, or is a repetition: refused. */
    REFUSED,
    /** A sender's numbers skip: something was withheld or is late. */
    HOLE,
    /** Entries are missing and could not be fetched: what is shown is not the whole. */
    INCOMPLETE,
    /** What the servers say contradicts what was verified before. Loud. */
    TAMPERED
  }

  public boolean isLoud() {
    return kind == Kind.TAMPERED || kind == Kind.REFUSED;
  }
}
