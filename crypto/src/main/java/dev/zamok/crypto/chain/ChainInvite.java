package dev.zamok.crypto.chain;

import dev.zamok.crypto.identity.Fingerprint;
import dev.zamok.crypto.identity.VerifyKey;

/**
 * An invitation that can still be accepted, as far as the chain knows: neither used nor withdrawn,
 * and its inviter may still make such a one. Whether its time is over is for a clock to say.
 *
 * @param index of its statement
 * @param key the public key that the code seeds
 */
public record ChainInvite(
    int index, VerifyKey key, Role role, long expiryMillis, Fingerprint inviter) {}
