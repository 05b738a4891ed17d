package dev.zamok.authority.room;

import dev.zamok.crypto.identity.Card;
import dev.zamok.protocol.AccountId;

/**
 * Whose a card is.
 *
 * @param current false for a card that has a successor
 */
public record Person(AccountId account, String login, Card card, boolean current) {}
