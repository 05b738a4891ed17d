package dev.zamok.crypto.chain;

import dev.zamok.crypto.Hash;
import dev.zamok.crypto.identity.Card;
import dev.zamok.protocol.RoomId;

/**
 * One generation of a group: as its own chain names it, or as another room believes it.
 *
 * @param statement the hash of the statement of the group's chain that named the card
 */
public record ChainGroup(RoomId group, int g, Hash statement, Card card) {}
