package dev.zamok.authority.room;

import dev.zamok.crypto.Hash;

/**
 * How far a room's own story has come: what its next epoch must reflect.
 *
 * @param generation of the room secret, from 1
 * @param commit to that secret
 * @param owesGeneration sealed rooms: somebody must make the next generation first
 * @param memberVersion the highest given out; managed rooms count here, sealed ones in the chain
 * @param chainLength how many statements were taken in; 0 in managed rooms
 * @param chainHead the hash of the last of them; zero in managed rooms
 */
public record Standing(
    int generation,
    Hash commit,
    boolean owesGeneration,
    int memberVersion,
    int chainLength,
    Hash chainHead) {}
