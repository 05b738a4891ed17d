package dev.zamok.crypto.chain;

/**
 * How a member came in by himself.
 *
 * @param index of the acceptance
 * @param expiryMillis of the invitation: an acceptance says its own time, so whoever has a clock
 *     and hands out a secret looks at it again
 */
public record ChainAcceptance(int index, long expiryMillis) {}
