package dev.zamok.crypto.chain;

import dev.zamok.crypto.Hash;
import dev.zamok.crypto.identity.Fingerprint;

/**
 * The newest version of an item.
 *
 * @param author who wrote this version
 * @param index of its statement
 */
public record ChainItem(int version, ItemAct act, Hash recordHash, Fingerprint author, int index) {}
