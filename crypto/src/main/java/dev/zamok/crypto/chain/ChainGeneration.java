package dev.zamok.crypto.chain;

import dev.zamok.crypto.Hash;
import dev.zamok.crypto.identity.Fingerprint;
import dev.zamok.protocol.Bytes;

/**
 * A room secret as the chain knows it.
 *
 * @param index of the statement that made it
 * @param statement the hash of that statement, which wraps bind
 */
public record ChainGeneration(
    int g, Hash commit, Bytes prevLink, int index, Hash statement, Fingerprint author) {}
