package dev.zamok.client.profile;

import dev.zamok.crypto.identity.Card;

/** The newest card of an account that this client accepted, and its login name then. */
public record PinnedCard(String login, Card card) {}
