package dev.zamok.client.safe;

import dev.zamok.client.contact.Contact;
import org.jspecify.annotations.Nullable;

/**
 * Who has to do with a folder.
 *
 * @param administers whether he changes its members
 * @param proposed what somebody who cannot read wants him to have; it is up to one who reads and
 *     administers to give it
 */
public record FolderMember(
    Contact contact, FolderRight right, boolean administers, @Nullable FolderRight proposed) {}
