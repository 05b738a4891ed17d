package dev.zamok.client.safe;

import dev.zamok.client.contact.Contact;
import dev.zamok.crypto.chain.Role;
import dev.zamok.protocol.RoomId;

/**
 * Somebody who accepted an invitation and was let in by this session, with the secret of the safe.
 *
 * @param folders why he does not administer all folders, though his role says so; empty if he does,
 *     or is not to
 * @param late that he was let in before, by a program that was cut off then: he comes to administer
 *     the folders now
 */
public record Admitted(RoomId safe, Contact who, Role role, String folders, boolean late) {}
