package dev.zamok.client.audit;

import dev.zamok.client.contact.Contact;
import dev.zamok.crypto.chain.Role;
import dev.zamok.protocol.ItemId;
import org.jspecify.annotations.Nullable;

/**
 * Something that somebody did in a safe, without its content.
 *
 * @param timeMillis as the author's clock said
 * @param folder path of the folder with rights of its own that it happened in; empty for the safe
 * @param author null for somebody whose card is not served any more
 * @param item that it is about, or null
 * @param version of the item, else 0
 * @param member whom it is about, or null
 * @param role that the member has from then on, or null
 */
public record AuditEvent(
    long timeMillis,
    String folder,
    @Nullable Contact author,
    Kind kind,
    @Nullable ItemId item,
    int version,
    @Nullable Contact member,
    @Nullable Role role) {

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
    LISTED,
    OPENED,
    EXPORTED
  }
}
