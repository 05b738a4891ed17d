package dev.zamok.crypto.chain;

import dev.zamok.protocol.RoomId;

/**
 * A folder as the chain of its parent knows it.
 *
 * @param head of the folder's chain when it was added: a chain without that statement is not the
 *     folder's
 * @param added the statement that added it, which the folder names when it moves here
 */
public record ChainFolder(RoomId room, ChainHead head, ChainHead added) {}
