package dev.zamok.authority.epoch;

import dev.zamok.crypto.Hash;
import dev.zamok.protocol.RoomId;

/**
 * What a room gives to its next epoch.
 *
 * @param g the generation of its secret
 * @param commit to that secret
 * @param chain the hash of the newest statement; {@link Hash#ZERO} for managed rooms
 * @param forgets whether shares and rekeys of past epochs are removed at once (history none)
 */
public record Basis(RoomId room, int g, Hash commit, Hash chain, boolean forgets) {}
