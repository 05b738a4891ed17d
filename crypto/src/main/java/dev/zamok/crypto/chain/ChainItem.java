package dev.zamok.crypto.chain;

import dev.zamok.crypto.Hash;
import dev.zamok.crypto.identity.Fingerprint;

/**
 * A version of an item.
 *
 * @param author who wrote this version
 * @param index of its statement
 * @param timeMillis as the author claims
 * @param g the generation of that moment: a record under any other is refused
 */
public record ChainItem(
    int version,
    ItemAct act,
    Hash recordHash,
    Fingerprint author,
    int index,
    long timeMillis,
    int g) {}
