package dev.zamok.client.safe;

import dev.zamok.client.audit.AuditEvent;
import dev.zamok.protocol.RoomId;
import org.jspecify.annotations.Nullable;

/** Something that happened in a safe: see {@link SafeChanges}. */
public sealed interface SafeChange {
  <R> R accept(Visitor<R> visitor);

  /** One for each kind. */
  interface Visitor<R> {
    R said(Said change);

    R secret(OfSecret change);

    R folder(OfFolder change);
  }

  /**
   * About members, invitations, secrets of rooms, folders: what a statement of the verified chain
   * says.
   */
  record Said(AuditEvent event) implements SafeChange {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.said(this);
    }
  }

  /**
   * A version of a secret, or its end.
   *
   * @param event what the verified chain says of it
   * @param before the newest version that was known before it; null for none
   * @param now the version itself; null where it cannot be read, and once it is gone
   */
  record OfSecret(AuditEvent event, Fate fate, @Nullable SafeItem before, @Nullable SafeItem now)
      implements SafeChange {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.secret(this);
    }
  }

  /** What became of a secret. */
  enum Fate {
    ADDED,
    CHANGED,
    TRASHED,
    RESTORED,
    /** Sealed anew, nothing else, as its author says. */
    RESEALED,
    PURGED,
    /** Removed for good before it could be fetched. */
    OUTLIVED,
    /** Its author sealed something that nobody can open. */
    UNREADABLE,
    /** The server gave something else than its author signed, or withholds it. Loud. */
    UNVERIFIED
  }

  /**
   * What this member sees of a folder with rights of its own.
   *
   * @param path from the safe on, now, or where it lay last
   * @param before where it lay before; as {@code path} unless it was moved
   */
  record OfFolder(RoomId id, Turn turn, String path, String before) implements SafeChange {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.folder(this);
    }

    /** Hides the paths. */
    @Override
    public String toString() {
      return "OfFolder[" + id + ", " + turn + "]";
    }
  }

  /** What became of a folder. */
  enum Turn {
    /** This member reads it from now on. */
    OPENED,
    /** He does not read it any more: its admins took the right away, or the server hides it. */
    CLOSED,
    /** It is there, and he does not read it. */
    LISTED,
    /** It is not listed any more: removed, or moved into another safe. */
    GONE,
    MOVED
  }
}
