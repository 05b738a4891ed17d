package dev.zamok.client.room;

/** How a room fares. */
public enum RoomState {
  /** Joined, with current keys: entries come and messages go. */
  LIVE,
  /** The connection is lost or being made; it comes back by itself. */
  CONNECTING,
  /** Something is missing and being fetched; entries wait behind it. */
  REPAIRING,
  /** Somebody left: nobody sends until a member has made the next secret. */
  OWES_GENERATION,
  /** The keys cannot be brought up to date: sending stopped. */
  KEYS_BEHIND,
  /** This account is no member any more. */
  REMOVED,
  /** The session ended or was refused for good. */
  ENDED
}
