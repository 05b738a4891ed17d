package dev.zamok.client.audit;

import dev.zamok.client.contact.Contact;
import dev.zamok.crypto.chain.Role;
import dev.zamok.protocol.ItemId;
import dev.zamok.protocol.RoomId;
import org.jspecify.annotations.Nullable;

/**
 * Something that somebody did in a safe, without its content.
 *
 * @param timeMillis as the author's clock said
 * @param room that it happened in, the safe or a folder of it; null where more than one has the
 *     item that was opened, as ids are chosen by whoever writes
 * @param folder path of the folder with rights of its own that it happened in; empty for the safe,
 *     and where that is not certain
 * @param author null for somebody whose card is not served any more
 * @param item that it is about, or null
 * @param version of the item, else 0
 * @param member whom it is about, or null
 * @param role that the member has from then on, or null
 */
public record AuditEvent(
    long timeMillis,
    @Nullable RoomId room,
    String folder,
    @Nullable Contact author,
    Kind kind,
    @Nullable ItemId item,
    int version,
    @Nullable Contact member,
    @Nullable Role role) {

  /** Whether something was opened of which nobody can say where it lies. */
  public boolean isAmbiguous() {
    return room == null;
  }

  /** Those of the chain are as sure as the chain; the last three are what clients say. */
  public enum Kind {
    CREATED,
    SHARED,
    REMOVED,
    NEW_SECRET,
    FOLDER_ADDED,
    FOLDER_REMOVED,
    MOVED,
    INVITED,
    INVITATION_WITHDRAWN,
    INVITATION_TAKEN,
    WRITTEN,
    PURGED,
    /**
     * A folder that this device could follow is not served to it now: its admins took the right to
     * it away, or removed it and left it listed, or the server hides it, and what was done there.
     */
    FOLDER_WITHHELD,
    /**
     * A folder does not verify now: its admins or the server did that, and what was done there is
     * not shown.
     */
    FOLDER_BROKEN,
    LISTED,
    OPENED,
    EXPORTED
  }
}
