package dev.zamok.crypto.chain;

/**
 * How somebody asked to be let in. He is nobody until an admin says that he is in: an acceptance
 * says its own time, and who has the code could have dated it back.
 *
 * @param index of the acceptance
 * @param role that he was invited to
 * @param expiryMillis of the invitation, for a clock to look at again
 */
public record ChainAcceptance(int index, Role role, long expiryMillis) {}
