package dev.zamok.client.room;

/** What became of a room in which this account is by a card that it replaced. */
public enum Readmission {
  /** It is not. */
  NOTHING,
  /** It is there by its newest card alone, and the room has a new secret. */
  DONE,
  /** Somebody who administers the room must add it again. */
  WAITS
}
