package dev.zamok.load.faults;

/** What is done to some room while a fault lasts; it must get through in the end. */
enum Change {
  /** Nothing. */
  NONE,
  /** One of the others, in turn. */
  ANY,
  /** A member is removed. */
  REMOVAL,
  /** The keys roll on. */
  RATCHET,
  /** The authority's share is made anew. */
  RESET
}
