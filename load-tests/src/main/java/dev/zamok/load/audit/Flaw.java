package dev.zamok.load.audit;

/** A promise that was broken. */
public enum Flaw {
  /** Acknowledged, and not in history. */
  LOST,
  /** Twice in history, or twice shown to one client. */
  DOUBLED,
  /** Not where the acknowledgement said. */
  MISPLACED,
  /** Refused for certain, and in the log all the same. */
  REFUSED_BUT_LOGGED,
  /** History or a client has another order than the log. */
  OUT_OF_ORDER,
  /** History leaves out what its own links name. */
  HISTORY_BROKEN,
  /** Two contents at one position of a room. */
  TWO_CONTENTS,
  /** Shown to a client, and not in history. */
  PHANTOM,
  /** In history, and a member of that time neither has it nor was told. */
  NEVER_DELIVERED,
  /** A member was told that something is missing, and it never came. */
  NOT_REPAIRED,
  /** The hub said that a resumed room is complete, and it was not. */
  FALSE_RECOVERED,
  /** A message went past a rekey or an eviction. */
  OVERTAKEN,
  /** Something reached a removed member, or came from him. */
  LEAKED,
  /** A client could not open or verify something. */
  ALARM
}
