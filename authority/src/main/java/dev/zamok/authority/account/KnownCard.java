package dev.zamok.authority.account;

import dev.zamok.crypto.identity.Card;

/**
 * A card and whose it is.
 *
 * @param current false for a card that has a successor
 */
public record KnownCard(Profile profile, Card card, boolean current) {}
